-- Credit notes that stand; one row a credit note. What is paid back through Stripe is a refund of its own beside it.
select
    id as credit_note_id,
    id_of(payload ->> '$.invoice') as invoice_id,
    lower(payload ->> '$.currency') as currency,
    coalesce((payload ->> '$.out_of_band_amount')::bigint, 0) as paid_outside_minor,
    to_timestamp(coalesce((payload ->> '$.effective_at')::bigint, (payload ->> '$.created')::bigint))::timestamp as created_at
from raw_stripe__credit_notes
where gone_at is null and coalesce(payload ->> '$.status', 'issued') <> 'void'
