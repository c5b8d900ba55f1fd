-- Charges with the invoice that they pay, in either shape; one row a charge and invoice (null invoice: a one-off).
-- What a bank only holds ready counts as nothing until it is captured.
-- per client: customer_id
with linked as (
    select unnest([payment_intent_id, charge_id]) as payment_id, invoice_id from stg_stripe__invoice_payments
    union all
    select unnest(payment_ids), invoice_id from stg_stripe__invoices
),

payments as (
    select payment_id, min(invoice_id) as invoice_id from linked where payment_id is not null and invoice_id is not null group by all
),

charges as (
    select
        id as charge_id,
        coalesce(payload ->> '$.customer.id', payload ->> '$.customer') as customer_id,
        coalesce(payload ->> '$.payment_intent.id', payload ->> '$.payment_intent') as payment_intent_id,
        coalesce(payload ->> '$.invoice.id', payload ->> '$.invoice') as own_invoice_id,
        to_timestamp((payload ->> '$.created')::bigint)::timestamp as created_at,
        lower(payload ->> '$.currency') as currency,
        payload ->> '$.status' as status,
        if(
            payload ->> '$.status' = 'succeeded',
            coalesce((payload ->> '$.amount_captured')::bigint, if(payload ->> '$.captured' = 'false', 0, (payload ->> '$.amount')::bigint)),
            (payload ->> '$.amount')::bigint
        ) as amount_minor,
        coalesce((payload ->> '$.amount_refunded')::bigint, 0) as refunded_minor,
        coalesce(payload ->> '$.payment_method_details.card.last4', payload ->> '$.source.last4') as card_last4,
        payload ->> '$.failure_message' as failure_message
    from raw_stripe__charges
)

select charges.* exclude (own_invoice_id) replace (coalesce(amount_minor, 0) as amount_minor), coalesce(charges.own_invoice_id, by_intent.invoice_id, by_charge.invoice_id) as invoice_id
from charges
left join payments as by_intent on by_intent.payment_id = charges.payment_intent_id
left join payments as by_charge on by_charge.payment_id = charges.charge_id
