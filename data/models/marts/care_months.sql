-- Care work by month: what was done for each site and what happened to it; one row a site and month with any record.
-- is_backups_floor: there were at least so many backups (backup_floors).
with events as (
    select site, happened_on, 'update ' || status as what, 1.0 as amount, is_security as is_special from care_updates
    union all
    select site, happened_on, 'backup ' || status, 1, is_off_site from care_backups
    union all
    select site, happened_on, 'incident', 1, kind = 'security' from care_incidents
    union all
    select site, happened_on, 'downtime', coalesce(minutes, date_diff('second', happened_at, ended_at) / 60.0), false
    from care_incidents
    where kind = 'downtime'
    union all
    select site, happened_on, 'hours', hours, false from care_hours where site is not null and hours is not null
)

select
    events.site,
    sites.client_key,
    sites.client_id,
    date_trunc('month', events.happened_on)::date as month,
    count(*) filter (what = 'update done') as updates_done,
    count(*) filter (what = 'update failed') as updates_failed,
    count(*) filter (what = 'update done' and is_special) as security_updates,
    count(*) filter (what = 'backup done') as backups_done,
    count(*) filter (what = 'backup done' and is_special) as backups_off_site,
    bool_or(floors.site is not null) as is_backups_floor,
    count(*) filter (what = 'incident') as incidents,
    count(*) filter (what = 'incident' and is_special) as security_incidents,
    sum(amount) filter (what = 'downtime') as downtime_minutes,
    sum(amount) filter (what = 'hours') as hours
from events
join care_sites as sites on sites.site = events.site
left join backup_floors as floors on floors.site = events.site and floors.month = date_trunc('month', events.happened_on)
cross join params
where events.happened_on <= params.today
group by all
