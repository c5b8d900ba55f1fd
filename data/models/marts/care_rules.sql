-- The rules that a site is held against, with their limits in days (settings); one row a rule. Nothing is late but against one of these.
with rules as (
    select *
    from (
        values
            ('backup_daily', 'a full backup every day', 'a full backup every {} days', 1),
            ('backup_off_site', 'backups are stored off-site', null, null),
            ('backup_kept_30_days', null, 'backups are kept for at least {} days', null),
            ('updates_weekly', 'updates are made every week', 'updates are made every {} days', 7),
            ('restore_test', 'a restore is tested once a year', 'a restore is tested every {} days', 365),
            ('uptime', 'the uptime that was promised, over 30 days', null, null)
    ) as stated (rule, text, counted, usual)
)

select
    rules.rule,
    limits.days,
    case when rules.counted is null or limits.days = rules.usual then rules.text else format(rules.counted, limits.days) end as text
from rules
left join care_limits as limits using (rule)
