-- Customers as last seen; one row a customer, also for those known only from their subscriptions and invoices.
-- per client: customer_id
with listed as (
    select
        id as customer_id,
        coalesce(nullif(trim(payload ->> '$.name'), ''), nullif(trim(payload ->> '$.description'), '')) as name,
        lower(payload ->> '$.email') as email,
        to_timestamp((payload ->> '$.created')::bigint)::timestamp as created_at,
        gone_at is not null or coalesce((payload ->> '$.deleted')::boolean, false) as is_deleted,
        coalesce(
            payload ->> '$.invoice_settings.default_payment_method.id', payload ->> '$.invoice_settings.default_payment_method',
            payload ->> '$.default_source.id', payload ->> '$.default_source'
        ) as default_payment_method_id,
        payload ->> '$.preferred_locales[0]' as locale
    from raw_stripe__customers
),

mentioned as (
    select customer_id, max_by(customer_name, (created_at, customer_name)) as name, max_by(customer_email, (created_at, customer_email)) as email,
        min(created_at) as created_at
    from stg_stripe__invoices
    where customer_id not in (select customer_id from listed)
    group by customer_id
    union all
    select
        coalesce(payload ->> '$.customer.id', payload ->> '$.customer'), null, null,
        min(to_timestamp((payload ->> '$.created')::bigint)::timestamp)
    from raw_stripe__subscriptions
    group by all
),

unlisted as (
    select
        customer_id, max(name) as name, max(email) as email, min(created_at) as created_at, true as is_deleted,
        null::varchar as default_payment_method_id, null::varchar as locale
    from mentioned
    where customer_id is not null and customer_id not in (select customer_id from listed)
    group by customer_id
)

select * from listed
union all by name
select * from unlisted
