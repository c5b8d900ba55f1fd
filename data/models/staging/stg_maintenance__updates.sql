-- Updates of WordPress, plugins and themes that were made, or that failed.
-- Grain: one row a component and update.
-- An `*_at` is an instant in UTC, empty where only the day is known; `*_on` is its day in the account's time zone.
with source as (
    select
        from_json(payload, '{
            "id": "VARCHAR", "site": "VARCHAR", "kind": "VARCHAR", "component": "VARCHAR",
            "from_version": "VARCHAR", "to_version": "VARCHAR", "status": "VARCHAR", "is_security": "BOOLEAN",
            "at": "VARCHAR"
        }') as said,
        seen_at
    from raw_maintenance__updates
    where gone_at is null
),

fields as (
    select
        said.id, said.site, said.kind, said.component, said.from_version, said.to_version,
        coalesce(said.status, 'done') as status, said.is_security, said.at as started, seen_at
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
