-- title: Restated figures
-- unit: minor units of the currency where the figure ends in _minor; else customers or charges
-- grain: one row a closed month, currency, tier (empty: over all tiers) and figure that is another one now
-- definition: Figures of a closed month that later syncs changed: MRR movements, customers, cash, and MRR and customers of tiers.
-- formula: difference = figure now − figure at the newest closing
with latest as (
    select month, max(revision) as revision, max(closed_at) as closed_at
    from month_closings
    cross join params
    where month_closings.as_of <= params.as_of
    group by month
),

wide as (
    select
        month, currency, '' as tier, opening_minor::bigint as opening_minor, new_minor, expansion_minor, contraction_minor,
        churn_minor, reactivation_minor, closing_minor, customers_opening, customers_new, customers_reactivated, customers_churned,
        customers_closing, customers_to_zero, customers_from_zero
    from mrr_months
    union all by name
    select *, '' as tier from cash_months
    union all by name
    select month, currency, tier, mrr_minor as tier_mrr_minor, customers as tier_customers from tier_months
),

current_ as (
    select month, currency, tier, figure, amount::bigint as amount
    from (unpivot wide on columns(* exclude (month, currency, tier)) into name figure value amount)
    semi join latest using (month)
),

closed as (
    select
        month, figures ->> '$.currency' as currency, coalesce(figures ->> '$.tier', '') as tier,
        if(metric = 'tier_mix', 'tier_' || key, key) as figure, try_cast(figures ->> key as bigint) as amount
    from (
        select latest.month, kept.metric, kept.figures, unnest(json_keys(kept.figures)) as key
        from latest
        join closed_rows as kept using (month, revision)
        where kept.metric in ('mrr_movements', 'cash', 'tier_mix')
    )
    where key not in ('month', 'currency', 'tier', 'basis')
),

compared as (
    select month, currency, tier, figure, coalesce(closed.amount, 0) as closed_value, coalesce(current_.amount, 0) as now_value
    from closed
    full join current_ using (month, currency, tier, figure)
    where figure in (select figure from current_) and figure in (select figure from closed)
)

select
    strftime(compared.month, '%Y-%m') as month, currency, figure, tier,
    strftime(latest.closed_at, '%Y-%m-%dT%H:%M:%SZ') as closed_at, closed_value, now_value, now_value - closed_value as difference
from compared
join latest using (month)
where closed_value <> now_value
    and ($start is null or compared.month >= $start::date) and ($end is null or compared.month <= $end::date)
    and ($currency is null or currency = $currency)
order by
    compared.month, currency, tier,
    list_position(
        ['opening_minor', 'new_minor', 'reactivation_minor', 'expansion_minor', 'contraction_minor', 'churn_minor', 'closing_minor',
            'customers_opening', 'customers_new', 'customers_reactivated', 'customers_from_zero', 'customers_churned', 'customers_to_zero',
            'customers_closing', 'tier_mrr_minor', 'tier_customers', 'collected_minor', 'refunded_minor', 'disputed_minor', 'failed_charges', 'failed_minor'],
        figure
    )
