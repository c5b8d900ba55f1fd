-- title: Cash collected
-- unit: minor units of the currency; charges
-- grain: one row a month and currency in which money moved or a charge failed
-- definition: What was paid in the month, through Stripe or past it, what went back by refunds, disputes and credit notes, and the charges that failed. Cash is not MRR.
-- formula: succeeded charges; refunds on their own date; failed charges; invoices marked paid outside Stripe; what disputes took on its day, less what came back on the day they were won; what credit notes say was paid back outside Stripe
select strftime(cash.month, '%Y-%m') as month, cash.* exclude (month)
from cash_months as cash
where ($start is null or cash.month >= $start::date) and ($end is null or cash.month <= $end::date)
    and ($currency is null or cash.currency = $currency)
order by cash.month, cash.currency
