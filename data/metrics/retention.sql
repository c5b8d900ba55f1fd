-- title: Retention over 12 months
-- unit: share of the MRR of 12 months before (1 = all of it)
-- grain: one row a month and currency with clients 12 months before
-- definition: What is left today of the MRR of the clients of 12 months ago: each capped at its MRR then (GRR), or with its growth (NRR).
-- formula: sum of min(MRR now, MRR then) ÷ sum of MRR then; sum of MRR now ÷ sum of MRR then
with pairs as (
    select
        (then_.month + interval 12 month)::date as month, then_.currency, then_.mrr_minor as then_minor, coalesce(now_.mrr_minor, 0) as now_minor
    from client_months as then_
    left join client_months as now_
        on now_.client_key = then_.client_key and now_.currency = then_.currency and now_.month = then_.month + interval 12 month
    where then_.mrr_minor > 0
),

shares as (
    select
        month, currency,
        sum(least(now_minor, then_minor)) / sum(then_minor) as grr_12,
        sum(now_minor) / sum(then_minor) as nrr_12,
        count(*) as clients_12,
        count(*) filter (now_minor > 0) as clients_left_12
    from pairs
    group by all
)

select strftime(shares.month, '%Y-%m') as month, shares.* exclude (month)
from shares
join months_dim using (month, currency)
where ($start is null or shares.month >= $start::date) and ($end is null or shares.month <= $end::date)
    and ($currency is null or shares.currency = $currency)
order by shares.month, shares.currency
