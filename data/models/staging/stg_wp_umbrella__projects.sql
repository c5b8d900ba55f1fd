-- WP Umbrella's projects, which are sites.
-- Grain: one row a project. `*_waiting` is empty where the answer doesn't say; instants in UTC.
with answers as (
    select id as project_id, payload, payload -> '$.plugins' as plugins, payload -> '$.themes' as themes, seen_at
    from raw_wp_umbrella__projects
    where gone_at is null
),

waiting as (
    select
        project_id,
        count(*) filter (kind = 'plugin' and coalesce(flag(said_of ->> '$.need_update'), json_type(said_of -> '$.need_update') = 'OBJECT'))
            as plugins_waiting,
        count(*) filter (kind = 'theme' and said(said_of ->> '$.latest_version') <> said(said_of ->> '$.version')) as themes_waiting
    from (
        select answers.project_id, 'plugin' as kind, entry.value as said_of from answers, json_each(answers.plugins) as entry
        union all
        select answers.project_id, 'theme', entry.value from answers, json_each(answers.themes) as entry
    ) as components
    group by project_id
)

select
    answers.project_id,
    site_of(coalesce(said(payload ->> '$.base_url'), said(payload ->> '$.source_domain'))) as site,
    said(payload ->> '$.warnings.wordpress_version') as wp_version,
    said(payload ->> '$.warnings.php_current_version') as php_version,
    case flag(payload ->> '$.warnings.is_up_to_date') when true then 0 when false then 1 end as core_waiting,
    case when json_type(plugins) = 'ARRAY' then coalesce(waiting.plugins_waiting, 0) end as plugins_waiting,
    case when json_type(themes) = 'ARRAY' then coalesce(waiting.themes_waiting, 0) end as themes_waiting,
    coalesce(
        said(payload ->> '$.maintenanceCustomer.company_name'),
        said(concat_ws(' ', payload ->> '$.maintenanceCustomer.firstname', payload ->> '$.maintenanceCustomer.lastname'))
    ) as client,
    instant(payload ->> '$.last_synchronization.date_with_success') as checked_at,
    seen_at
from answers
left join waiting using (project_id)
