-- title: Effort and hourly rate
-- unit: minor units of the currency; hours
-- grain: one row a month, client and currency with MRR, hours or costs
-- definition: What a client pays for an hour of work. The hours are those recorded for the client and its sites; where none is recorded they are empty, not 0, and there is no rate. The running month has its full MRR and the hours so far. A client that pays in two currencies has no rate, since hours can't be split between them.
-- formula: (MRR − costs) ÷ hours; costs are those recorded with the hours, the monthly cost of the client's sites, costs entered for the client or shared by all, and payment fees as set
with effort as (
    select client_key, month, currency, mrr_minor, hours, costs_minor, hourly_rate_minor from client_effort
    union all
    select client_key, month, currency, mrr_minor, null, null, null
    from client_months
    anti join client_effort using (client_key)
)

select
    strftime(effort.month, '%Y-%m') as month, clients.client_id, effort.currency, effort.mrr_minor, effort.hours, effort.costs_minor,
    effort.hourly_rate_minor, clients.client_name
from effort
join clients_dim as clients using (client_key)
where ($start is null or effort.month >= $start::date) and ($end is null or effort.month <= $end::date)
    and ($currency is null or effort.currency = $currency)
order by effort.month, clients.client_id, effort.currency
