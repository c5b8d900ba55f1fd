-- Invoices in either shape; one row an invoice.
-- per client: customer_id
select
    invoice_id,
    number,
    customer_id,
    coalesce(id_of(of_subscription), lines[1].parent.subscription_item_details.subscription, id_of(lines[1].subscription)) as subscription_id,
    status,
    lower(currency) as currency,
    to_timestamp(created)::timestamp as created_at,
    -- Where no instant is told, an invoice that is no draft any more was final as it was made.
    to_timestamp(coalesce(status_transitions.finalized_at, if(status <> 'draft', created, null)))::timestamp as finalized_at,
    to_timestamp(status_transitions.paid_at)::timestamp as paid_at,
    to_timestamp(status_transitions.voided_at)::timestamp as voided_at,
    to_timestamp(status_transitions.marked_uncollectible_at)::timestamp as given_up_at,
    to_timestamp(due_date)::timestamp as due_at,
    to_timestamp(next_payment_attempt)::timestamp as next_attempt_at,
    coalesce(attempt_count, 0) as attempts,
    coalesce(collection_method, 'charge_automatically') as collection_method,
    coalesce(billing_reason, '') as billing_reason,
    coalesce(total, 0) as total_minor,
    coalesce(amount_due, 0) as amount_due_minor,
    coalesce(amount_remaining, amount_due - coalesce(amount_paid, 0), 0) as amount_remaining_minor,
    coalesce(amount_paid, 0) as amount_paid_minor,
    coalesce(amount_paid_off_stripe, 0) as amount_paid_off_stripe_minor,
    coalesce(paid_out_of_band, false) as is_paid_out_of_band,
    list_concat(
        [id_of(payment_intent), id_of(charge)],
        flatten([[id_of(one.payment.payment_intent), id_of(one.payment.charge)] for one in payments.data])
    ) as payment_ids,
    nullif(trim(customer_name), '') as customer_name,
    lower(customer_email) as customer_email,
    is_gone
from stg_stripe__invoice_payloads
