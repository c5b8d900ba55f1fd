-- Whose figures change merely because `as_of` moves from $before to $after: something dated in between begins to count.
-- One row a customer (or an agreement's client).
with passed as (
    select parties.party_id as customer_id
    from client_spans as spans
    join client_parties as parties using (client_key)
    where (spans.from_at > $before and spans.from_at <= $after) or (spans.to_at > $before and spans.to_at <= $after)
    union
    select subscriptions.customer_id
    from change_causes as causes
    join subscriptions using (subscription_id)
    where causes.happened_at > $before and causes.happened_at <= $after
    union
    select customer_id from subscriptions where cancel_at > $before and cancel_at <= $after
    union
    select subscriptions.customer_id
    from stg_stripe__scheduled_items as scheduled
    join subscriptions using (subscription_id)
    where scheduled.starts_at > $before and scheduled.starts_at <= $after
    union
    select customer_id from stg_stripe__charges where created_at > $before and created_at <= $after
    union
    select customer_id from stg_stripe__invoices
    where coalesce(paid_at, finalized_at, created_at) > $before and coalesce(paid_at, finalized_at, created_at) <= $after
)

select distinct coalesce(customer_id, '') as key from passed
