-- title: Plugins and themes
-- unit: versions
-- grain: one row a site and plugin, theme or WordPress itself
-- definition: What is installed on each site as MainWP lists it, in which version, and the version that waits, if any. Updates that you told MainWP to ignore don't count as waiting.
-- formula: the newest list of each site
select
    parts.site, sites.client_id, parts.kind, parts.component, parts.version, parts.new_version, parts.is_waiting, parts.is_active,
    strftime(parts.checked_at, '%Y-%m-%d') as checked_on
from care_components as parts
left join care_sites as sites using (site)
order by parts.site, parts.is_waiting desc, parts.kind, parts.component
