-- title: Tier mix
-- unit: minor units of the currency; customers
-- grain: one row a month, tier and currency
-- definition: MRR and customers of each tier at the month's end. A price that the price book does not claim counts under its product's name.
-- formula: the sum of the tier's MRR over clients; the clients with MRR in the tier
select strftime(month, '%Y-%m') as month, tier, currency, mrr_minor, customers
from tier_months
where ($start is null or tier_months.month >= $start::date) and ($end is null or tier_months.month <= $end::date)
    and ($currency is null or currency = $currency)
order by tier_months.month, currency, mrr_minor desc, tier
