-- title: Retainer candidates
-- unit: minor units of the currency; score from 0 to 100
-- grain: one row a client and currency of its one-off payments, without a subscription or agreement in force
-- definition: Clients who pay you now and then and have no retainer, the likeliest to want one first: by rhythm, recency and amount.
-- formula: score = 50 × rhythm + 30 × recency + 20 × amount. Rhythm = share of gaps between months with a payment that lie within a third of the usual gap (their median), × (months with a payment − 1) ÷ 5, at most 1. Recency halves every 182 days since the last payment. Amount = monthly equivalent ÷ (itself + median of the currency’s candidates). Monthly equivalent = median of what a month with a payment brought ÷ usual gap in months (12 where there is one month only). Rhythm and monthly equivalent look at the 24 months up to the last payment
with held as (
    select client_key from clients_now where standing <> 'churned'
    union
    select client_key from client_spans cross join params where from_at <= as_of and (to_at is null or to_at > as_of)
    union
    select parties.client_key
    from subscriptions
    join client_parties as parties on parties.party_id = subscriptions.customer_id
    cross join params
    where subscriptions.start_at <= params.as_of and (subscriptions.ended_at is null or subscriptions.ended_at > params.as_of)
        and subscriptions.status not in ('incomplete', 'incomplete_expired', 'unpaid')
),

payments as (
    select one_off_payments.*, date_trunc('month', paid_on)::date as month, max(paid_on) over (partition by client_key, currency) as last_on
    from one_off_payments
    anti join held using (client_key)
    where $currency is null or currency = $currency
),

totals as (
    select
        client_key, currency, count(*) as invoices, count(distinct month) as months_active,
        floor(median(amount_minor) + 0.5)::bigint as median_minor, sum(amount_minor)::bigint as total_minor, min(paid_on) as first_on, max(last_on) as last_on
    from payments
    group by all
),

months as (
    select client_key, currency, month, sum(amount_minor) as amount_minor
    from payments
    where paid_on > last_on - interval 24 month
    group by all
),

gaps as (
    select *, date_diff('month', lag(month) over (partition by client_key, currency order by month), month) as gap from months
),

usual as (
    select client_key, currency, coalesce(median(gap), 12) as usual_gap, median(amount_minor) as usual_minor, count(*) as months_paid
    from gaps
    group by all
),

regular as (
    select client_key, currency, coalesce(avg((abs(gap - usual_gap) <= usual_gap / 3)::integer), 0) as regularity
    from gaps
    join usual using (client_key, currency)
    group by all
),

rhythms as (
    select *, usual_minor / usual_gap as monthly, regularity * least(1, (months_paid - 1) / 5) as rhythm
    from usual
    join regular using (client_key, currency)
),

ranked as (
    select
        *, pow(0.5, date_diff('day', last_on, today) / 182) as recency,
        monthly / (monthly + median(monthly) over (partition by currency)) as amount
    from totals
    join rhythms using (client_key, currency)
    cross join params
)

select
    client_id, client_name, currency, invoices, months_active, median_minor, strftime(last_on, '%Y-%m-%d') as last_on,
    floor(monthly + 0.5)::bigint as monthly_equivalent_minor, round(50 * rhythm + 30 * recency + 20 * amount)::integer as score,
    email, total_minor, strftime(first_on, '%Y-%m-%d') as first_on,
    client_key in (select client_key from clients_now) as was_client
from ranked
join clients_dim using (client_key)
order by 50 * rhythm + 30 * recency + 20 * amount desc, monthly desc, client_name, client_id, currency
