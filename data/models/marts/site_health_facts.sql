-- How each site stands against each rule (care_rules), before it is put into words; one row a site in care and rule.
-- A rule is broken only where the facts, as far as they reach (`known_until_at`), show it, and met only while they are fresh; where
-- neither holds there is no data. `proof_on` is the day of the fact that meets it, `broken_on` the first day on which it was broken.
-- empty without: site_state
with limits as (
    select
        max(days) filter (rule = 'backup_daily') as backup_days,
        max(days) filter (rule = 'backup_kept_30_days') as kept_days,
        max(days) filter (rule = 'updates_weekly') as update_days,
        max(days) filter (rule = 'restore_test') as restore_days,
        max(days) filter (rule = 'uptime') as uptime_days
    from care_rules
),

sites as (
    select
        *,
        coalesce(last_full_at + to_hours(24 * backup_days), last_full_on + to_days(backup_days + 1)) as backup_due_at,
        listed_at::date - kept_days as kept_limit_on,
        greatest(last_update_on, case when pending_updates = 0 then waiting_on end) as update_proof_on,
        greatest(updates_known_at::date, waiting_on) as updates_known_on,
        case when uptime_on >= today - uptime_days then uptime_30d end as fresh_uptime
    from site_state
    cross join limits
    where is_in_care
)

select
    site, 'backup_daily' as rule, known_until_at, last_full_on as proof_on,
    as_of < backup_due_at as is_met,
    case when last_full_on is null then last_try_on is not null else known_until_at >= backup_due_at end as is_broken,
    coalesce(backup_due_at::date, last_try_on) as broken_on
from sites
union all
select
    site, 'backup_off_site', known_until_at, last_full_on,
    is_last_off_site, not is_last_off_site,
    coalesce(last_off_site_on + 1, first_full_on)
from sites
union all
select
    site, 'backup_kept_30_days', listed_at, oldest_listed_on,
    oldest_listed_on <= kept_limit_on,
    oldest_known_on > kept_limit_on and coalesce(since_on <= today - kept_days, true),
    oldest_known_on
from sites
union all
select
    site, 'updates_weekly', updates_known_on, update_proof_on,
    today <= update_proof_on + update_days,
    case
        when update_proof_on is null then pending_updates > 0 or last_update_try_on is not null
        else updates_known_on > update_proof_on + update_days
    end,
    coalesce(update_proof_on + update_days + 1, last_update_try_on, waiting_on)
from sites
union all
select
    site, 'restore_test', as_of, restore_tested_on,
    restore_tested_on >= today - restore_days, restore_tested_on < today - restore_days,
    restore_tested_on + restore_days + 1
from sites
union all
select
    site, 'uptime', uptime_on, uptime_on,
    fresh_uptime >= uptime_promised, fresh_uptime < uptime_promised,
    uptime_on
from sites
