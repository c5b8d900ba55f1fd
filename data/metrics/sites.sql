-- title: Sites
-- unit: dates, counts, hours; uptime as a share of 1
-- grain: one row a site that any record names
-- definition: Each site as it is known at the moment: its client and how it was found, versions, updates that wait, backups, uptime and incidents of 30 days, updates and hours of this month, and how many rules of site health it meets, breaks, or has no data for (empty for a site no longer in care). What is not recorded is empty.
-- formula: the newest record of each kind; sums over 30 days or since the month's first day
with rules as (
    select
        site,
        count(*) filter (state = 'late') as rules_late,
        count(*) filter (state = 'ok') as rules_ok,
        count(*) filter (state = 'no_data') as rules_no_data
    from site_health
    group by site
)

select
    site, client_id, client_name, matched_by, stated_client, is_in_care, rules_late, rules_ok, rules_no_data,
    wp_version, php_version, core_updates, plugin_updates, theme_updates, pending_updates,
    strftime(state_on, '%Y-%m-%d') as checked_on,
    strftime(last_full_on, '%Y-%m-%d') as last_backup_on,
    is_last_off_site as is_off_site,
    strftime(oldest_listed_on, '%Y-%m-%d') as oldest_backup_on,
    strftime(restore_tested_on, '%Y-%m-%d') as restore_tested_on,
    uptime_30d, uptime_promised, incidents_30d, downtime_minutes_30d,
    strftime(last_update_on, '%Y-%m-%d') as last_update_on,
    updates_this_month, hours_this_month,
    strftime(certificate_expires_on, '%Y-%m-%d') as certificate_expires_on,
    strftime(since_on, '%Y-%m-%d') as since_on,
    strftime(until_on, '%Y-%m-%d') as until_on,
    array_to_string(sources, ',') as sources
from site_state
left join rules using (site)
order by is_in_care desc, rules_late desc, site
