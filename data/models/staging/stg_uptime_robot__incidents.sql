-- What UptimeRobot's monitors saw: outages, and slow answers, which are no outage.
-- Grain: one row an incident. Ids may be beyond 2^53 and stay text; instants in UTC.
select
    id,
    coalesce(said(payload ->> '$.monitor.id'), said(payload ->> '$.monitorId')) as monitor_id,
    site_of(payload ->> '$.monitor.url') as address,
    case lower(replace(coalesce(said(payload ->> '$.type'), 'downtime'), '_', ''))
        when 'downtime' then 'downtime' when 'slowresponse' then 'slow' else 'other'
    end as kind,
    instant(payload ->> '$.startedAt') as started_at,
    instant(payload ->> '$.resolvedAt') as ended_at,
    try_cast(payload ->> '$.duration' as double) as seconds,
    said(payload ->> '$.reason') as summary,
    seen_at
from raw_uptime_robot__incidents
where gone_at is null and instant(payload ->> '$.startedAt') is not null
