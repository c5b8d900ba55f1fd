-- title: Care by month
-- unit: counts, minutes, hours
-- grain: one row a month and site with any record
-- definition: What was done for each site in a month and what happened to it: updates made and failed, security updates, backups, incidents, minutes down, hours. Where a source lists only the backups that are kept today, a month that its first list does not reach back to the beginning of has a least number of backups.
-- formula: counts and sums of the records dated in the month; minutes down are those of incidents of the kind downtime
select
    strftime(months.month, '%Y-%m') as month, months.site, months.client_id, months.updates_done, months.updates_failed,
    months.security_updates, months.backups_done, months.backups_off_site, months.incidents, months.security_incidents,
    months.downtime_minutes, months.hours, months.is_backups_floor
from care_months as months
where ($start is null or months.month >= $start::date) and ($end is null or months.month <= $end::date)
order by months.month, months.site
