-- title: Restatements
-- unit: minor units of the currency
-- grain: one row a closed month, currency and client whose MRR at that month's end is another one now
-- definition: What became known after a month was closed: the client's MRR as it was closed, and as it is now, and the last change up to the month's end that is known now. Clients linked since then are compared as one.
-- formula: difference = MRR now − MRR at the newest closing
with latest as (
    select month, max(revision) as revision, max(closed_at) as closed_at
    from month_closings
    cross join params
    where month_closings.as_of <= params.as_of
    group by month
),

closed as (
    select
        latest.month, kept.figures ->> '$.currency' as currency,
        coalesce(client_links.client_id, kept.figures ->> '$.client_id') as client_id,
        min(kept.figures ->> '$.client_name') as client_name,
        sum((kept.figures ->> '$.mrr_minor')::bigint)::bigint as mrr_minor
    from latest
    join closed_rows as kept using (month, revision)
    left join client_links on client_links.linked_id = (kept.figures ->> '$.client_id')
    where kept.metric = 'client_mrr'
    group by all
),

current_ as (
    select months.month, months.currency, clients.client_id, clients.client_name, months.mrr_minor
    from client_months as months
    join latest using (month)
    join clients_dim as clients using (client_key)
),

causes as (
    select latest.month, moves.currency, clients.client_id, arg_max(moves.cause, moves.change_on) as cause, max(moves.change_on) as change_on
    from latest
    join movements_fct as moves on moves.month <= latest.month
    join clients_dim as clients using (client_key)
    group by all
),

compared as (
    select
        month, currency, client_id,
        coalesce(current_.client_name, names.client_name, closed.client_name) as client_name,
        coalesce(closed.mrr_minor, 0) as closed_mrr_minor, coalesce(current_.mrr_minor, 0) as now_mrr_minor
    from closed
    full join current_ using (month, currency, client_id)
    left join clients_dim as names using (client_id)
)

select
    strftime(compared.month, '%Y-%m') as month, currency, client_id, client_name,
    strftime(latest.closed_at, '%Y-%m-%dT%H:%M:%SZ') as closed_at, closed_mrr_minor, now_mrr_minor,
    now_mrr_minor - closed_mrr_minor as difference_minor, causes.cause, strftime(causes.change_on, '%Y-%m-%d') as changed_on
from compared
join latest using (month)
left join causes using (month, currency, client_id)
where closed_mrr_minor <> now_mrr_minor
    and ($start is null or compared.month >= $start::date) and ($end is null or compared.month <= $end::date)
    and ($currency is null or currency = $currency)
order by compared.month, currency, abs(now_mrr_minor - closed_mrr_minor) desc, client_id
