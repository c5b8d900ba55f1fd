-- title: Cash collected
-- unit: minor units of the currency; charges
-- grain: one row a month and currency with charges
-- definition: What was paid through Stripe in the month, what went back, and the charges that failed. Cash is not MRR.
-- formula: succeeded charges; their refunds; failed charges
with monthly as (
    select
        date_trunc('month', charged_on)::date as month, currency,
        coalesce(sum(amount_minor) filter (status = 'succeeded'), 0)::bigint as collected_minor,
        coalesce(sum(refunded_minor), 0)::bigint as refunded_minor,
        count(*) filter (status = 'failed') as failed_charges,
        coalesce(sum(amount_minor) filter (status = 'failed'), 0)::bigint as failed_minor
    from payments_fct
    group by all
)

select strftime(monthly.month, '%Y-%m') as month, monthly.* exclude (month)
from monthly
where ($start is null or monthly.month >= $start::date) and ($end is null or monthly.month <= $end::date)
    and ($currency is null or monthly.currency = $currency)
order by monthly.month, monthly.currency
