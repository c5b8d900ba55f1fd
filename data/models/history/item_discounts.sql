-- Which lasting discounts lower an item in a span, with their terms and rank, and what the invoice lines say of the item's share; one
-- row an item, span and discount.
-- per client: subscription_id
-- kept as: nothing
with items as (
    select * from item_segments where gross_minor > 0
),

-- The share that stands in a span is that of the item's last line until then; before the first, that one tells.
shared_on_lines as (
    select
        items.subscription_item_id, items.from_at, shares.discount_id,
        coalesce(
            arg_max(shares.amount_minor, shares.from_at) filter (shares.from_at <= items.from_at), arg_min(shares.amount_minor, shares.from_at)
        ) as amount_minor
    from items
    join discount_shares as shares using (subscription_item_id)
    group by all
),

-- Stripe lets a subscription's own discount go before its customer's, which then lowers nothing there: lines that name the one and
-- not the other show it. Without such a line both apply, one after the other.
passed_over as (
    select spans.subscription_id, spans.discount_id
    from discount_spans as spans
    join lowered_lines as own
        on own.subscription_item_id = spans.subscription_item_id and not own.is_proration and not own.is_credit
        and own.period_start_at >= spans.from_at and (spans.to_at is null or own.period_start_at < spans.to_at)
    join stg_stripe__prices as prices on prices.price_id = own.price_id and prices.currency = own.currency
    left join lowered_lines as both_lowered
        on both_lowered.subscription_item_id = own.subscription_item_id and both_lowered.period_start_at = own.period_start_at
        and both_lowered.discount_id = spans.discount_id
    where spans.level = 'customer'
        and own.discount_id in (select discount_id from discounts where level = 'subscription')
        and (spans.applies_to is null or list_contains(spans.applies_to, prices.product_id))
    group by all
    having count(both_lowered.discount_id) = 0
)

select
    items.subscription_id, items.from_at, items.subscription_item_id, items.interval_unit, items.interval_count,
    spans.discount_id, spans.rank, spans.percent_off,
    coalesce(
        if(spans.currency is null or spans.currency = items.currency, spans.amount_off, null),
        (spans.currency_options ->> ('$.' || items.currency || '.amount_off'))::double, 0
    ) as amount_off,
    shared.amount_minor as line_share
from items
join discount_spans as spans
    on spans.subscription_item_id = items.subscription_item_id
    and items.from_at >= spans.from_at and (spans.to_at is null or items.from_at < spans.to_at)
left join shared_on_lines as shared
    on shared.subscription_item_id = items.subscription_item_id and shared.from_at = items.from_at and shared.discount_id = spans.discount_id
where (spans.applies_to is null or list_contains(spans.applies_to, items.product_id))
    and not exists (
        select 1 from passed_over
        join discount_spans as own on own.level = 'subscription' and own.subscription_id = passed_over.subscription_id
        where passed_over.subscription_id = spans.subscription_id and passed_over.discount_id = spans.discount_id
            and items.from_at >= own.from_at and (own.to_at is null or items.from_at < own.to_at)
    )
