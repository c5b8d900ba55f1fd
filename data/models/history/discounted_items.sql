-- What is left of each item after its discounts, applied one after the other (definitions.md, MRR: several coupons); one row an item
-- and span that any discount lowers. Amounts off are shared pro rata over the eligible items, or as the invoice lines shared them
-- where intervals differ.
-- per client: subscription_id
-- empty without: item_discounts
with items as (
    select * from item_segments where gross_minor > 0
),

by_discount as (
    select
        subscription_id, from_at, discount_id, min(rank) as rank, any_value(percent_off) as percent_off, any_value(amount_off) as amount_off,
        list(subscription_item_id) as item_ids,
        map(list(subscription_item_id), list(coalesce(line_share, 0)::double)) as line_shares,
        count(distinct (interval_unit, interval_count)) > 1 and count(line_share) > 0 as is_shared_by_lines
    from item_discounts
    group by all
),

baskets as (
    select subscription_id, from_at, list(subscription_item_id order by subscription_item_id) as item_ids,
        list(gross_minor order by subscription_item_id) as left_minor
    from items
    where (subscription_id, from_at) in (select (subscription_id, from_at) from by_discount)
    group by all
),

steps as (
    select
        baskets.subscription_id, baskets.from_at,
        list({
            'left_minor': [0.0],
            'percent': by_discount.percent_off,
            'off': if(by_discount.is_shared_by_lines, 0.0, by_discount.amount_off),
            'reach': list_transform(baskets.item_ids, lambda item: if(list_contains(by_discount.item_ids, item), 1.0, 0.0)),
            'fixed': list_transform(
                baskets.item_ids, lambda item: if(by_discount.is_shared_by_lines and by_discount.percent_off = 0, coalesce(by_discount.line_shares[item], 0.0), 0.0)
            )
        } order by by_discount.rank) as discounts
    from baskets
    join by_discount using (subscription_id, from_at)
    group by all
),

applied as (
    select
        baskets.subscription_id, baskets.from_at, baskets.item_ids,
        list_reduce(
            steps.discounts,
            lambda basket, next: {
                'left_minor': list_transform(
                    list_zip(basket.left_minor, next.reach, next.fixed),
                    lambda item: greatest(0.0, item[1] - item[2] * (
                        item[1] * next.percent / 100
                        + coalesce(next.off * item[1] / nullif(list_dot_product(basket.left_minor, next.reach), 0.0), 0.0)
                    ) - item[3])
                ),
                'percent': 0.0, 'off': 0.0, 'reach': [0.0], 'fixed': [0.0]
            },
            {'left_minor': baskets.left_minor, 'percent': 0.0, 'off': 0.0, 'reach': [0.0], 'fixed': [0.0]}
        ) as basket
    from baskets
    join steps using (subscription_id, from_at)
)

select subscription_id, from_at, unnest(item_ids) as subscription_item_id, unnest(basket.left_minor) as left_minor
from applied
