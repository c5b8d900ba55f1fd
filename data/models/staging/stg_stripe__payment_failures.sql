-- What events say of payments that failed, also where no charge was made (no card, a check by the bank); one row an invoice.
select
    payload ->> '$.data.object.id' as invoice_id,
    min(to_timestamp((payload ->> '$.created')::bigint)::timestamp) as failed_at
from raw_stripe__events
where (payload ->> '$.type') in ('invoice.payment_failed', 'invoice.payment_action_required')
group by all
