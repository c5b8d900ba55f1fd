-- Invoices in either shape; one row an invoice.
select
    id as invoice_id,
    payload ->> '$.number' as number,
    coalesce(payload ->> '$.customer.id', payload ->> '$.customer') as customer_id,
    coalesce(
        payload ->> '$.parent.subscription_details.subscription.id', payload ->> '$.parent.subscription_details.subscription',
        payload ->> '$.subscription.id', payload ->> '$.subscription'
    ) as subscription_id,
    payload ->> '$.status' as status,
    lower(payload ->> '$.currency') as currency,
    to_timestamp((payload ->> '$.created')::bigint)::timestamp as created_at,
    to_timestamp((payload ->> '$.status_transitions.finalized_at')::bigint)::timestamp as finalized_at,
    to_timestamp((payload ->> '$.status_transitions.paid_at')::bigint)::timestamp as paid_at,
    to_timestamp((payload ->> '$.due_date')::bigint)::timestamp as due_at,
    to_timestamp((payload ->> '$.next_payment_attempt')::bigint)::timestamp as next_attempt_at,
    coalesce((payload ->> '$.attempt_count')::integer, 0) as attempts,
    coalesce(payload ->> '$.collection_method', 'charge_automatically') as collection_method,
    coalesce(payload ->> '$.billing_reason', '') as billing_reason,
    coalesce((payload ->> '$.total')::bigint, 0) as total_minor,
    coalesce((payload ->> '$.amount_due')::bigint, 0) as amount_due_minor,
    coalesce((payload ->> '$.amount_remaining')::bigint, 0) as amount_remaining_minor,
    coalesce((payload ->> '$.amount_paid')::bigint, 0) as amount_paid_minor,
    coalesce((payload ->> '$.amount_paid_off_stripe')::bigint, 0) as amount_paid_off_stripe_minor,
    coalesce((payload ->> '$.paid_out_of_band')::boolean, false) as is_paid_out_of_band,
    gone_at is not null as is_gone
from raw_stripe__invoices
