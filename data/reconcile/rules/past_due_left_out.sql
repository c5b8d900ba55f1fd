-- title: A client with an overdue charge is left out there
-- ours: An overdue charge leaves MRR in force, shown as at risk.
with late as (
    select invoices.subscription_id, min(charges.created_at) as from_at, any_value(invoices.paid_at) as to_at
    from stg_stripe__invoices as invoices
    join stg_stripe__charges as charges on charges.invoice_id = invoices.invoice_id and charges.status = 'failed'
    where invoices.subscription_id is not null
    group by invoices.subscription_id, invoices.invoice_id
),

-- Several unpaid invoices on end are one overdue span.
spans as (
    select subscription_id, from_at,
        if(bool_or(to_at is null) over (partition by subscription_id order by from_at rows between current row and unbounded following), null, to_at) as to_at
    from late
    qualify from_at >= coalesce(max(coalesce(to_at, 'infinity'::timestamp)) over (
        partition by subscription_id order by from_at rows between unbounded preceding and 1 preceding
    ), from_at)
)

select items.client_key, items.currency, greatest(items.from_at, spans.from_at) as from_at, least(items.to_at, spans.to_at) as to_at,
    -items.mrr_minor as delta_minor
from spans
join item_values as items
    on items.subscription_id = spans.subscription_id
    and (spans.to_at is null or items.from_at < spans.to_at) and (items.to_at is null or items.to_at > spans.from_at)
