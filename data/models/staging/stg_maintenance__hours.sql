-- Work and costs.
-- Grain: one row a piece of work, or a cost.
-- An `*_at` is an instant in UTC, empty where only the day is known; `*_on` is its day in the account's time zone.
with

source as (

    select payload, seen_at from raw_maintenance__hours where gone_at is null

),

fields as (

    select
        payload ->> '$.id' as id,
        nullif(payload ->> '$.site', '') as site,
        nullif(payload ->> '$.client', '') as client,
        nullif(payload ->> '$.client_email', '') as client_email,
        nullif(payload ->> '$.stripe_customer', '') as stripe_customer,
        try_cast(payload ->> '$.hours' as double) as hours,
        coalesce(payload ->> '$.kind', 'other') as kind,
        nullif(payload ->> '$.person', '') as person,
        nullif(payload ->> '$.task', '') as task,
        try_cast(payload ->> '$.cost_minor' as bigint) as cost_minor,
        lower(payload ->> '$.currency') as currency,
        nullif(payload ->> '$.at', '') as started,
        seen_at
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

select * from typed where happened_on is not null
