-- title: Cash collected
-- unit: minor units of the currency; charges
-- grain: one row a month and currency with charges
-- definition: What was paid through Stripe in the month, what went back, and the charges that failed. Cash is not MRR.
-- formula: succeeded charges; their refunds; failed charges
select strftime(month, '%Y-%m') as month, cash_months.* exclude (month)
from cash_months
where ($start is null or cash_months.month >= $start::date) and ($end is null or cash_months.month <= $end::date)
    and ($currency is null or currency = $currency)
order by cash_months.month, currency
