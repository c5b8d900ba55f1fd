-- title: Cash collected
-- unit: minor units of the currency; charges
-- grain: one row a month and currency in which money moved or a charge failed
-- definition: What was paid in the month, through Stripe or past it, what went back, and the charges that failed. Cash is not MRR.
-- formula: succeeded charges; refunds on their own date; failed charges; invoices marked paid outside Stripe
with moved as (
    select charged_on as moved_on, currency, status, amount_minor from payments_fct
    union all
    select timezone(params.time_zone, timezone('UTC', refunds.created_at))::date, refunds.currency, 'refunded', refunds.amount_minor
    from stg_stripe__refunds as refunds
    cross join params
    where refunds.created_at <= params.as_of
    union all
    select
        timezone(params.time_zone, timezone('UTC', invoices.paid_at))::date, invoices.currency, 'outside',
        if(invoices.is_paid_out_of_band, invoices.total_minor, invoices.amount_paid_off_stripe_minor)
    from stg_stripe__invoices as invoices
    cross join params
    where invoices.paid_at <= params.as_of and (invoices.is_paid_out_of_band or invoices.amount_paid_off_stripe_minor > 0)
),

monthly as (
    select
        date_trunc('month', moved_on)::date as month, currency,
        coalesce(sum(amount_minor) filter (status = 'succeeded'), 0)::bigint as collected_minor,
        coalesce(sum(amount_minor) filter (status = 'refunded'), 0)::bigint as refunded_minor,
        count(*) filter (status = 'failed') as failed_charges,
        coalesce(sum(amount_minor) filter (status = 'failed'), 0)::bigint as failed_minor,
        coalesce(sum(amount_minor) filter (status = 'outside'), 0)::bigint as outside_stripe_minor
    from moved
    group by all
)

select strftime(monthly.month, '%Y-%m') as month, monthly.* exclude (month)
from monthly
where ($start is null or monthly.month >= $start::date) and ($end is null or monthly.month <= $end::date)
    and ($currency is null or monthly.currency = $currency)
order by monthly.month, monthly.currency
