-- Incidents: outages, attacks, breakages.
-- Grain: one row an incident.
-- An `*_at` is an instant in UTC, empty where only the day is known; `*_on` is its day in the account's time zone.
with source as (
    select
        from_json(payload, '{
            "id": "VARCHAR", "site": "VARCHAR", "kind": "VARCHAR", "minutes": "DOUBLE", "summary": "VARCHAR",
            "at": "VARCHAR", "ended_at": "VARCHAR"
        }') as said,
        seen_at
    from raw_maintenance__incidents
    where gone_at is null
),

fields as (
    select
        said.id, said.site, coalesce(said.kind, 'other') as kind, said.minutes, said.summary, said.at as started,
        said.ended_at as ended, seen_at
    from source
),

typed as (
    select
        fields.* exclude (started, ended),
        case
            when started like '%Z' then try_cast(replace(started, 'Z', '') as timestamp)
            when length(started) > 10 then timezone('UTC', timezone(time_zone, try_cast(started as timestamp)))
        end as happened_at,
        case
            when started like '%Z'
                then timezone(time_zone, timezone('UTC', try_cast(replace(started, 'Z', '') as timestamp)))::date
            else try_cast(left(started, 10) as date)
        end as happened_on,
        case
            when ended like '%Z' then try_cast(replace(ended, 'Z', '') as timestamp)
            when length(ended) > 10 then timezone('UTC', timezone(time_zone, try_cast(ended as timestamp)))
        end as ended_at,
        case
            when ended like '%Z'
                then timezone(time_zone, timezone('UTC', try_cast(replace(ended, 'Z', '') as timestamp)))::date
            else try_cast(left(ended, 10) as date)
        end as ended_on
    from fields
    cross join params
)

select * from typed where site is not null and happened_on is not null
