-- What clients paid outside any subscription, less refunds: paid one-off invoices, and charges without an invoice; one row a payment.
-- per client: client_key
with refunds as (
    select invoice_id, sum(refunded_minor) as refunded_minor from stg_stripe__charges where invoice_id is not null group by all
),

paid as (
    select * from stg_stripe__invoices where status = 'paid' and subscription_id is null and total_minor > 0
),

of_subscriptions as (
    select distinct invoice_id from stg_stripe__invoice_lines where invoice_id in (select invoice_id from paid)
),

invoiced as (
    select
        invoices.customer_id, invoices.currency, invoices.invoice_id as payment_id,
        coalesce(invoices.paid_at, invoices.finalized_at, invoices.created_at) as paid_at,
        invoices.total_minor - coalesce(refunds.refunded_minor, 0) as amount_minor
    from paid as invoices
    anti join of_subscriptions on of_subscriptions.invoice_id = invoices.invoice_id
    left join refunds on refunds.invoice_id = invoices.invoice_id
),

-- A key that may not read invoice payments leaves charges without their invoice: the same amount on the same day is that one.
charged as (
    select charges.customer_id, charges.currency, charges.charge_id, charges.created_at, charges.amount_minor - charges.refunded_minor
    from stg_stripe__charges as charges
    where charges.status = 'succeeded' and charges.invoice_id is null and not exists (
        select 1 from stg_stripe__invoices as invoices
        where invoices.customer_id = charges.customer_id and invoices.currency = charges.currency
            and invoices.amount_paid_minor = charges.amount_minor
            and coalesce(invoices.paid_at, invoices.created_at) between charges.created_at - interval 1 day and charges.created_at + interval 1 day
    )
),

payments as (
    select * from invoiced
    union all
    select * from charged
)

select
    parties.client_key, payments.currency, payments.payment_id, payments.amount_minor,
    local_day(payments.paid_at, zone_days.shift, params.time_zone) as paid_on
from payments
join client_parties as parties on parties.party_id = payments.customer_id
cross join params
left join zone_days on zone_days.utc_day = payments.paid_at::date
where payments.amount_minor > 0 and payments.paid_at <= params.as_of
