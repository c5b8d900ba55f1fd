-- What paid an invoice; one row an invoice payment.
-- per client: invoice_payment_id
select
    id as invoice_payment_id,
    coalesce(payload ->> '$.payment.payment_intent.id', payload ->> '$.payment.payment_intent') as payment_intent_id,
    coalesce(payload ->> '$.payment.charge.id', payload ->> '$.payment.charge') as charge_id,
    coalesce(payload ->> '$.invoice.id', payload ->> '$.invoice') as invoice_id
from raw_stripe__invoice_payments
