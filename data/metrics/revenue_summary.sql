-- title: Revenue summary
-- unit: minor units of the currency; customers; shares (1 = all of it)
-- grain: one row a month and currency
-- definition: The month's answer on one line, each figure beside its value a month and a year before.
-- formula: ARR = 12 × MRR; ARPA = MRR ÷ customers; committed MRR = MRR − scheduled to leave ± scheduled changes (current month only)
with months as (
    select *, floor(closing_minor / nullif(customers_closing, 0) + 0.5)::bigint as arpa_minor from mrr_months
),

standing as (
    select
        month, currency,
        count(*) filter (standing = 'comped') as comped,
        count(*) filter (standing = 'paused') as paused,
        max(mrr_minor) as largest_minor,
        list_sum(list_slice(list(mrr_minor order by mrr_minor desc), 1, 3)) as top3_minor
    from client_months
    group by all
),

pending as (
    select currency, sum(change_minor) as change_minor
    from (
        select currency, -leaving_minor as change_minor from clients_now
        union all
        select currency, later_minor - mrr_minor from scheduled_changes anti join leaving using (subscription_id)
    )
    group by all
),

figures as (
    select
        months.month, months.currency, closing_minor as mrr_minor, 12 * closing_minor as arr_minor, net_minor as net_new_minor,
        customers_closing as customers, customers_opening, customers_churned, coalesce(comped, 0) as comped, coalesce(paused, 0) as paused,
        arpa_minor,
        if(months.month = date_trunc('month', params.today), closing_minor + coalesce(change_minor, 0), null)::bigint as committed_mrr_minor,
        largest_minor / nullif(closing_minor, 0) as largest_client_share,
        top3_minor / nullif(closing_minor, 0) as top3_share,
        (closing_minor - coalesce(largest_minor, 0))::bigint as mrr_without_largest_minor,
        basis
    from months
    cross join params
    left join standing using (month, currency)
    left join pending using (currency)
)

select
    figures.* replace (strftime(figures.month, '%Y-%m') as month),
    prev.mrr_minor as prev_mrr_minor, prev.net_new_minor as prev_net_new_minor, prev.customers as prev_customers,
    prev.customers_churned as prev_customers_churned, prev.arpa_minor as prev_arpa_minor, prev.committed_mrr_minor as prev_committed_mrr_minor,
    year_ago.mrr_minor as year_mrr_minor, year_ago.net_new_minor as year_net_new_minor, year_ago.customers as year_customers,
    year_ago.customers_churned as year_customers_churned, year_ago.arpa_minor as year_arpa_minor,
    year_ago.committed_mrr_minor as year_committed_mrr_minor
from figures
left join figures as prev on prev.currency = figures.currency and prev.month = figures.month - interval 1 month
left join figures as year_ago on year_ago.currency = figures.currency and year_ago.month = figures.month - interval 12 month
where ($start is null or figures.month >= $start::date) and ($end is null or figures.month <= $end::date)
    and ($currency is null or figures.currency = $currency)
order by figures.month, figures.currency
