-- title: Incidents and security work
-- unit: minutes
-- grain: one row an incident, or an update made for security
-- definition: What happened on each site and may be told to its client: outages, attacks and breakages, and updates that closed a security hole. An incident is over where its end or its length is recorded.
-- formula: one row a record; minutes as recorded, else from beginning to end
select
    strftime(events.happened_on, '%Y-%m') as month, strftime(events.happened_on, '%Y-%m-%d') as happened_on, events.site, sites.client_id,
    sites.client_name, events.kind, events.is_over, events.minutes, events.summary,
    left(md5(events.kind || events.site || events.happened_on || coalesce(events.id, '')), 12) as event_id
from (
    select
        id, site, happened_on, kind, ended_at is not null or ended_on is not null or minutes is not null as is_over,
        coalesce(minutes, date_diff('second', happened_at, ended_at) / 60.0) as minutes, summary
    from care_incidents
    union all
    select id, site, happened_on, 'security_update', true, null, component || coalesce(' ' || to_version, '')
    from care_updates
    where is_security and status = 'done'
) as events
join care_sites as sites on sites.site = events.site
cross join params
where events.happened_on <= params.today
    and ($start is null or events.happened_on >= $start::date) and ($end is null or events.happened_on < $end::date + interval 1 month)
order by events.happened_on desc, events.site, events.kind
