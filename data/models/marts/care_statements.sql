-- What each source states of a site: whose it is, its versions, what waits, uptime, dates; one row a site and source. `known_on` is the day
-- on which it was so: when the source checked it, else when it was read. What was checked after `as_of` is not known yet (`is_known`).
with told as (
    select 'maintenance' as source, 1 as rank, true as is_listed, * from stg_maintenance__sites
    union all by name
    select * from manager_statements
    union all by name
    select * from monitor_statements
),

dated as (
    select told.* replace (
        coalesce(told.is_listed, false) as is_listed,
        coalesce(told.checked_on, day_in(told.checked_at, params.time_zone)) as checked_on
    )
    from told
    cross join params
)

select
    dated.*,
    least(coalesce(dated.checked_on, dated.seen_at::date), params.today) as known_on,
    coalesce(dated.checked_on <= params.today, true) as is_known
from dated
cross join params
