-- Everything known of each site at `as_of`, in one row a site: the facts that the rules of site_health are held against.
-- empty without: care_sites
select
    sites.site, sites.client_key, sites.client_id, sites.client_name, sites.matched_by, sites.stated_client, sites.is_in_care,
    params.as_of, params.today, sites.since_on, sites.until_on, sites.sources,
    sites.state_on, sites.wp_version, sites.php_version,
    sites.core_updates, sites.plugin_updates, sites.theme_updates, sites.waiting_on,
    case
        when sites.waiting_on is not null
            then coalesce(sites.core_updates, 0) + coalesce(sites.plugin_updates, 0) + coalesce(sites.theme_updates, 0)
    end as pending_updates,
    sites.uptime_30d, sites.uptime_on, sites.uptime_promised,
    case when sites.restore_tested_on <= params.today then sites.restore_tested_on end as restore_tested_on,
    sites.certificate_expires_on,
    backups.* exclude (site),
    work.* exclude (site)
from care_sites as sites
cross join params
left join site_backups as backups using (site)
left join site_work as work using (site)
