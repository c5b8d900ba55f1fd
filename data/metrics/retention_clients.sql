-- title: Retention, client by client
-- unit: minor units of the currency, a month
-- grain: one row a month, currency and client with MRR 12 months before
-- definition: What became of each client of 12 months ago: its MRR then, what of it is kept (GRR), and its MRR now (NRR).
-- formula: GRR = sum of kept ÷ sum of then; NRR = sum of now ÷ sum of then
select
    strftime(months.month, '%Y-%m') as month, clients.client_id, clients.client_name, months.currency,
    then_.mrr_minor as then_minor,
    least(coalesce(now_.mrr_minor, 0), then_.mrr_minor) as kept_minor,
    coalesce(now_.mrr_minor, 0) as now_minor
from months_dim as months
join client_months as then_ on then_.currency = months.currency and then_.month = months.month - interval 12 month
join clients_dim as clients on clients.client_key = then_.client_key
left join client_months as now_
    on now_.client_key = then_.client_key and now_.currency = months.currency and now_.month = months.month
where then_.mrr_minor > 0
    and ($start is null or months.month >= $start::date) and ($end is null or months.month <= $end::date)
    and ($currency is null or months.currency = $currency)
order by months.month, months.currency, now_minor - then_minor, clients.client_name, clients.client_id
