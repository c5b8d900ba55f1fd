-- From when to when a discount lowers an item, with its terms (definitions.md, MRR: coupon); one row a discount and item.
-- per client: subscription_id
-- empty without: discount_holders
with holders as (
    select * from discount_holders
),

lowered as (
    select * from lowered_lines where not is_credit
),

billed as (
    select
        lowered.subscription_item_id, lowered.discount_id,
        min(lowered.period_start_at) as first_at,
        max(lowered.period_end_at) as last_end_at,
        max(case prices.interval_unit when 'year' then 12 when 'month' then 1 else 0 end * prices.interval_count) as cycle_months
    from lowered
    join stg_stripe__prices as prices using (price_id, currency)
    group by all
),

ended as (
    select
        holders.*,
        -- One that has run out is taken off, too: that it ended is what happened.
        if(removals.removed_at < holders.end_at or holders.end_at is null, removals.removed_at, null) as removed_at,
        case
            when holders.duration = 'once' then billed.last_end_at
            when holders.duration = 'repeating' and billed.cycle_months > holders.duration_months
                then greatest(holders.end_at, billed.last_end_at)
            else least(holders.end_at, removals.removed_at)
        end as to_at
    from holders
    left join billed using (subscription_item_id, discount_id)
    left join discount_removals as removals using (discount_id)
)

select
    discount_id, coupon_id, level, subscription_item_id, subscription_id, rank, start_at as from_at, to_at, removed_at,
    percent_off, amount_off, currency, currency_options, applies_to
from ended
where to_at is null or to_at > start_at
