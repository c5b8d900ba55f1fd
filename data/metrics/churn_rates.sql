-- title: Churn rates
-- unit: share of the opening (1 = all of it); minor units of the currency
-- grain: one row a month and currency
-- definition: How much of the month's opening was lost, what a client pays on average and is worth until it leaves. Empty means not defined, as at an opening of 0.
-- formula: customers churned ÷ customers at opening; (churn + contraction) ÷ opening MRR; the same less expansion and reactivation; ARPA ÷ mean customer churn rate of the 6 full months before; gains ÷ losses
with rates as (
    select
        *,
        customers_churned / nullif(customers_opening, 0) as customer_churn_rate,
        (churn_minor + contraction_minor) / nullif(opening_minor, 0) as gross_mrr_churn_rate,
        (churn_minor + contraction_minor - expansion_minor - reactivation_minor) / nullif(opening_minor, 0) as net_mrr_churn_rate,
        floor(closing_minor / nullif(customers_closing, 0) + 0.5)::bigint as arpa_minor
    from mrr_months
),

lives as (
    select
        *,
        avg(customer_churn_rate) over half_year as mean_churn_rate,
        count(customer_churn_rate) over half_year as known_months
    from rates
    window half_year as (partition by currency order by month rows between 6 preceding and 1 preceding)
)

select
    strftime(month, '%Y-%m') as month, currency, customer_churn_rate, gross_mrr_churn_rate, net_mrr_churn_rate, arpa_minor,
    if(known_months = 6, floor(closing_minor / nullif(customers_closing, 0) / nullif(mean_churn_rate, 0) + 0.5)::bigint, null) as ltv_minor,
    (new_minor + expansion_minor + reactivation_minor) / nullif(contraction_minor + churn_minor, 0) as quick_ratio
from lives
where ($start is null or lives.month >= $start::date) and ($end is null or lives.month <= $end::date)
    and ($currency is null or currency = $currency)
order by lives.month, currency
