-- Incidents on sites, from every source that records them; one row an incident, each counted once.
-- Where two monitors tell of outages of a site that overlap, the one named first counts (rank): what the user wrote down, then dedicated
-- monitors. Columns as stg_maintenance__incidents, with `source`.
with monitored as (
    select
        'uptime_robot' as source, id, coalesce(monitor_id, '') as monitor_id, kind, seconds / 60 as minutes, summary, started_at, ended_at,
        seen_at
    from stg_uptime_robot__incidents
    union all
    select 'mainwp', id, monitor_id, 'downtime', minutes, null, started_at, ended_at, seen_at from stg_mainwp__incidents
),

told as (
    select 'maintenance' as source, 1 as rank, * from stg_maintenance__incidents
    union all by name
    select
        monitored.* exclude (monitor_id, started_at), places.rank, places.site, monitored.started_at as happened_at,
        day_in(monitored.started_at, params.time_zone) as happened_on, day_in(monitored.ended_at, params.time_zone) as ended_on
    from monitored
    join monitor_sites as places on places.source = monitored.source and places.monitor_id = monitored.monitor_id
    cross join params
    where places.site is not null
    union all by name
    select
        'wp_umbrella' as source, 4 as rank, outages.id, projects.site, 'downtime' as kind, outages.seconds / 60 as minutes, outages.summary,
        outages.started_at as happened_at, day_in(outages.started_at, params.time_zone) as happened_on, outages.ended_at,
        day_in(outages.ended_at, params.time_zone) as ended_on, outages.seen_at
    from stg_wp_umbrella__outages as outages
    join stg_wp_umbrella__projects as projects using (project_id)
    cross join params
    where projects.site is not null
),

spans as (
    select
        told.*,
        coalesce(happened_at, happened_on::timestamp) as span_from,
        coalesce(
            ended_at, happened_at + to_seconds((60 * minutes)::bigint), happened_at, ended_on + interval 1 day, happened_on + interval 1 day
        ) as span_to
    from told
),

told_before as (
    select distinct spans.source, spans.id
    from spans
    join spans as better on better.site = spans.site and better.kind = spans.kind
    where better.rank < spans.rank
        and better.span_from <= spans.span_to + interval 5 minute and spans.span_from <= better.span_to + interval 5 minute
)

select spans.* exclude (rank, span_from, span_to)
from spans
anti join told_before using (source, id)
