-- Uptime Kuma's monitors. Version 1 has no uptime_ratio; a value that was Nan or below zero was left out when it was read.
-- Grain: one row a monitor. uptime_30d is a share of 1; instants in UTC.
with answers as (
    select
        id as monitor_id, payload, seen_at,
        instant(payload ->> '$.read_at') as checked_at,
        try_cast(payload ->> '$.cert_days_remaining' as double) as days_left
    from raw_uptime_kuma__monitors
    where gone_at is null
)

select
    monitor_id,
    said(payload ->> '$.monitor_name') as name,
    lower(said(payload ->> '$.monitor_type')) as kind,
    site_of(coalesce(said(nullif(payload ->> '$.monitor_url', 'https://')), said(payload ->> '$.monitor_hostname'))) as address,
    case try_cast(payload ->> '$.status' as double) when 1 then 'up' when 0 then 'down' when 2 then 'pending' when 3 then 'maintenance' end
        as status,
    share(try_cast(payload ->> '$.uptime_ratio_30d' as double)) as uptime_30d,
    case
        when days_left > 0 or flag(payload ->> '$.cert_is_valid') or try_cast(payload ->> '$.cert_is_valid' as double) = 1
            then checked_at::date + days_left::integer
    end as certificate_expires_on,
    checked_at,
    seen_at
from answers
