-- Items that later invoices of their subscription no longer bill, and today's subscription no longer holds: gone with the next
-- invoice of their interval after their own period, else at that period's end; one row an item.
-- per client: subscription_id
-- kept as: nothing
with newest as (
    select * from stg_stripe__subscription_versions where is_newest and not has_more_items
),

held as (
    select items.subscription_id, items.subscription_item_id
    from stg_stripe__subscription_items as items
    join newest
        on items.subscription_id = newest.subscription_id and items.happened_at = newest.happened_at and items.source = newest.source
),

let_go as (
    select distinct subscription_id
    from changed_lines  -- an item's first line is always among them
    anti join held using (subscription_id, subscription_item_id)
    where not is_credit
),

lines as (
    select
        lines.*, prices.interval_unit, prices.interval_count,
        (lines.subscription_id, lines.subscription_item_id) in (select (subscription_id, subscription_item_id) from held) as is_held
    from recurring_lines as lines
    join stg_stripe__prices as prices using (price_id, currency)
    where not is_credit and lines.subscription_id in (select subscription_id from let_go)
),

last_lines as (
    select
        subscription_id, subscription_item_id,
        max(period_end_at) as last_end_at,
        arg_max(interval_unit, (period_end_at, period_start_at, price_id)) as interval_unit,
        arg_max(interval_count, (period_end_at, period_start_at, price_id)) as interval_count,
        arg_max(price_id, (period_end_at, period_start_at, price_id)) as price_id
    from lines
    where not is_held
    group by all
),

not_held as (
    select last_lines.*, newest.happened_at as seen_at from last_lines join newest using (subscription_id)
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
