-- Sites as the spreadsheet states them last: who owns them, versions, what waits, and what is promised.
-- Grain: one row a site.
-- An `*_at` is an instant in UTC, empty where only the day is known; `*_on` is its day in the account's time zone.
with

source as (

    select payload, seen_at from raw_maintenance__sites where gone_at is null

),

fields as (

    select
        nullif(payload ->> '$.site', '') as site,
        nullif(payload ->> '$.client', '') as client,
        nullif(payload ->> '$.client_email', '') as client_email,
        nullif(payload ->> '$.stripe_customer', '') as stripe_customer,
        nullif(payload ->> '$.wp_version', '') as wp_version,
        nullif(payload ->> '$.php_version', '') as php_version,
        try_cast(payload ->> '$.core_updates' as integer) as core_updates,
        try_cast(payload ->> '$.plugin_updates' as integer) as plugin_updates,
        try_cast(payload ->> '$.theme_updates' as integer) as theme_updates,
        nullif(payload ->> '$.checked_at', '') as checked,
        nullif(payload ->> '$.last_backup_at', '') as last_backup,
        try_cast(payload ->> '$.last_backup_off_site' as boolean) as last_backup_off_site,
        try_cast(payload ->> '$.oldest_backup_on' as date) as oldest_backup_on,
        try_cast(payload ->> '$.restore_tested_on' as date) as restore_tested_on,
        try_cast(payload ->> '$.uptime_30d' as double) as uptime_30d,
        try_cast(payload ->> '$.uptime_promised' as double) as uptime_promised,
        try_cast(payload ->> '$.certificate_expires_on' as date) as certificate_expires_on,
        try_cast(payload ->> '$.since_on' as date) as since_on,
        try_cast(payload ->> '$.monthly_cost_minor' as bigint) as monthly_cost_minor,
        lower(payload ->> '$.currency') as currency,
        seen_at
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
