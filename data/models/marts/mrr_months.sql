-- Opening, movements and closing of MRR and of customers; one row a currency and month, months without change included.
with movements as (
    select * from movements_fct where kind <> 'lost_while_paused'
),

monthly as (
    select
        month, currency,
        coalesce(sum(amount_minor) filter (kind = 'new'), 0)::bigint as new_minor,
        coalesce(sum(amount_minor) filter (kind = 'reactivation'), 0)::bigint as reactivation_minor,
        coalesce(sum(amount_minor) filter (kind = 'expansion'), 0)::bigint as expansion_minor,
        coalesce(sum(amount_minor) filter (kind = 'contraction'), 0)::bigint as contraction_minor,
        coalesce(sum(amount_minor) filter (kind = 'churn'), 0)::bigint as churn_minor,
        count(*) filter (kind = 'new') as customers_new,
        count(*) filter (kind = 'reactivation') as customers_reactivated,
        count(*) filter (kind = 'churn') as customers_churned,
        count(*) filter (kind = 'contraction' and to_minor = 0) as customers_to_zero,
        count(*) filter (kind = 'expansion' and from_minor = 0) as customers_from_zero,
        sum(to_minor - from_minor)::bigint as net_minor
    from movements
    group by all
),

filled as (
    select months.*, columns(monthly.* exclude (month, currency))
    from months_dim as months
    left join monthly using (month, currency)
),

closing as (
    select
        filled.* replace (
            coalesce(new_minor, 0) as new_minor, coalesce(reactivation_minor, 0) as reactivation_minor,
            coalesce(expansion_minor, 0) as expansion_minor, coalesce(contraction_minor, 0) as contraction_minor,
            coalesce(churn_minor, 0) as churn_minor, coalesce(customers_new, 0) as customers_new,
            coalesce(customers_reactivated, 0) as customers_reactivated, coalesce(customers_churned, 0) as customers_churned,
            coalesce(customers_to_zero, 0) as customers_to_zero, coalesce(customers_from_zero, 0) as customers_from_zero,
            coalesce(net_minor, 0) as net_minor
        ),
        coalesce(sum(net_minor) over so_far, 0)::bigint as closing_minor,
        coalesce(sum(customers_new + customers_reactivated + customers_from_zero - customers_churned - customers_to_zero) over so_far, 0)::bigint
            as customers_closing
    from filled
    window so_far as (partition by currency order by month)
)

select
    *,
    closing_minor - net_minor as opening_minor,
    customers_closing - (customers_new + customers_reactivated + customers_from_zero - customers_churned - customers_to_zero) as customers_opening,
    if(is_observed, 'observed', 'reconstructed') as basis
from closing
