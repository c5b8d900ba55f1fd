-- Work and costs as every source tells them, also those that two of them tell; one row a piece of work, or a cost, and source.
-- Columns as stg_maintenance__hours, with `source`; `project` and `work` (the task's name alone) where a time tracker knows them.
select 'maintenance' as source, * from stg_maintenance__hours
union all by name
select * from stg_time_tracking__entries
union all by name
select
    'wp_umbrella' as source, works.id, projects.site, works.hours, 'other' as kind, works.task, works.worked_on as happened_on, works.seen_at
from stg_wp_umbrella__works as works
join stg_wp_umbrella__projects as projects using (project_id)
where works.worked_on is not null and works.hours > 0 and projects.site is not null
