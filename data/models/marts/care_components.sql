-- What is installed on each site, and what of it waits for an update, as the newest source lists it; one row a site and component.
-- WP-CLI names components by their slug, MainWP by their name.
with mainwp as (
    select
        sites.site, parts.kind, parts.component, parts.slug, parts.version, parts.is_active,
        coalesce(waiting.new_version, parts.new_version) as new_version,
        waiting.slug is not null or parts.new_version is not null and updates.site_id is null as is_waiting,
        sites.checked_at
    from stg_mainwp__plugins as parts
    join stg_mainwp__sites as sites using (site_id)
    left join stg_mainwp__updates as updates using (site_id)
    left join (select site_id, unnest(waiting, recursive := true) from stg_mainwp__updates) as waiting
        on waiting.site_id = parts.site_id and waiting.kind = parts.kind and waiting.component = parts.component
),

core as (
    select sites.site, 'core' as kind, 'WordPress' as component, 'wordpress' as slug, sites.wp_version as version, true as is_active,
        waiting.new_version, true as is_waiting, sites.checked_at
    from (select site_id, unnest(waiting, recursive := true) from stg_mainwp__updates) as waiting
    join stg_mainwp__sites as sites using (site_id)
    where waiting.kind = 'core'
)

select * from mainwp
union all by name
select * from core
