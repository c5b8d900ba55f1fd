-- What each client with any record of work or costs costs and pays: hours, costs and MRR; one row a client, month and currency in
-- which there is any of them.
-- Hours can't be split between currencies: they stand in the rows with MRR (or in the only row), and with MRR in two
-- currencies there is no hourly rate. Amounts in minor units. hours and costs are empty, not 0, where none is recorded.
-- empty without: effort_work effort_costs
with paid as (
    select client_key, month, currency, mrr_minor
    from client_months
    where client_key in (select client_key from effort_work union all select client_key from effort_costs)
),

worked as (
    select client_key, month, sum(hours) as hours from effort_work where hours is not null group by client_key, month
),

usual as (
    select client_key, max_by(currency, (month, mrr_minor)) as currency from paid group by client_key
),

lines as (
    select client_key, month, currency, mrr_minor, true as has_mrr, null::bigint as cost_minor from paid
    union all
    select client_key, month, currency, 0, false, cost_minor from effort_costs
    union all
    select worked.client_key, worked.month, usual.currency, 0, false, null
    from worked
    left join usual using (client_key)
    anti join paid on paid.client_key = worked.client_key and paid.month = worked.month
),

rows_ as (
    select
        client_key, month, currency, sum(mrr_minor)::bigint as mrr_minor, bool_or(has_mrr) as has_mrr,
        sum(cost_minor)::bigint as costs_minor
    from lines
    group by client_key, month, currency
),

placed as (
    select
        rows_.*,
        count(*) filter (has_mrr) over (partition by client_key, month) as mrr_rows,
        row_number() over (partition by client_key, month order by has_mrr desc, currency nulls last) as place
    from rows_
)

select
    placed.client_key, placed.month, placed.currency, placed.mrr_minor,
    case when placed.has_mrr or placed.mrr_rows = 0 and placed.place = 1 then worked.hours end as hours,
    placed.costs_minor,
    case
        when placed.mrr_rows <= 1 and (placed.has_mrr or placed.mrr_rows = 0 and placed.place = 1)
            then round((placed.mrr_minor - coalesce(placed.costs_minor, 0)) / nullif(worked.hours, 0))::bigint
    end as hourly_rate_minor
from placed
left join worked using (client_key, month)
