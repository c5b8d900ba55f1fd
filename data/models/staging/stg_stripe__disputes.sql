-- Disputes: charges that the client's bank takes back, or asks about; one row a dispute.
-- An inquiry moves no money, nor does one that ended in a refund, which stands by itself. Where Stripe shows the money moved, its days are those; amounts stay in the charge's own currency.
-- The object has no day of the decision: an event tells it, where one is left (30 days).
with read as (
    select id as dispute_id, unnest(from_json(payload, '{
        "charge": "varchar", "currency": "varchar", "amount": "bigint", "reason": "varchar", "status": "varchar", "created": "bigint",
        "evidence_details": {"due_by": "bigint"}, "balance_transactions": [{"amount": "bigint", "created": "bigint"}]
    }'))
    from raw_stripe__disputes
    where gone_at is null
),

closed as (
    select payload ->> '$.data.object.id' as dispute_id, max(to_timestamp((payload ->> '$.created')::bigint)::timestamp) as decided_at
    from raw_stripe__events
    where (payload ->> '$.type') = 'charge.dispute.closed'
    group by all
),

dated as (
    select
        *, starts_with(status, 'warning') or status in ('prevented', 'charge_refunded') as is_inquiry,
        list_min([moved.created for moved in balance_transactions if moved.amount < 0]) as taken,
        list_max([moved.created for moved in balance_transactions if moved.amount > 0]) as returned
    from read
)

select
    dispute_id, id_of(charge) as charge_id, lower(currency) as currency, coalesce(amount, 0) as amount_minor,
    coalesce(reason, 'general') as reason, status,
    to_timestamp(created)::timestamp as created_at,
    to_timestamp(evidence_details.due_by)::timestamp as answer_by_at,
    if(is_inquiry, null, to_timestamp(coalesce(taken, created))::timestamp) as taken_at,
    closed.decided_at,
    if(status = 'won', coalesce(to_timestamp(returned)::timestamp, closed.decided_at, to_timestamp(coalesce(taken, created))::timestamp), null) as returned_at
from dated
left join closed using (dispute_id)
