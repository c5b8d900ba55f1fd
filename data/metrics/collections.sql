-- title: Collections
-- unit: minor units of the currency
-- grain: one row an invoice that is unpaid after a failed charge or past its due date, or was given up
-- definition: Invoices that still want money, how often a charge was tried, and when Stripe tries next.
-- formula: state is retrying (Stripe tries again), failed (it does not), overdue (sent, past due) or uncollectible
with failures as (
    select invoice_id, min(created_at) as first_failed_at, count(*) as failed_charges
    from stg_stripe__charges
    where status = 'failed' and invoice_id is not null
    group by all
),

unpaid as (
    select invoices.*, failures.first_failed_at, failures.failed_charges, params.as_of
    from stg_stripe__invoices as invoices
    cross join params
    left join failures using (invoice_id)
    where invoices.status in ('open', 'uncollectible') and invoices.amount_remaining_minor > 0 and not invoices.is_gone
        and invoices.created_at <= params.as_of
)

select
    coalesce(unpaid.number, unpaid.invoice_id) as invoice, clients.client_id, unpaid.currency, unpaid.amount_remaining_minor as amount_due_minor,
    strftime(unpaid.first_failed_at, '%Y-%m-%dT%H:%M:%SZ') as first_failed_at, greatest(unpaid.attempts, coalesce(unpaid.failed_charges, 0)) as attempts,
    strftime(unpaid.next_attempt_at, '%Y-%m-%dT%H:%M:%SZ') as next_attempt_at,
    case
        when unpaid.status = 'uncollectible' then 'uncollectible'
        when unpaid.collection_method = 'send_invoice' then 'overdue'
        when unpaid.next_attempt_at is not null then 'retrying'
        else 'failed'
    end as state,
    clients.client_name, unpaid.invoice_id
from unpaid
join client_parties as parties on parties.party_id = unpaid.customer_id
join clients_dim as clients using (client_key)
where (unpaid.first_failed_at is not null or unpaid.attempts > 0 or unpaid.status = 'uncollectible' or unpaid.due_at < unpaid.as_of)
    and not (unpaid.collection_method = 'send_invoice' and unpaid.status = 'open' and unpaid.due_at >= unpaid.as_of)
    and ($currency is null or unpaid.currency = $currency)
order by unpaid.created_at, invoice
