-- What MainWP, WP Umbrella and WP-CLI state of a site: versions and what waits; MainWP and WP Umbrella also whose it is; one row a source
-- and site. Suspended and staging sites are set aside (`is_out`).
with mainwp as (
    select
        'mainwp' as source, 6 as rank, true as is_listed, sites.site,
        coalesce(sites.is_suspended, false) or coalesce(sites.is_staging, false) as is_out,
        clients.client, clients.client_email, sites.wp_version, sites.php_version,
        coalesce(updates.core_waiting, sites.core_waiting) as core_updates,
        coalesce(updates.plugins_waiting, sites.plugins_waiting) as plugin_updates,
        coalesce(updates.themes_waiting, sites.themes_waiting) as theme_updates,
        sites.checked_at, sites.seen_at
    from stg_mainwp__sites as sites
    left join stg_mainwp__updates as updates using (site_id)
    left join stg_mainwp__clients as clients using (mainwp_client_id)
),

umbrella as (
    select
        'wp_umbrella' as source, 4 as rank, true as is_listed, projects.site, projects.client, projects.wp_version, projects.php_version,
        projects.core_waiting as core_updates, projects.plugins_waiting as plugin_updates, projects.themes_waiting as theme_updates,
        uptime.uptime_30d, projects.checked_at, projects.seen_at
    from stg_wp_umbrella__projects as projects
    left join stg_wp_umbrella__uptime as uptime using (project_id)
    where projects.site is not null
),

wp_cli as (
    select
        'wp_cli' as source, 7 as rank, false as is_listed, site,
        max_by(wp_version, checked_at) filter (wp_version is not null) as wp_version,
        max_by(core_waiting, checked_at) filter (core_waiting is not null) as core_updates,
        max_by(plugins_waiting, checked_at) filter (plugins_waiting is not null) as plugin_updates,
        max_by(themes_waiting, checked_at) filter (themes_waiting is not null) as theme_updates,
        coalesce(max(checked_at) filter (plugins_waiting is not null), max(checked_at)) as checked_at,
        max(seen_at) as seen_at
    from stg_wp_cli__lists
    cross join params
    where checked_at <= params.as_of
    group by site
),

told as (
    select * from mainwp
    union all by name
    select * from umbrella
    union all by name
    select * from wp_cli
)

select *
from told
qualify row_number() over (partition by source, site order by is_out, checked_at desc nulls last) = 1
