-- What each source states of a site: whose it is, its versions, what waits, uptime, dates; one row a site and source. `known_on` is the day
-- on which it was so: when the source checked it, else when it was read. What was checked after `as_of` is not known yet (`is_known`).
with told as (
    select 'maintenance' as source, 1 as rank, true as is_listed, null::boolean as is_out, * from stg_maintenance__sites
)

select
    told.*,
    least(coalesce(told.checked_on, told.seen_at::date), params.today) as known_on,
    coalesce(told.checked_on <= params.today, true) as is_known
from told
cross join params
