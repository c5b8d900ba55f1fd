-- Which site each uptime monitor watches; one row a monitor. It is the site of its very address, else the known site of its host, else,
-- for a web monitor, its host itself. Monitors of other things (ping, port) belong to a site only where one is known by that host.
with monitors as (
    select 'uptime_robot' as source, 2 as rank, monitor_id, address, coalesce(kind in ('http', 'keyword', 'https', 'api'), true) as is_web
    from stg_uptime_robot__monitors
    union all
    select 'uptime_kuma', 3, monitor_id, address, coalesce(kind in ('http', 'keyword', 'json-query', 'real-browser'), true)
    from stg_uptime_kuma__monitors
    union all
    select 'mainwp', 5, monitor_id, address, false from stg_mainwp__monitors
),

known as (
    select site from stg_maintenance__sites
    union
    select site from stg_mainwp__sites
    union
    select site from stg_wp_umbrella__projects where site is not null
)

select
    monitors.source, monitors.rank, monitors.monitor_id, monitors.address,
    case when exact.site is not null then exact.site when host.site is not null or monitors.is_web then host_of(monitors.address) end as site,
    exact.site is not null or monitors.address = host_of(monitors.address) as is_exact
from monitors
left join known as exact on exact.site = monitors.address
left join known as host on host.site = host_of(monitors.address)
where monitors.address is not null
