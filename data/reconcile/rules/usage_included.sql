-- title: {variant}
-- ours: Metered usage is revenue, not MRR.
with usage as (
    select lines.customer_id, lines.currency, lines.period_start_at, lines.period_end_at, sum(lines.amount_minor - lines.discounted_minor) as amount_minor
    from recurring_lines as lines
    join stg_stripe__prices as prices using (price_id, currency)
    where prices.is_metered
    group by all
)

select parties.client_key, usage.currency, usage.period_start_at as from_at, usage.period_end_at as to_at, usage.amount_minor::bigint as delta_minor,
    'Metered usage counts there in the period it was used in' as variant
from usage
join client_parties as parties on parties.party_id = usage.customer_id
union all
select parties.client_key, usage.currency, usage.period_end_at, usage.period_end_at + (usage.period_end_at - usage.period_start_at),
    usage.amount_minor::bigint, 'Metered usage counts there in the period it is billed in'
from usage
join client_parties as parties on parties.party_id = usage.customer_id
