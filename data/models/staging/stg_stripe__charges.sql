-- Charges with the invoice that they pay, in either shape; one row a charge and invoice (null invoice: a one-off).
with payments as (
    select distinct
        coalesce(payload ->> '$.payment.payment_intent.id', payload ->> '$.payment.payment_intent') as payment_intent_id,
        coalesce(payload ->> '$.payment.charge.id', payload ->> '$.payment.charge') as charge_id,
        coalesce(payload ->> '$.invoice.id', payload ->> '$.invoice') as invoice_id
    from raw_stripe__invoice_payments
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
        coalesce((payload ->> '$.amount')::bigint, 0) as amount_minor,
        coalesce((payload ->> '$.amount_refunded')::bigint, 0) as refunded_minor,
        coalesce(payload ->> '$.payment_method_details.card.last4', payload ->> '$.source.last4') as card_last4,
        payload ->> '$.failure_message' as failure_message
    from raw_stripe__charges
)

select charges.* exclude (own_invoice_id), coalesce(charges.own_invoice_id, by_intent.invoice_id, by_charge.invoice_id) as invoice_id
from charges
left join payments as by_intent on by_intent.payment_intent_id = charges.payment_intent_id
left join payments as by_charge on by_charge.charge_id = charges.charge_id and by_intent.invoice_id is null
qualify row_number() over (partition by charges.charge_id order by coalesce(by_intent.invoice_id, by_charge.invoice_id) nulls last) = 1
