-- title: Invoices of a client
-- unit: minor units of the currency
-- grain: one row a finalised invoice of a client
-- definition: What each client was billed, what came in and what is still open, newest first. Drafts are not billed yet, so they are left out.
-- formula: open = what Stripe says remains; a void or refunded invoice keeps its row. State is paid, open, void or uncollectible
with invoices as (
    select * from stg_stripe__invoices
    where status <> 'draft' and not is_gone
)

select
    clients.client_id, clients.client_name, invoices.currency,
    coalesce(invoices.number, invoices.invoice_id) as invoice,
    strftime(timezone(params.time_zone, timezone('UTC', coalesce(invoices.finalized_at, invoices.created_at))), '%Y-%m-%d') as issued_on,
    strftime(timezone(params.time_zone, timezone('UTC', invoices.due_at)), '%Y-%m-%d') as due_on,
    strftime(timezone(params.time_zone, timezone('UTC', invoices.paid_at)), '%Y-%m-%d') as paid_on,
    invoices.status as state,
    invoices.total_minor,
    if(invoices.status = 'paid' and invoices.is_paid_out_of_band, invoices.total_minor, invoices.amount_paid_minor) as paid_minor,
    if(invoices.status in ('open', 'uncollectible'), invoices.amount_remaining_minor, 0) as open_minor,
    invoices.invoice_id
from invoices
join client_parties as parties on parties.party_id = invoices.customer_id
join clients_dim as clients using (client_key)
cross join params
where coalesce(invoices.finalized_at, invoices.created_at) <= params.as_of and ($currency is null or invoices.currency = $currency)
order by issued_on desc, invoice
