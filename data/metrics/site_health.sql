-- title: Site health
-- unit: state: ok, late, or no_data
-- grain: one row a site and rule
-- definition: Each site held against the rules of care: daily full backup, off-site, kept 30 days, weekly updates, yearly restore test, promised uptime. Late stands only where records show it, ok only while they are fresh; where nothing is recorded the state is no data, which is neither good nor bad.
-- formula: late: the newest record, as of its import, is older than the rule allows; ok: it is not older now; no_data: neither can be shown
select
    site, client_id, rule, state, strftime(since, '%Y-%m-%d') as since, detail
from site_health
order by site, list_position(['backup_daily', 'backup_off_site', 'backup_kept_30_days', 'updates_weekly', 'restore_test', 'uptime'], rule)
