-- title: Cohorts
-- unit: clients; minor units of the currency
-- grain: one row a cohort (month of the first MRR), currency and age in whole months
-- definition: Of the clients that began in a month, how many still pay at the end of each month after, and how much.
-- formula: clients with MRR at the month's end ÷ clients of the cohort
with firsts as (
    select client_key, currency, date_trunc('month', min(change_on))::date as cohort_month
    from movements_fct
    where kind = 'new'
    group by all
),

sizes as (
    select cohort_month, currency, count(*) as clients from firsts group by all
),

ages as (
    select sizes.*, months.month, date_diff('month', sizes.cohort_month, months.month) as age_months
    from sizes
    join months_dim as months on months.currency = sizes.currency and months.month >= sizes.cohort_month
),

kept as (
    select firsts.cohort_month, firsts.currency, months.month, count(*) as clients_in_force, sum(months.mrr_minor)::bigint as mrr_minor
    from firsts
    join client_months as months using (client_key, currency)
    where months.mrr_minor > 0
    group by all
),

cells as (
    select ages.*, coalesce(kept.clients_in_force, 0) as clients_in_force, coalesce(kept.mrr_minor, 0)::bigint as mrr_minor
    from ages
    left join kept using (cohort_month, currency, month)
)

select
    strftime(cohort_month, '%Y-%m') as cohort_month, currency, age_months, clients, clients_in_force,
    first_value(mrr_minor) over (partition by cohort_month, currency order by age_months) as mrr_start_minor, mrr_minor
from cells
where ($start is null or cells.cohort_month >= $start::date) and ($end is null or cells.cohort_month <= $end::date)
    and ($currency is null or currency = $currency)
order by cells.cohort_month, currency, age_months
