-- MRR and customers of each tier at each month's end; one row a tier, currency and month in which the tier holds MRR.
with steps as (
    select
        currency, tier, date_trunc('month', change_on)::date as month,
        sum(delta_minor) as delta_minor,
        sum((mrr_minor > 0)::integer - (mrr_minor - delta_minor > 0)::integer) as customers_delta
    from tier_days
    group by all
),

filled as (
    select months.month, months.currency, tiers.tier, coalesce(steps.delta_minor, 0) as delta_minor, coalesce(customers_delta, 0) as customers_delta
    from months_dim as months
    join (select distinct currency, tier from steps) as tiers using (currency)
    left join steps using (month, currency, tier)
),

closing as (
    select
        month, currency, tier,
        sum(delta_minor) over so_far::bigint as mrr_minor,
        sum(customers_delta) over so_far::bigint as customers
    from filled
    window so_far as (partition by currency, tier order by month)
)

select * from closing where mrr_minor <> 0 or customers <> 0
