-- Backups that were made, or that failed.
-- Grain: one row a backup.
-- An `*_at` is an instant in UTC, empty where only the day is known; `*_on` is its day in the account's time zone.
with source as (
    select
        from_json(payload, '{
            "id": "VARCHAR", "site": "VARCHAR", "contents": "VARCHAR", "status": "VARCHAR",
            "is_off_site": "BOOLEAN", "is_kept": "BOOLEAN", "storage": "VARCHAR", "size_mb": "DOUBLE",
            "at": "VARCHAR"
        }') as said,
        seen_at, changed_at as landed_at
    from raw_maintenance__backups
    where gone_at is null
),

fields as (
    select
        said.id, said.site, coalesce(said.contents, 'full') as contents, coalesce(said.status, 'done') as status,
        said.is_off_site, said.is_kept, said.storage, said.size_mb, said.at as started, seen_at, landed_at
    from source
),

typed as (
    select
        fields.* exclude (started),
        case
            when started like '%Z' then try_cast(replace(started, 'Z', '') as timestamp)
            when length(started) > 10 then timezone('UTC', timezone(time_zone, try_cast(started as timestamp)))
        end as happened_at,
        case
            when started like '%Z'
                then timezone(time_zone, timezone('UTC', try_cast(replace(started, 'Z', '') as timestamp)))::date
            else try_cast(left(started, 10) as date)
        end as happened_on
    from fields
    cross join params
)

select * from typed where site is not null and happened_on is not null
