-- Updates made on sites, from every source that records them; one row an update, each counted once.
-- Where two sources tell of the same component of a site on the same day, or of the same new version a day apart, the one named first
-- counts (rank): what the user wrote down, then what made the update, then logs. Columns as stg_maintenance__updates, with `source`.
with told as (
    select 'maintenance' as source, 1 as rank, * from stg_maintenance__updates
    union all by name
    select
        'wp_umbrella' as source, 2 as rank, tasks.* exclude (project_id, created_at), projects.site, tasks.created_at as happened_at,
        day_in(tasks.created_at, params.time_zone) as happened_on
    from stg_wp_umbrella__tasks as tasks
    join stg_wp_umbrella__projects as projects using (project_id)
    cross join params
    where tasks.component is not null and tasks.created_at is not null and projects.site is not null
    union all by name
    select 'wp_cli' as source, 3 as rank, * from stg_wp_cli__updates
    union all by name
    select 'child_reports' as source, 4 as rank, * exclude (what, contents) from stg_child_reports__events where what = 'update'
),

named as (
    select told.*, regexp_replace(strip_accents(lower(told.component)), '[^a-z0-9]+', '', 'g') as component_key from told
),

told_before as (
    select distinct named.source, named.id
    from named
    join named as better on better.site = named.site and better.component_key = named.component_key
    where better.rank < named.rank
        and (
            better.happened_on = named.happened_on
            or better.to_version = named.to_version and abs(better.happened_on - named.happened_on) <= 1
        )
)

select named.* exclude (rank, component_key)
from named
anti join told_before using (source, id)
