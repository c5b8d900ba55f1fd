-- The rules that a site is held against, with their limits; one row a rule. Nothing is late but against one of these.
select *
from (
    values
        ('backup_daily', 1, 'a full backup every day'),
        ('backup_off_site', null, 'backups are stored off-site'),
        ('backup_kept_30_days', 30, 'backups are kept for at least 30 days'),
        ('updates_weekly', 7, 'updates are made every week'),
        ('restore_test', 365, 'a restore is tested once a year'),
        ('uptime', 7, 'the uptime that was promised, over 30 days')
) as rules (rule, days, text)
