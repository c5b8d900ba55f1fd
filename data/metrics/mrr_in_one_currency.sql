-- title: MRR in one currency
-- unit: minor units of the reporting currency (from_mrr_minor: of its own); customers
-- grain: one row a month and currency that has a rate, and one of all together (from_currency `all`)
-- definition: All currencies seen as one, at the one rate a currency that you set. Each client's MRR is converted and rounded once, so every sum adds up and a rate is never a movement. In the row of all, a client with two currencies counts once.
-- formula: opening + new + expansion + reactivation − contraction − churn = closing, each movement = converted MRR after it − converted MRR before it; rounded half-up
with converted as (
    select
        moves.month, moves.currency as from_currency, rates.reporting_currency as currency, moves.kind,
        ((2 * to_minor::hugeint * worth + of_units) // (2 * of_units) - (2 * from_minor::hugeint * worth + of_units) // (2 * of_units))::bigint as step_minor,
        to_minor - from_minor as from_step_minor
    from movements_fct as moves
    join exchange_rates as rates using (currency)
),

steps as (
    select
        month, from_currency,
        sum(step_minor) filter (kind = 'new') as new_minor,
        sum(step_minor) filter (kind = 'expansion') as expansion_minor,
        -sum(step_minor) filter (kind = 'contraction') as contraction_minor,
        -sum(step_minor) filter (kind = 'churn') as churn_minor,
        sum(step_minor) filter (kind = 'reactivation') as reactivation_minor,
        sum(step_minor) as net_minor, sum(from_step_minor) as from_net_minor
    from converted
    group by all
),

filled as (
    select
        months.month, months.currency as from_currency, rates.reporting_currency as currency,
        steps.* exclude (month, from_currency),
        sum(net_minor) over so_far as closing_minor, sum(from_net_minor) over so_far as from_mrr_minor
    from months_dim as months
    join exchange_rates as rates using (currency)
    left join steps on steps.month = months.month and steps.from_currency = months.currency
    window so_far as (partition by months.currency order by months.month)
),

customers as (
    select month, if(grouping(currency) = 1, 'all', currency) as from_currency, count(distinct client_key) as customers
    from client_months
    semi join exchange_rates using (currency)
    where standing = 'paying'
    group by grouping sets ((month, currency), (month))
),

summed as (
    select
        month, if(grouping(from_currency) = 1, 'all', from_currency) as from_currency, any_value(currency) as currency,
        coalesce(sum(closing_minor), 0)::bigint as closing_minor, coalesce(sum(net_minor), 0)::bigint as net_new_minor,
        {'n': sum(new_minor), 'e': sum(expansion_minor), 'c': sum(contraction_minor), 'l': sum(churn_minor), 'r': sum(reactivation_minor)} as moved,
        if(grouping(from_currency) = 1, null, any_value(from_mrr_minor))::bigint as from_mrr_minor
    from filled
    group by grouping sets ((month, from_currency), (month))
)

select
    strftime(summed.month, '%Y-%m') as month, summed.from_currency, summed.currency, closing_minor - net_new_minor as opening_minor,
    coalesce(moved.n, 0)::bigint as new_minor, coalesce(moved.e, 0)::bigint as expansion_minor, coalesce(moved.c, 0)::bigint as contraction_minor,
    coalesce(moved.l, 0)::bigint as churn_minor, coalesce(moved.r, 0)::bigint as reactivation_minor, closing_minor,
    coalesce(customers.customers, 0) as customers, net_new_minor, floor(closing_minor / nullif(customers.customers, 0) + 0.5)::bigint as arpa_minor,
    from_mrr_minor
from summed
left join customers on customers.month = summed.month and customers.from_currency = summed.from_currency
where ($start is null or summed.month >= $start::date) and ($end is null or summed.month <= $end::date)
    and ($currency is null or summed.from_currency = $currency)
order by summed.month, summed.from_currency = 'all', summed.closing_minor desc, summed.from_currency
