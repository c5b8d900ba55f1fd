-- MRR of agreements outside Stripe from when to when (definitions.md, Agreements); one row an agreement. Without an end it runs to
-- `paid_until` plus the grace; not renewed by then, it ended at `paid_until`. Its tier is the price book's, in whatever letters.
with tiers as (
    select lower(claim) as named, arg_min(tier, tier_rank) as tier from tier_claims group by all
),

agreements as (
    select agreements.* replace (coalesce(tiers.tier, agreements.tier) as tier), params.time_zone, params.today, params.grace_days
    from stg_agreements__agreements as agreements
    left join tiers on tiers.named = lower(agreements.tier)
    cross join params
),

dated as (
    select
        *,
        coalesce(ends_on, if(today >= paid_until_on + grace_days, paid_until_on, null)) as to_on,
        ends_on is null and today >= paid_until_on and today < paid_until_on + grace_days as is_renewal_overdue
    from agreements
)

select
    agreement_id, client_id, coalesce(tier, 'Agreement') as tier, currency, is_renewal_overdue, paid_until_on, months, paid_by,
    timezone('UTC', timezone(time_zone, starts_on::timestamp)) as from_at,
    timezone('UTC', timezone(time_zone, to_on::timestamp)) as to_at,
    floor(amount_minor / months + 0.5 + 1e-7)::bigint as mrr_minor
from dated
where to_on is null or to_on > starts_on
