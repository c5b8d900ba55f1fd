-- Outages that MainWP's monitors saw.
-- Grain: one row an outage. Instants in UTC; minutes are those so far where it goes on.
select
    id,
    said(payload ->> '$.monitor_id') as monitor_id,
    site_of(payload ->> '$.url') as address,
    instant(payload ->> '$.started_at') as started_at,
    instant(payload ->> '$.ended_at') as ended_at,
    nullif(try_cast(payload ->> '$.duration_sec' as double), 0) / 60 as minutes,
    seen_at
from raw_mainwp__incidents
where gone_at is null and instant(payload ->> '$.started_at') is not null
