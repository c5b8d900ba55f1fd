-- What WP-CLI listed of a site: WordPress's version, plugins or themes, and how many of them wait.
-- Grain: one row a site, kind of list and moment. Instants in UTC.
with listed as (
    select
        payload ->> '$.site' as site,
        payload ->> '$.kind' as kind,
        payload ->> '$.version' as version,
        instant(payload ->> '$.at') as checked_at,
        payload -> '$.components' as components,
        seen_at
    from raw_wp_cli__lists
    where gone_at is null
),

waiting as (
    select
        listed.site, listed.kind, listed.checked_at,
        count(*) filter (
            lower(entry.value ->> '$.update') = 'available' or listed.kind = 'core_updates'
        ) as waiting
    from listed, json_each(listed.components) as entry
    group by all
)

select
    listed.site, listed.kind, listed.checked_at, listed.seen_at,
    case when listed.kind = 'core' then said(listed.version) end as wp_version,
    case when listed.kind = 'core_updates' then least(coalesce(waiting.waiting, 0), 1) end as core_waiting,
    case when listed.kind = 'plugins' then coalesce(waiting.waiting, 0) end as plugins_waiting,
    case when listed.kind = 'themes' then coalesce(waiting.waiting, 0) end as themes_waiting
from listed
left join waiting using (site, kind, checked_at)
