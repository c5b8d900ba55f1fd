-- What is known of each site's backups at `as_of`: the last full one that succeeded, whether that day's is stored off-site, and the
-- oldest still kept, which is read from the newest list of the site's backups, and from those of other sources of the same week. One row
-- a site with any record of a backup.
with listed as (
    select site, source, happened_on, happened_at, contents = 'full' and status = 'done' as is_full, is_off_site, is_kept, seen_at, seen_at as known_at
    from care_backups
    union all
    select
        site, source, last_backup_on, last_backup_at, true, last_backup_off_site, false, seen_at,
        least(seen_at, coalesce(checked_at, checked_on + interval 1 day, seen_at))
    from care_statements
    where last_backup_on is not null
    union all
    select site, source, oldest_backup_on, null, true, null, true, seen_at, oldest_backup_on
    from care_statements
    where oldest_backup_on is not null
),

backups as (
    select
        listed.*,
        is_full and coalesce(is_kept, true) as is_kept_full,
        is_full and happened_on = max(happened_on) filter (is_full) over by_site as is_last_day,
        max(seen_at) filter (is_kept is distinct from false) over (partition by site, source) as listed_at
    from listed
    cross join params
    where happened_on <= params.today and coalesce(happened_at, params.as_of) <= params.as_of
    window by_site as (partition by site)
),

lists as (
    select *, seen_at = listed_at and listed_at >= max(listed_at) over (partition by site) - interval 7 day as is_in_newest_list
    from backups
)

select
    site,
    least(max(known_at), max(params.as_of)) as known_until_at,
    least(max(listed_at), max(params.as_of)) as listed_at,
    max(happened_on) as last_try_on,
    min(happened_on) filter (is_full) as first_full_on,
    max(happened_on) filter (is_full) as last_full_on,
    max(happened_at) filter (is_last_day) as last_full_at,
    bool_or(is_off_site) filter (is_last_day) as is_last_off_site,
    max(happened_on) filter (is_full and is_off_site) as last_off_site_on,
    min(happened_on) filter (is_kept_full and is_in_newest_list) as oldest_listed_on,
    min(happened_on) filter (is_kept_full) as oldest_known_on
from lists
cross join params
group by site
