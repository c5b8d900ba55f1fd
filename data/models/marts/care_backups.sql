-- Backups of sites, from every source that records them; one row a backup, each counted once.
-- Where two sources tell of a backup of a site with the same contents within a quarter of an hour, or one of them knows no more than
-- the same day, the one named first counts (rank). Columns as stg_maintenance__backups, with `source`.
with told as (
    select 'maintenance' as source, 1 as rank, * from stg_maintenance__backups
    union all by name
    select
        'wp_umbrella' as source, 2 as rank, backups.* exclude (project_id, finished_at), projects.site, 'full' as contents,
        true as is_off_site, 'WP Umbrella' as storage, backups.finished_at as happened_at,
        day_in(backups.finished_at, params.time_zone) as happened_on
    from stg_wp_umbrella__backups as backups
    join stg_wp_umbrella__projects as projects using (project_id)
    cross join params
    where backups.finished_at is not null and projects.site is not null
    union all by name
    select 'updraft' as source, 3 as rank, * from stg_updraft__backups
    union all by name
    select 'child_reports' as source, 4 as rank, id, site, contents, status, false as is_kept, happened_at, happened_on, seen_at
    from stg_child_reports__events
    where what = 'backup'
),

near as (
    select told.source, told.id, told.site, told.contents, told.rank, told.happened_at, told.happened_on, told.happened_on + days.shift as around_on
    from told
    cross join (values (-1), (0), (1)) as days (shift)
),

told_before as (
    select distinct near.source, near.id
    from near
    join told as better on better.site = near.site and better.happened_on = near.around_on
    where better.rank < near.rank and (better.contents = near.contents or near.contents = 'unknown')
        and case
            when better.happened_at is null or near.happened_at is null then better.happened_on = near.happened_on
            else abs(date_diff('second', better.happened_at, near.happened_at)) <= 900
        end
)

select told.* exclude (rank)
from told
anti join told_before using (source, id)
