-- title: Costs of clients
-- unit: minor units of the currency
-- grain: one row a month, client, currency and cost
-- definition: What a client costs beside the hours: costs recorded with work, the monthly cost of its sites, hosting, licences and others as entered, and payment fees as set.
-- formula: entered costs ÷ the months they cover, shared costs ÷ clients with MRR in that currency; fees = MRR × the percentage of the settings
select
    strftime(costs.month, '%Y-%m') as month, clients.client_id, clients.client_name, costs.currency, costs.kind, costs.name,
    costs.cost_minor
from effort_costs as costs
join clients_dim as clients using (client_key)
where ($start is null or costs.month >= $start::date) and ($end is null or costs.month <= $end::date)
    and ($currency is null or costs.currency = $currency)
order by costs.month, clients.client_id, costs.kind, costs.name
