-- Sites as the spreadsheet states them last: who owns them, versions, what waits, and what is promised.
-- Grain: one row a site.
-- An `*_at` is an instant in UTC, empty where only the day is known; `*_on` is its day in the account's time zone.
with source as (
    select
        from_json(payload, '{
            "site": "VARCHAR", "client": "VARCHAR", "client_email": "VARCHAR", "stripe_customer": "VARCHAR",
            "wp_version": "VARCHAR", "php_version": "VARCHAR", "core_updates": "INTEGER",
            "plugin_updates": "INTEGER", "theme_updates": "INTEGER", "checked_at": "VARCHAR",
            "last_backup_at": "VARCHAR", "last_backup_off_site": "BOOLEAN", "oldest_backup_on": "DATE",
            "restore_tested_on": "DATE", "uptime_30d": "DOUBLE", "uptime_promised": "DOUBLE",
            "certificate_expires_on": "DATE", "since_on": "DATE", "until_on": "DATE",
            "monthly_cost_minor": "BIGINT", "currency": "VARCHAR"
        }') as said,
        seen_at
    from raw_maintenance__sites
    where gone_at is null
),

fields as (
    select
        said.site, said.client, said.client_email, said.stripe_customer, said.wp_version, said.php_version,
        said.core_updates, said.plugin_updates, said.theme_updates, said.checked_at as checked,
        said.last_backup_at as last_backup, said.last_backup_off_site, said.oldest_backup_on, said.restore_tested_on,
        said.uptime_30d, said.uptime_promised, said.certificate_expires_on, said.since_on, said.until_on,
        said.monthly_cost_minor, lower(said.currency) as currency, seen_at
    from source
),

typed as (
    select
        fields.* exclude (checked, last_backup),
        case
            when checked like '%Z' then try_cast(replace(checked, 'Z', '') as timestamp)
            when length(checked) > 10 then timezone('UTC', timezone(time_zone, try_cast(checked as timestamp)))
        end as checked_at,
        case
            when checked like '%Z'
                then timezone(time_zone, timezone('UTC', try_cast(replace(checked, 'Z', '') as timestamp)))::date
            else try_cast(left(checked, 10) as date)
        end as checked_on,
        case
            when last_backup like '%Z' then try_cast(replace(last_backup, 'Z', '') as timestamp)
            when length(last_backup) > 10 then timezone('UTC', timezone(time_zone, try_cast(last_backup as timestamp)))
        end as last_backup_at,
        case
            when last_backup like '%Z'
                then timezone(time_zone, timezone('UTC', try_cast(replace(last_backup, 'Z', '') as timestamp)))::date
            else try_cast(left(last_backup, 10) as date)
        end as last_backup_on
    from fields
    cross join params
)

select * from typed where site is not null
