-- What schedules will make of a subscription's MRR (definitions.md: scheduled change, committed MRR only); one row a subscription
-- whose schedule has a later phase: its MRR now and in the last phase, which both ignore coupons.
-- per client: client_key
with later as (
    select scheduled.*
    from stg_stripe__scheduled_items as scheduled
    cross join params
    where scheduled.starts_at > params.as_of
    qualify scheduled.starts_at = max(scheduled.starts_at) over (partition by scheduled.subscription_id)
),

priced as (
    select
        later.subscription_id, later.starts_at,
        sum(floor(
            prices.unit_amount * later.quantity
            * case prices.interval_unit when 'week' then 52 when 'day' then 365 else 1 end
            / (case prices.interval_unit when 'month' then 1 else 12 end * prices.interval_count) + 0.5 + 1e-7
        ))::bigint as later_minor
    from later
    join subscriptions using (subscription_id)
    join stg_stripe__prices as prices on prices.price_id = later.price_id and prices.currency = subscriptions.currency
    where not prices.is_metered
    group by all
)

select in_force.client_key, in_force.currency, priced.subscription_id, priced.starts_at, in_force.mrr_minor, priced.later_minor
from priced
join in_force using (subscription_id)
