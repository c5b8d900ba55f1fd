-- title: Hourly rate of clients
-- unit: minor units of the currency, hours
-- grain: one row a client and currency with MRR, hours or costs in the last 6 full months
-- definition: What an hour of work for a client brought over the last 3 full months, against the 3 before and against the target of the settings. Only months whose hours are recorded count; without any there is no rate.
-- formula: (MRR − costs) ÷ hours, summed over the full months with hours; under target = below the target of that currency
with months as (
    select
        effort.*, effort.month >= date_trunc('month', params.today) - interval 3 month as is_recent,
        effort.hourly_rate_minor is not null as is_known
    from client_effort as effort
    cross join params
    where effort.month >= date_trunc('month', params.today) - interval 6 month and effort.month < date_trunc('month', params.today)
        and effort.currency is not null
),

sums as (
    select
        client_key, currency,
        count(*) filter (is_recent and is_known) as months_known,
        sum(mrr_minor) filter (is_recent and is_known)::bigint as mrr_minor,
        sum(hours) filter (is_recent) as hours,
        sum(costs_minor) filter (is_recent and is_known)::bigint as costs_minor,
        sum(mrr_minor - coalesce(costs_minor, 0)) filter (is_recent and is_known) / nullif(sum(hours) filter (is_recent and is_known), 0)
            as rate,
        sum(mrr_minor - coalesce(costs_minor, 0)) filter (not is_recent and is_known)
            / nullif(sum(hours) filter (not is_recent and is_known), 0) as rate_before
    from months
    group by client_key, currency
),

targets as (
    select sums.*, coalesce(own.rate, other.rate) * minor_units(sums.currency) as target
    from sums
    left join target_rates as own on own.currency = sums.currency
    left join target_rates as other on other.currency = ''
)

select
    clients.client_id, clients.client_name, targets.currency, targets.months_known, targets.mrr_minor, targets.hours, targets.costs_minor,
    round(targets.rate)::bigint as hourly_rate_minor, round(targets.rate_before)::bigint as rate_before_minor,
    round(targets.target)::bigint as target_minor, targets.rate < targets.target as is_under_target
from targets
join clients_dim as clients using (client_key)
where $currency is null or targets.currency = $currency
order by targets.rate nulls last, clients.client_name, targets.currency
