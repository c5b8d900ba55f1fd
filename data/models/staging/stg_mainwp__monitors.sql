-- MainWP's own monitors. One that was never checked says id 0, down and a ratio of 0: that is no data, and so is a ratio of 0 beside
-- a state or incidents that contradict it.
-- Grain: one row a monitor. uptime_30d is a share of 1; instants in UTC.
with answers as (
    select
        id as monitor_id, payload, seen_at,
        instant(payload ->> '$.last_check_at') as checked_at,
        coalesce(said(payload ->> '$.last_status'), said(payload ->> '$.status')) as status,
        share(try_cast(said(payload ->> '$.uptime_ratio_30d') as double)) as uptime_30d,
        try_cast(said(payload ->> '$.incidents_count_30d') as integer) as incidents_30d
    from raw_mainwp__monitors
    where gone_at is null
)

select
    monitor_id,
    site_of(payload ->> '$.url') as address,
    said(payload ->> '$.type') as kind,
    if(checked_at is null, null, lower(status)) as status,
    case when checked_at is not null and (uptime_30d > 0 or lower(status) = 'down' and incidents_30d > 0) then uptime_30d end as uptime_30d,
    checked_at,
    seen_at
from answers
