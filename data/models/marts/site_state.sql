-- Everything known of each site at `as_of`, in one row a site: the facts that the rules of site_health are held against.
-- What a file says of a site's state counts as seen on the day it was checked, else on the day of its import.
with checked as (
    select
        sites.*,
        least(coalesce(checked_on, seen_at::date), params.today) as state_on,
        coalesce(checked_on <= params.today, true) as is_known,
        params.as_of,
        params.today
    from care_sites as sites
    cross join params
)

select
    checked.site, checked.client_key, checked.client_id, checked.client_name, checked.matched_by, checked.stated_client,
    checked.is_in_care,
    checked.as_of, checked.today, checked.since_on, checked.until_on,
    case when is_known then state_on end as state_on,
    case when is_known then wp_version end as wp_version,
    case when is_known then php_version end as php_version,
    case when is_known then core_updates end as core_updates,
    case when is_known then plugin_updates end as plugin_updates,
    case when is_known then theme_updates end as theme_updates,
    case
        when is_known and coalesce(core_updates, plugin_updates, theme_updates) is not null
            then coalesce(core_updates, 0) + coalesce(plugin_updates, 0) + coalesce(theme_updates, 0)
    end as pending_updates,
    case when is_known then uptime_30d end as uptime_30d,
    uptime_promised,
    case when restore_tested_on <= checked.today then restore_tested_on end as restore_tested_on,
    certificate_expires_on,
    backups.* exclude (site),
    work.* exclude (site)
from checked
left join site_backups as backups using (site)
left join site_work as work using (site)
