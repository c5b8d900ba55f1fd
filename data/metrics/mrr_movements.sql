-- title: MRR movements
-- unit: minor units of the currency; customers
-- grain: one row a month and currency
-- definition: How monthly recurring revenue got from the month's opening to its closing: new, reactivated, expanded, contracted and churned.
-- formula: opening + new + reactivation + expansion − contraction − churn = closing
select
    strftime(month, '%Y-%m') as month, currency, opening_minor, new_minor, expansion_minor, contraction_minor, churn_minor,
    reactivation_minor, closing_minor, customers_opening, customers_new, customers_reactivated, customers_churned, customers_closing,
    basis, customers_to_zero, customers_from_zero
from mrr_months
where ($start is null or mrr_months.month >= $start::date) and ($end is null or mrr_months.month <= $end::date)
    and ($currency is null or currency = $currency)
order by mrr_months.month, currency
