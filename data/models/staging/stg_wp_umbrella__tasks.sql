-- Updates that WP Umbrella made, or tried to make; its other tasks are no updates.
-- Grain: one row a task. Instants in UTC.
select
    id,
    payload ->> '$.project_id' as project_id,
    instant(payload ->> '$.created_at') as created_at,
    case payload ->> '$.type' when 'UPDATE_PLUGIN' then 'plugin' when 'UPDATE_THEME' then 'theme' else 'core' end as kind,
    coalesce(
        said(payload ->> '$.entities.name'), said(payload ->> '$.entities.plugin'), said(payload ->> '$.entities.theme'),
        if(payload ->> '$.type' = 'UPDATE_CORE', 'WordPress', null)
    ) as component,
    said(payload ->> '$.entities.old_version') as from_version,
    said(payload ->> '$.entities.version') as to_version,
    if(lower(coalesce(said(payload ->> '$.code'), said(payload ->> '$.status'))) in ('success', 'finished', 'done'), 'done', 'failed') as status,
    seen_at
from raw_wp_umbrella__tasks
where payload ->> '$.type' in ('UPDATE_PLUGIN', 'UPDATE_THEME', 'UPDATE_CORE')
    and lower(coalesce(said(payload ->> '$.code'), said(payload ->> '$.status'), '')) not in ('pending', 'scheduled', 'running', '')
