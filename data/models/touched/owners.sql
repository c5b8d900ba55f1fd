-- Whose the objects are that were landed since the last build, as they are now and as they were known; one row a customer (or an
-- agreement's client), '' for objects of nobody.
with invoices as (
    select id as invoice_id, owner as customer_id from raw_touched where source = 'stripe' and entity = 'invoices'
    union
    select invoice_id, customer_id from stg_stripe__invoices
    where invoice_id in (select id from raw_touched where source = 'stripe' and entity = 'invoices')
        or invoice_id in (select owner from raw_touched where source = 'stripe' and entity = 'invoice_payments')
        or invoice_id in (
            select payments.invoice_id from stg_stripe__invoice_payments as payments
            join raw_touched on raw_touched.entity = 'invoice_payments' and raw_touched.id = payments.invoice_payment_id
        )
),

known as (
    select 'subscriptions' as entity, subscription_id as id, customer_id from stg_stripe__subscription_versions
    union all
    select 'subscription_schedules', schedule_id, customer_id from stg_stripe__scheduled_items
    union all
    select 'invoice_items', invoice_item_id, customer_id from stg_stripe__invoice_items
    union all
    select 'charges', charge_id, customer_id from stg_stripe__charges
    union all
    select 'payment_methods', payment_method_id, customer_id from stg_stripe__cards
    union all
    select 'events', event_id, customer_id from stg_stripe__events
),

owners as (
    select owner as customer_id from raw_touched where source = 'stripe' and entity not in ('invoices', 'invoice_payments', '')
    union
    select known.customer_id from known
    join raw_touched on raw_touched.source = 'stripe' and raw_touched.entity = known.entity and raw_touched.id = known.id
    union
    select customer_id from invoices
    union
    select owner from raw_touched where source = 'agreements'
    union
    select client_id from stg_agreements__agreements where agreement_id in (select id from raw_touched where source = 'agreements')
)

select distinct coalesce(customer_id, '') as key from owners
