-- title: Months are cut in another time zone there
-- ours: Months end at midnight in the account's time zone.
-- setting: time_zone
with ends as (
    select distinct months.month, timezone('UTC', timezone(params.time_zone, (months.month + interval 1 month)::timestamp)) as end_at
    from reconciled_months as months
    cross join params
),

near as (
    select deltas.client_key, deltas.currency, ends.end_at, deltas.happened_at, sum(deltas.delta_minor)::bigint as delta_minor
    from mrr_deltas as deltas
    join ends on deltas.happened_at between ends.end_at - interval 26 hour and ends.end_at + interval 26 hour
    group by all
),

cuts as (
    select client_key, currency, end_at, happened_at,
        -sum(delta_minor) filter (happened_at < end_at) over (partition by client_key, currency, end_at order by happened_at desc) as without_minor,
        sum(delta_minor) filter (happened_at >= end_at) over (partition by client_key, currency, end_at order by happened_at) as with_minor
    from near
)

select client_key, currency, end_at - interval 1 second as from_at, end_at + interval 1 second as to_at,
    if(happened_at < end_at, without_minor, with_minor)::bigint as delta_minor, strftime(happened_at, '%c') as variant
from cuts
