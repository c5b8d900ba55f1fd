-- Items that later invoices of their subscription no longer bill, and today's subscription no longer holds: gone with the next
-- invoice of their interval after their own period, else at that period's end; one row an item.
with lines as (
    select lines.*, prices.interval_unit, prices.interval_count
    from recurring_lines as lines
    join stg_stripe__prices as prices using (price_id, currency)
    where not is_credit
),

last_lines as (
    select
        subscription_id, subscription_item_id,
        max(period_end_at) as last_end_at,
        arg_max(interval_unit, period_end_at) as interval_unit,
        arg_max(interval_count, period_end_at) as interval_count,
        arg_max(price_id, period_end_at) as price_id
    from lines
    group by all
),

not_held as (
    select last_lines.*, newest.happened_at as seen_at
    from last_lines
    join stg_stripe__subscription_versions as newest on newest.subscription_id = last_lines.subscription_id and newest.is_newest
    where not newest.has_more_items and last_lines.subscription_item_id not in (
        select subscription_item_id from stg_stripe__subscription_items as items
        where items.subscription_id = newest.subscription_id and items.happened_at = newest.happened_at and items.source = newest.source
    )
),

lapses as (
    select
        not_held.subscription_id, not_held.subscription_item_id, not_held.price_id,
        min(later.period_start_at) as next_billed_at,
        any_value(not_held.last_end_at) as last_end_at,
        any_value(not_held.seen_at) as seen_at
    from not_held
    left join lines as later
        on later.subscription_id = not_held.subscription_id and not later.is_proration
        and later.interval_unit = not_held.interval_unit and later.interval_count = not_held.interval_count
        and later.period_start_at >= not_held.last_end_at
    group by all
)

select
    subscription_id, subscription_item_id, coalesce(next_billed_at, last_end_at) as happened_at, price_id, 0.0 as quantity,
    'invoice' as evidence, subscription_id as proof, 1 as trust, false as is_present
from lapses
where coalesce(next_billed_at, last_end_at) <= seen_at
