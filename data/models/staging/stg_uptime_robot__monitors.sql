-- UptimeRobot's monitors.
-- Grain: one row a monitor. Instants in UTC.
select
    id as monitor_id,
    said(payload ->> '$.friendlyName') as name,
    lower(said(payload ->> '$.type')) as kind,
    site_of(payload ->> '$.url') as address,
    upper(said(payload ->> '$.status')) as status,
    instant(payload ->> '$.createDateTime') as created_at,
    instant(payload ->> '$.sslExpiryDateTime')::date as certificate_expires_on,
    seen_at
from raw_uptime_robot__monitors
where gone_at is null
