-- Months for which a site's backups are known in part only, so that their count is a least number: one row a site and month.
-- Tools list the backups kept today. The first list tells nothing of those that had been dropped by then: of the month in which it begins,
-- unless the backup before its first one would have been made in another month. The same between two lists that are further apart than
-- each reaches back. MainWP's log is known from its first event on. A month is whole where one source knows it whole.
with told as (
    select source, site, contents, happened_on, min(landed_at) as landed_at, max(seen_at) as seen_at
    from (
        select 'maintenance' as source, site, contents, happened_on, landed_at, seen_at from stg_maintenance__backups
        union all
        select 'updraft', site, contents, happened_on, landed_at, seen_at from stg_updraft__backups
        union all
        select 'wp_umbrella', projects.site, 'full', backups.finished_at::date, backups.landed_at, backups.seen_at
        from stg_wp_umbrella__backups as backups
        join stg_wp_umbrella__projects as projects using (project_id)
    )
    where happened_on is not null and site is not null
    group by all
),

spaced as (
    select
        *,
        lag(happened_on) over days as before_on, lag(seen_at) over days as before_seen_at, lag(landed_at) over days as before_landed_at,
        happened_on - lag(happened_on) over days as spacing
    from told
    window days as (partition by source, site, contents order by happened_on)
),

usual as (
    select source, site, contents, coalesce(min(spacing), 1)::integer as least, coalesce(median(spacing), 1) as middle
    from spaced
    group by all
),

unknown as (
    select source, site, happened_on - least as from_on, happened_on - least as to_on
    from spaced
    join usual using (source, site, contents)
    where before_on is null
    union all
    select source, site, before_on + 1, happened_on - 1
    from spaced
    join usual using (source, site, contents)
    where spacing > 2 * middle + 1 and landed_at > before_landed_at and before_seen_at < landed_at
    union all
    select 'child_reports', site, date_trunc('month', min(happened_on))::date, min(happened_on) - 1
    from stg_child_reports__events
    group by site
),

months as (
    select distinct source, site, unnest(range(date_trunc('month', from_on), to_on::timestamp + interval 1 day, interval 1 month))::date as month
    from unknown
    where from_on <= to_on
),

tells as (
    select source, site, date_trunc('month', happened_on)::date as month from told
    union
    select 'child_reports', site, date_trunc('month', happened_on)::date from stg_child_reports__events where what = 'backup'
)

select tells.site, tells.month
from tells
left join months using (source, site, month)
group by tells.site, tells.month
having bool_and(months.source is not null)
