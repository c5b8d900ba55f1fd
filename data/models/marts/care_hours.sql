-- Work and costs, from every source that records them; one row a piece of work, or a cost. Columns as stg_maintenance__hours, with `source`.
select 'maintenance' as source, * from stg_maintenance__hours
union all by name
select 'toggl' as source, * from stg_toggl__entries
union all by name
select 'clockify' as source, * from stg_clockify__entries
union all by name
select 'harvest' as source, * from stg_harvest__entries
union all by name
select
    'wp_umbrella' as source, works.id, projects.site, works.hours, 'other' as kind, works.task, works.worked_on as happened_on, works.seen_at
from stg_wp_umbrella__works as works
join stg_wp_umbrella__projects as projects using (project_id)
where works.worked_on is not null and works.hours > 0 and projects.site is not null
