-- title: Allowances by the price book
-- unit: hours; repairs and restores as pieces of work
-- grain: one row a month, of the last 13, and client with MRR in it
-- definition: What the tier of a client includes, and how much of it was used: hours in the month, free repairs and restores in the month and in its calendar year so far. Where no work is recorded for the client in that span, what was used is not known, and empty. A signed agreement goes before the price book.
-- formula: used = hours, and entries of the kinds repair and restore, recorded for the client and its sites; included = as the price book says for the tier
with months as (
    select
        paid.client_key, paid.month,
        least(timezone('UTC', timezone(params.time_zone, (paid.month + interval 1 month)::timestamp)), params.as_of) as seen_at
    from (select distinct client_key, month from client_months where mrr_minor > 0) as paid
    cross join params
    where paid.month > date_trunc('month', params.today) - interval 13 month
),

tiers as (
    select months.client_key, months.month, arg_max(spans.tier, (spans.mrr_minor, spans.tier)) as tier
    from months
    join client_spans as spans
        on spans.client_key = months.client_key
        and spans.from_at < months.seen_at and (spans.to_at is null or spans.to_at >= months.seen_at)
    group by all
),

used as (
    select
        months.client_key, months.month,
        sum(work.hours) filter (work.month = months.month) as hours_used,
        count(*) filter (work.month = months.month) as entries_in_month,
        count(*) filter (work.kind = 'repair' and work.month = months.month) as repairs_in_month,
        count(*) filter (work.kind = 'restore' and work.month = months.month) as restores_in_month,
        count(*) filter (work.kind = 'repair') as repairs_in_year,
        count(*) filter (work.kind = 'restore') as restores_in_year
    from months
    join effort_work as work
        on work.client_key = months.client_key and work.hours is not null
        and work.month between date_trunc('year', months.month) and months.month
    group by all
)

select
    strftime(tiers.month, '%Y-%m') as month, clients.client_id, clients.client_name, tiers.tier,
    used.hours_used, allowed.hours as hours_allowed,
    case when used.entries_in_month > 0 then used.repairs_in_month end as repairs_in_month, used.repairs_in_year,
    allowed.repairs as repairs_allowed,
    case when used.entries_in_month > 0 then used.restores_in_month end as restores_in_month, used.restores_in_year,
    allowed.restores as restores_allowed, allowed.period
from tiers
join clients_dim as clients using (client_key)
left join used on used.client_key = tiers.client_key and used.month = tiers.month
left join tier_allowances as allowed on allowed.tier = tiers.tier
where ($start is null or tiers.month >= $start::date) and ($end is null or tiers.month <= $end::date)
order by tiers.month, clients.client_id
