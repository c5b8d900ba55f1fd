-- title: Reasons for churn
-- unit: clients; minor units of the currency
-- grain: one row a month, currency and reason
-- definition: Why clients left, as Stripe or the agreement says it, without their own comments; each client that left counts once.
-- formula: churn movements by their cause
with gone as (
    select month, currency, amount_minor, trim(regexp_replace(regexp_replace(cause, ' \(.*\)$', ''), '^canceled:? ?', '')) as reason
    from movements_fct
    where kind = 'churn'
)

select
    strftime(gone.month, '%Y-%m') as month, currency,
    case reason when '' then 'no reason given' when 'agreement' then 'agreement ended' else reason end as reason,
    count(*) as clients, sum(amount_minor)::bigint as mrr_minor
from gone
where ($start is null or gone.month >= $start::date) and ($end is null or gone.month <= $end::date)
    and ($currency is null or currency = $currency)
group by all
order by month, currency, clients desc, reason
