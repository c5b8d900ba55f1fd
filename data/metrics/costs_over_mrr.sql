-- title: Clients who cost more than they pay
-- unit: minor units of the currency, hours
-- grain: one row a client and currency whose costs exceed its MRR
-- definition: Clients whose costs alone, before any hour of work, were more than they paid over the last 12 full months, or since they came. A client without MRR that still has costs stands here, too.
-- formula: sum of costs > sum of MRR over the full months with either; loss = costs − MRR
select
    clients.client_id, clients.client_name, effort.currency, count(*) as months,
    sum(effort.mrr_minor)::bigint as mrr_minor, sum(effort.costs_minor)::bigint as costs_minor,
    (sum(effort.costs_minor) - sum(effort.mrr_minor))::bigint as loss_minor, sum(effort.hours) as hours
from client_effort as effort
join clients_dim as clients using (client_key)
cross join params
where effort.month >= date_trunc('month', params.today) - interval 12 month and effort.month < date_trunc('month', params.today)
    and effort.currency is not null and ($currency is null or effort.currency = $currency)
group by all
having sum(effort.costs_minor) > sum(effort.mrr_minor)
order by loss_minor desc, clients.client_id
