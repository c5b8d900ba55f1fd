-- WP Umbrella's uptime of the last 30 days, where its monitoring is on.
-- Grain: one row a project. uptime_30d is a share of 1; `outages` is the list as answered.
select
    payload ->> '$.project_id' as project_id,
    case
        when coalesce(flag(payload ->> '$.monitoring_enabled'), true)
            then share(try_cast(coalesce(payload ->> '$.uptime_percentage', payload ->> '$.uptime') as double))
    end as uptime_30d,
    instant(payload ->> '$.to') as checked_at,
    payload -> '$.incidents' as outages,
    seen_at
from raw_wp_umbrella__uptime
where gone_at is null
