-- title: MRR with a flag
-- unit: minor units of the currency
-- grain: one row a subscription or agreement in force now and reason to look at it
-- definition: MRR that counts, but rests on something: a free period given after it was paid for, a sent invoice that is not paid, a charge that failed, an agreement whose renewal is overdue, an amount that can't be known.
-- formula: free_period = trialing though paid before, until the trial's end; invoice_unpaid = open invoice of a subscription that is sent invoices, until its due date; past_due = Stripe's status; renewal_overdue = past its paid-until day, until the grace ends; amount_unknown counts as 0
with newest as (
    select * from stg_stripe__subscription_versions where is_newest
),

unpaid as (
    select invoices.subscription_id, min(coalesce(finalized_at, invoices.created_at)) as since_at, min(due_at) as until_at
    from stg_stripe__invoices as invoices
    join newest using (subscription_id)
    where newest.collection_method = 'send_invoice' and invoices.status = 'open' and amount_remaining_minor > 0 and not is_gone
    group by all
),

flags as (
    select 'free_period' as flag, newest.subscription_id, newest.trial_start_at as since_at, newest.trial_end_at as until_at
    from newest
    join subscriptions using (subscription_id)
    cross join params
    where newest.status = 'trialing' and newest.trial_end_at > params.as_of and coalesce(subscriptions.trial_until_at <= params.as_of, true)
    union all
    select 'invoice_unpaid', subscription_id, since_at, until_at from unpaid
    union all
    select 'past_due', subscription_id, null, null from newest where status = 'past_due'
    union all
    select distinct 'amount_unknown', subscription_id, from_at, null::timestamp
    from mrr_spans
    cross join params
    where is_amount_unknown and from_at <= params.as_of and (to_at is null or to_at > params.as_of)
),

dated as (
    select
        flag, subscription_id, timezone(params.time_zone, timezone('UTC', since_at))::date as since_on,
        timezone(params.time_zone, timezone('UTC', until_at))::date as until_on
    from flags
    cross join params
    union all
    select 'renewal_overdue', agreement_id, paid_until_on, paid_until_on + params.grace_days
    from stg_agreements__agreements
    cross join params
    where ends_on is null and paid_until_on <= params.today
)

select
    clients.client_id, clients.client_name, standing.currency, dated.flag, standing.mrr_minor,
    strftime(dated.since_on, '%Y-%m-%d') as since_on, strftime(dated.until_on, '%Y-%m-%d') as until_on, standing.subscription_id
from dated
join in_force as standing using (subscription_id)
join clients_dim as clients using (client_key)
where (standing.mrr_minor > 0 or dated.flag = 'amount_unknown') and ($currency is null or standing.currency = $currency)
order by standing.mrr_minor desc, clients.client_name, standing.subscription_id, dated.flag
