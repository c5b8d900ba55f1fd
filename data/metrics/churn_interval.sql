-- title: Customer churn with its interval
-- unit: share of the customers at the month's opening (1 = all of them)
-- grain: one row a month and currency with customers at its opening
-- definition: How many of the month's customers left, and between which rates the true one lies with 95 % probability. With few clients the interval is wide: it says how little one month tells.
-- formula: churned ÷ customers at opening; Jeffreys interval: the 2.5 % and 97.5 % points of Beta(churned + ½, opening − churned + ½), 0 where nobody left and 1 where all did
with counts as (
    select distinct customers_churned, customers_opening
    from mrr_months
    where customers_opening > 0 and customers_churned <= customers_opening
        and ($start is null or month >= $start::date) and ($end is null or month <= $end::date)
        and ($currency is null or currency = $currency)
),

-- With rate = sin² of an angle the density is sin^(2 churned) · cos^(2 stayed): smooth, so that a fine grid of angles holds it.
angles as (
    select (unnest(range(0, 4000)) + 0.5) * pi() / 8000 as angle
),

densities as (
    select counts.*, angles.angle,
        2 * customers_churned * ln(sin(angle)) + 2 * (customers_opening - customers_churned) * ln(cos(angle)) as log_density
    from counts
    cross join angles
),

weighed as (
    select *, exp(log_density - max(log_density) over (partition by customers_churned, customers_opening)) as weight from densities
),

summed as (
    select *,
        (sum(weight) over (partition by customers_churned, customers_opening order by angle) - weight / 2)
            / sum(weight) over (partition by customers_churned, customers_opening) as below
    from weighed
),

-- The angle at which the share passes the wanted one, straight between two points of the grid.
passed as (
    select *, lag(below, 1, 0) over one as below_before, lag(angle, 1, 0) over one as angle_before
    from summed
    window one as (partition by customers_churned, customers_opening order by angle)
),

bounds as (
    select customers_churned, customers_opening,
        max(angle_before + (0.025 - below_before) / (below - below_before) * (angle - angle_before))
            filter (below_before < 0.025 and below >= 0.025) as low_angle,
        max(angle_before + (0.975 - below_before) / (below - below_before) * (angle - angle_before))
            filter (below_before < 0.975 and below >= 0.975) as high_angle
    from passed
    group by all
)

select
    strftime(months.month, '%Y-%m') as month, months.currency, months.customers_churned, months.customers_opening,
    months.customers_churned / months.customers_opening as customer_churn_rate,
    if(months.customers_churned = 0, 0, pow(sin(low_angle), 2)) as low,
    if(months.customers_churned = months.customers_opening, 1, pow(sin(high_angle), 2)) as high
from mrr_months as months
join bounds using (customers_churned, customers_opening)
where ($start is null or months.month >= $start::date) and ($end is null or months.month <= $end::date)
    and ($currency is null or months.currency = $currency)
order by months.month, months.currency
