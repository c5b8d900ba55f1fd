-- title: Churn rate as Stripe counts it
-- unit: share (1 = all of them)
-- grain: one row a month and currency
-- definition: Stripe's own churn rate of the 30 days up to the month's end (of the current month: up to today), to compare with its dashboard. It is no month's rate: those who came within the 30 days stand below the line, too.
-- formula: clients churned in 30 days ÷ (customers 30 days ago + new clients in those 30 days)
with windows as (
    select months.month, months.currency, least((months.month + interval 1 month)::date - 1, params.today) as until_on
    from months_dim as months
    cross join params
),

counted as (
    select
        windows.month, windows.currency,
        count(*) filter (moves.kind = 'churn' and moves.change_on > until_on - 30) as churned_30,
        count(*) filter (moves.kind = 'new' and moves.change_on > until_on - 30) as new_30,
        -- Each client's last movement 30 days ago says whether it paid then.
        coalesce(sum((moves.to_minor > 0)::integer - (moves.from_minor > 0)::integer) filter (moves.change_on <= until_on - 30), 0) as active_before
    from windows
    left join movements_fct as moves on moves.currency = windows.currency and moves.change_on <= windows.until_on
    group by all
)

select
    strftime(counted.month, '%Y-%m') as month, currency, churned_30, active_before::bigint as active_30_days_ago, new_30,
    churned_30 / nullif(active_before + new_30, 0) as stripe_churn_rate
from counted
where ($start is null or counted.month >= $start::date) and ($end is null or counted.month <= $end::date)
    and ($currency is null or currency = $currency)
order by counted.month, currency
