-- title: MRR by client
-- unit: minor units of the currency
-- grain: one row a client, currency and month in which something of the client stands, at the month's end
-- definition: What each client pays a month, and whether it pays, is comped (100 % off or a free price) or paused.
-- formula: the sum of the monthly amounts of the client's subscription items and agreements in force
select
    strftime(months.month, '%Y-%m') as month, clients.client_id, clients.client_name, months.currency, months.mrr_minor, months.standing
from client_months as months
join clients_dim as clients using (client_key)
where ($start is null or months.month >= $start::date) and ($end is null or months.month <= $end::date)
    and ($currency is null or months.currency = $currency)
order by months.month, months.currency, months.mrr_minor desc, clients.client_id
