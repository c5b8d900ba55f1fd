-- Refunds that were not refused; one row a refund.
select
    id as refund_id,
    coalesce(payload ->> '$.charge.id', payload ->> '$.charge') as charge_id,
    lower(payload ->> '$.currency') as currency,
    coalesce((payload ->> '$.amount')::bigint, 0) as amount_minor,
    to_timestamp((payload ->> '$.created')::bigint)::timestamp as created_at
from raw_stripe__refunds
where gone_at is null and coalesce(payload ->> '$.status', 'succeeded') not in ('failed', 'canceled')
