-- Work and costs.
-- Grain: one row a piece of work, or a cost. row_mark: the row as it stood in the file.
-- An `*_at` is an instant in UTC, empty where only the day is known; `*_on` is its day in the account's time zone.
with source as (
    select
        from_json(payload, '{
            "id": "VARCHAR", "site": "VARCHAR", "client": "VARCHAR", "client_email": "VARCHAR",
            "stripe_customer": "VARCHAR", "hours": "DOUBLE", "kind": "VARCHAR", "person": "VARCHAR",
            "task": "VARCHAR", "cost_minor": "BIGINT", "currency": "VARCHAR", "at": "VARCHAR",
            "row": "VARCHAR"
        }') as said,
        seen_at
    from raw_maintenance__hours
    where gone_at is null
),

fields as (
    select
        said.id, said.site, said.client, said.client_email, said.stripe_customer, said.hours,
        coalesce(said.kind, 'other') as kind, said.person, said.task, said.cost_minor, lower(said.currency) as currency,
        said.at as started, said.row as row_mark, seen_at
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
