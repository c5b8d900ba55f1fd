-- How each site stands against each rule, in words; one row a site and rule. state: ok, late or no_data, which is neither good nor bad.
-- since: of ok, the day of the fact that proves it; of late, the first day on which the rule was broken.
-- empty without: site_state
with judged as (
    select
        facts.*, rules.days, rules.text,
        case when facts.is_broken then 'late' when facts.is_met then 'ok' else 'no_data' end as state
    from site_health_facts as facts
    join care_rules as rules using (rule)
),

worded as (
    select
        judged.*, sites.client_id, sites.client_key,
        format('{:.5g} %', 100 * sites.uptime_30d) as uptime,
        coalesce(' ' || nullif(sites.pending_updates, 0) || ' wait.', '') as waiting,
        coalesce((['today', 'yesterday'])[sites.today - proof_on + 1], (sites.today - proof_on) || ' days ago') as ago,
        coalesce((['today', 'yesterday'])[sites.today - broken_on + 1], (sites.today - broken_on) || ' days ago') as broken_ago,
        case judged.rule || ' ' || judged.state
            when 'backup_daily ok' then 'The last full backup was made on ' || proof_on || '.'
            when 'backup_daily late' then coalesce(
                'The last full backup was made on ' || proof_on || ', ' || ago || '.',
                'No full backup has succeeded; the last try was on ' || sites.last_try_on || '.'
            )
            when 'backup_daily no_data' then coalesce(
                'The last full backup known is of ' || proof_on || '; nothing newer has been imported.', 'No backup is recorded.'
            )
            when 'backup_off_site ok' then 'The last full backup (' || proof_on || ') is stored off-site.'
            when 'backup_off_site late' then 'The last full backup (' || proof_on || ') is not stored off-site'
                || coalesce('; the last off-site one is of ' || sites.last_off_site_on, '') || '.'
            when 'backup_off_site no_data' then coalesce(
                'Whether the last full backup (' || proof_on || ') is off-site is not recorded.', 'No full backup is recorded.'
            )
            when 'backup_kept_30_days ok' then 'The oldest full backup kept is of ' || proof_on || ', ' || ago || '.'
            when 'backup_kept_30_days late' then 'The oldest full backup kept is of ' || broken_on || ', ' || broken_ago || '.'
            when 'backup_kept_30_days no_data' then case
                when sites.oldest_known_on is null then 'No kept backup is recorded.'
                when sites.since_on > sites.today - judged.days
                    then 'In care since ' || sites.since_on || ', not yet ' || judged.days || ' days.'
                else 'A backup of ' || sites.oldest_known_on || ' was listed before; the import of '
                    || judged.known_until_at::date || ' does not list it, so whether it is kept is not known.'
            end
            when 'updates_weekly ok' then case
                when sites.last_update_on = proof_on then 'Updates were made on ' || proof_on || '.' || waiting
                else 'Nothing waited when checked on ' || proof_on || '.'
            end
            when 'updates_weekly late' then coalesce(
                'The last update or clean check was on ' || proof_on || ', ' || ago || '.',
                'No update has succeeded; the last try was on ' || sites.last_update_try_on || '.', 'No update is recorded as made.'
            ) || waiting
            when 'updates_weekly no_data' then coalesce(
                'The last update known was made on ' || proof_on || '; nothing newer has been imported.',
                'No update and no check for updates is recorded.'
            )
            when 'restore_test no_data' then 'No restore test is recorded.'
            when 'uptime no_data' then case
                when sites.uptime_30d is null then 'No uptime is recorded.'
                when sites.uptime_promised is null then 'Up ' || uptime || ' of 30 days; no uptime is promised for this site.'
                else 'Up ' || uptime || ' of 30 days when checked on ' || proof_on || '; nothing newer has been imported.'
            end
            else case judged.rule
                when 'restore_test' then 'A restore was last tested on ' || proof_on || ', ' || ago || '.'
                else 'Up ' || uptime || ' of 30 days, ' || format('{:.5g} %', 100 * sites.uptime_promised) || ' promised.'
            end
        end as said
    from judged
    join site_state as sites using (site)
)

select
    site, client_key, client_id, rule, state,
    case state when 'ok' then proof_on when 'late' then broken_on end as since,
    said || ' Rule: ' || text || '.' as detail
from worded
