-- What was done and what happened on each site up to `as_of`, summed as the Maintenance page shows it; one row a site with any
-- update, incident or hour. A sum is empty, not 0, where no record of its kind names the site.
with updates as (
    select
        site,
        max(happened_on) filter (status = 'done') as last_update_on,
        max(happened_on) as last_update_try_on,
        least(max(seen_at), max(params.as_of)) as updates_known_at,
        count(*) filter (status = 'done' and happened_on >= date_trunc('month', params.today)) as updates_this_month
    from care_updates
    cross join params
    where happened_on <= params.today
    group by site
),

incidents as (
    select
        site,
        count(*) filter (happened_on > params.today - 30) as incidents_30d,
        coalesce(
            sum(coalesce(minutes, date_diff('second', happened_at, ended_at) / 60.0)) filter (
                kind = 'downtime' and happened_on > params.today - 30
            ),
            0
        ) as downtime_minutes_30d
    from care_incidents
    cross join params
    where happened_on <= params.today
    group by site
),

hours as (
    select site, sum(hours) filter (happened_on >= date_trunc('month', params.today)) as hours_this_month, count(hours) as entries
    from care_hours
    cross join params
    where happened_on <= params.today and site is not null
    group by site
)

select
    site,
    updates.* exclude (site),
    incidents.* exclude (site),
    case when hours.entries > 0 then coalesce(hours.hours_this_month, 0) end as hours_this_month
from updates
full join incidents using (site)
full join hours using (site)
