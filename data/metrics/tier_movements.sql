-- title: Movements per tier
-- unit: minor units of the currency
-- grain: one row a month, currency and tier in which something stood or moved
-- definition: How each tier's MRR got from the month's opening to its closing: won, lost, and moved from or to another tier by a client who stays.
-- formula: opening + new + reactivation + expansion + moved in − contraction − churn − moved out = closing; over all tiers, moved in = moved out
with steps as (
    select
        month, currency, tier,
        coalesce(sum(amount_minor) filter (kind = 'new'), 0)::bigint as new_minor,
        coalesce(sum(amount_minor) filter (kind = 'expansion'), 0)::bigint as expansion_minor,
        sum(moved_in_minor)::bigint as moved_in_minor,
        coalesce(sum(amount_minor) filter (kind = 'contraction'), 0)::bigint as contraction_minor,
        sum(moved_out_minor)::bigint as moved_out_minor,
        coalesce(sum(amount_minor) filter (kind = 'churn'), 0)::bigint as churn_minor,
        coalesce(sum(amount_minor) filter (kind = 'reactivation'), 0)::bigint as reactivation_minor,
        sum(delta_minor)::bigint as net_minor
    from tier_movements_fct
    group by all
),

filled as (
    select
        months.month, months.currency, tiers.tier, coalesce(columns(steps.* exclude (month, currency, tier)), 0),
        coalesce(sum(net_minor) over (partition by months.currency, tiers.tier order by months.month), 0)::bigint as closing_minor
    from months_dim as months
    join (select distinct currency, tier from steps) as tiers using (currency)
    left join steps using (month, currency, tier)
)

select
    strftime(month, '%Y-%m') as month, tier, currency, (closing_minor - net_minor)::bigint as opening_minor, new_minor, expansion_minor,
    moved_in_minor, contraction_minor, moved_out_minor, churn_minor, reactivation_minor, closing_minor
from filled
where (closing_minor <> 0 or net_minor <> 0 or moved_in_minor <> 0 or moved_out_minor <> 0 or new_minor <> 0 or churn_minor <> 0)
    and ($start is null or filled.month >= $start::date) and ($end is null or filled.month <= $end::date)
    and ($currency is null or currency = $currency)
order by filled.month, currency, tier
