-- title: Moves between tiers
-- unit: clients; minor units of the currency
-- grain: one row a month, currency and pair of tiers between which clients moved
-- definition: Clients whose main tier at the month's end differs from the month before, with the MRR they brought along.
-- formula: the main tier is the one with most of the client's MRR
with spans as (
    select months.month, spans.client_key, spans.currency, spans.tier, sum(spans.mrr_minor)::bigint as mrr_minor
    from client_spans as spans
    cross join params
    join months_dim as months on months.currency = spans.currency
    where spans.mrr_minor > 0
        and spans.from_at < least(timezone('UTC', timezone(params.time_zone, months.month + interval 1 month)), params.as_of + interval 1 microsecond)
        and (spans.to_at is null or spans.to_at >= least(
            timezone('UTC', timezone(params.time_zone, months.month + interval 1 month)), params.as_of + interval 1 microsecond
        ))
    group by all
),

main as (
    select month, client_key, currency, arg_max(tier, (mrr_minor, tier)) as tier, sum(mrr_minor)::bigint as mrr_minor from spans group by all
),

moves as (
    select after.month, after.currency, before.tier as from_tier, after.tier as to_tier, count(*) as clients, sum(after.mrr_minor)::bigint as mrr_minor
    from main as after
    join main as before
        on before.client_key = after.client_key and before.currency = after.currency and before.month = after.month - interval 1 month
    where before.tier <> after.tier
    group by all
)

select strftime(moves.month, '%Y-%m') as month, moves.* exclude (month)
from moves
where ($start is null or moves.month >= $start::date) and ($end is null or moves.month <= $end::date)
    and ($currency is null or moves.currency = $currency)
order by moves.month, currency, clients desc, from_tier, to_tier
