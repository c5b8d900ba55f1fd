-- What a client costs beside hours, month by month; one row a cost and month. kind: recorded (with the hours), site (its monthly cost),
-- hosting, licence or other (entered by the user, spread over the months that it covers), fee (of payments, by the setting).
-- Costs entered for all clients are shared in equal parts by those with MRR in that currency and month.
with entered as (
    select
        costs.*, parties.client_key,
        date_trunc('month', coalesce(costs.from_month, date '1900-01-01')) as starts_on,
        coalesce(costs.until_month, date '9999-01-01') as until_on
    from client_costs as costs
    left join client_parties as parties on parties.party_id = costs.client_id
),

months as (
    select distinct client_key, month
    from client_months
    where client_key in (
        select client_key from care_sites where monthly_cost_minor is not null union all select client_key from entered
    )
),

paying as (
    select month, currency, count(*) as clients
    from client_months
    where mrr_minor > 0 and currency in (select currency from entered where client_id = '*')
    group by month, currency
)

select client_key, month, currency, cost_minor, 'recorded' as kind, null::varchar as name from effort_work where cost_minor is not null
union all
select sites.client_key, months.month, sites.currency, sites.monthly_cost_minor, 'site', sites.site
from care_sites as sites
join months
    on months.client_key = sites.client_key
    and months.month >= coalesce(date_trunc('month', sites.since_on), months.month)
    and months.month < coalesce(sites.until_on, months.month + 1)
where sites.monthly_cost_minor is not null
union all
select months.client_key, months.month, entered.currency, round(entered.amount_minor / entered.months)::bigint, entered.kind, entered.name
from entered
join months on months.client_key = entered.client_key and months.month between entered.starts_on and entered.until_on
union all
select
    standing.client_key, standing.month, entered.currency, round(entered.amount_minor / entered.months / paying.clients)::bigint,
    entered.kind, entered.name
from entered
join client_months as standing
    on standing.currency = entered.currency and standing.mrr_minor > 0
    and standing.month between entered.starts_on and entered.until_on
join paying on paying.month = standing.month and paying.currency = standing.currency
where entered.client_id = '*'
union all
select standing.client_key, standing.month, standing.currency, round(standing.mrr_minor * params.fee_share)::bigint, 'fee', null
from client_months as standing
cross join params
join (select distinct client_key, currency from payments_fct where status = 'succeeded') as by_card using (client_key, currency)
where params.fee_share > 0 and standing.mrr_minor > 0
