-- What uptime monitors state of a site: uptime of 30 days and certificate; one row a source and site. Of several monitors of a site, the
-- one of its very address counts. UptimeRobot's uptime is worked out of its own outages, for monitors that are older than 30 days and
-- not paused, and only where its outages could be read.
with outages_read as (
    select max_by(missing ->> '$.incidents', finished_at) is null as is_so from syncs where source = 'uptime_robot' and status = 'ok'
),

robot as (
    select
        monitors.monitor_id,
        any_value(monitors.seen_at) as read_at,
        any_value(monitors.certificate_expires_on) as certificate_expires_on,
        bool_and(monitors.created_at <= monitors.seen_at - interval 30 day and monitors.status not in ('PAUSED', 'STARTED')) as is_whole,
        coalesce(sum(greatest(0, date_diff(
            'second',
            greatest(incidents.started_at, monitors.seen_at - interval 30 day),
            least(coalesce(incidents.ended_at, incidents.started_at + to_seconds(incidents.seconds::bigint), monitors.seen_at), monitors.seen_at)
        ))), 0) as seconds_down
    from stg_uptime_robot__monitors as monitors
    left join stg_uptime_robot__incidents as incidents
        on incidents.monitor_id = monitors.monitor_id and incidents.kind = 'downtime'
        and coalesce(incidents.ended_at, monitors.seen_at) > monitors.seen_at - interval 30 day
        and incidents.started_at < monitors.seen_at
    group by monitors.monitor_id
),

stated as (
    select
        'uptime_robot' as source, monitor_id,
        case when is_whole and outages_read.is_so then round(1 - least(1, seconds_down / (30 * 86400.0)), 8) end as uptime_30d,
        certificate_expires_on, read_at as checked_at, read_at as seen_at
    from robot
    cross join outages_read
    union all
    select 'uptime_kuma', monitor_id, uptime_30d, certificate_expires_on, checked_at, seen_at from stg_uptime_kuma__monitors
    union all
    select 'mainwp', monitor_id, uptime_30d, null, checked_at, seen_at from stg_mainwp__monitors
)

select
    stated.source || '_monitor' as source, places.rank, places.site, stated.uptime_30d, stated.certificate_expires_on, stated.checked_at,
    stated.seen_at
from stated
join monitor_sites as places on places.source = stated.source and places.monitor_id = stated.monitor_id
where places.site is not null
qualify row_number() over (
    partition by stated.source, places.site order by places.is_exact desc, stated.uptime_30d is null, stated.monitor_id
) = 1
