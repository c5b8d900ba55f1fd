-- What schedules will make of a subscription's MRR (definitions.md: scheduled change, committed MRR only); one row a subscription
-- whose schedule has a later phase: its MRR now, and in the last phase, net of the discounts that last until then and of tax.
-- per client: client_key
with later as (
    select scheduled.*
    from stg_stripe__scheduled_items as scheduled
    cross join params
    where scheduled.starts_at > params.as_of
    qualify scheduled.starts_at = max(scheduled.starts_at) over (partition by scheduled.subscription_id)
),

shares as (
    select subscription_id, coalesce(100 / nullif(any_value(100 + list_sum(list_transform(
        from_json(subscriptions.tax_rates, '[{"percentage": "double", "inclusive": "boolean"}]'), lambda rate: if(rate.inclusive, rate.percentage, 0)
    ))), 100), min(net_of_tax)) as net_of_tax
    from item_segments
    join subscriptions using (subscription_id)
    cross join params
    where subscription_id in (select subscription_id from later) and (item_segments.to_at is null or item_segments.to_at > params.as_of)
    group by all
),

items as (
    select
        row_number() over () as item_no, later.subscription_id, later.starts_at, priced.product_id, priced.currency,
        priced.gross_minor * coalesce(shares.net_of_tax, 1) as gross_minor, coalesce(shares.net_of_tax, 1) as net_of_tax,
        case priced.interval_unit when 'week' then 52 when 'day' then 365 else 1 end
            / (case priced.interval_unit when 'month' then 1 else 12 end * priced.interval_count) as months_share
    from later
    join subscriptions using (subscription_id)
    join quantities_priced as priced
        on priced.price_id = later.price_id and priced.quantity = later.quantity and priced.currency = subscriptions.currency
    left join shares on shares.subscription_id = later.subscription_id
    where not priced.is_metered
),

terms as (
    select distinct items.subscription_id, spans.discount_id, spans.percent_off, spans.applies_to,
        coalesce(
            if(spans.currency is null or spans.currency = items.currency, spans.amount_off, null),
            (spans.currency_options ->> ('$.' || items.currency || '.amount_off'))::double, 0
        ) as amount_off
    from discount_spans as spans
    join items using (subscription_id)
    cross join params
    where spans.level <> 'item' and spans.from_at <= params.as_of and (spans.to_at is null or spans.to_at > items.starts_at)
),

reached as (
    select items.item_no, terms.*
    from items
    join terms on terms.subscription_id = items.subscription_id and (terms.applies_to is null or list_contains(terms.applies_to, items.product_id))
),

lowered as (
    select items.*, items.gross_minor * coalesce(percents.rest, 1) as left_minor
    from items
    left join (select item_no, product(1 - percent_off / 100) as rest from reached group by all) as percents using (item_no)
),

shared as (
    select item_no, reached.amount_off * net_of_tax * left_minor
        / nullif(sum(left_minor) over (partition by reached.subscription_id, reached.discount_id), 0) as off_minor
    from reached
    join lowered using (item_no)
),

priced as (
    select subscription_id, starts_at,
        sum(floor(greatest(left_minor - coalesce(off_minor, 0), 0) * months_share + 0.5 + 1e-7))::bigint as later_minor
    from lowered
    left join (select item_no, sum(off_minor) as off_minor from shared group by all) using (item_no)
    group by all
    having count(*) = count(gross_minor)
)

select in_force.client_key, in_force.currency, priced.subscription_id, priced.starts_at, in_force.mrr_minor, priced.later_minor
from priced join in_force using (subscription_id)
-- Paused, it is worth nothing then, too, as far as anybody knows.
where priced.subscription_id not in (select subscription_id from subscription_modes where mode = 'paused' and to_at is null)
