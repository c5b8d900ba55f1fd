-- When a discount was taken away before its own end: by an event, by the first sighting of its holder without it, or by the first
-- later line that it no longer lowers; one row a removed discount.
-- per client: discount_id
-- kept as: nothing
-- empty without: discounts stg_stripe__discount_removals
with holder_sightings as (
    select 'subscription' as level, subscription_id as holder_id, happened_at from stg_stripe__subscription_payloads
    union all
    select 'item', subscription_item_id, happened_at from stg_stripe__subscription_items
    union all
    select 'customer', customer_id, happened_at from stg_stripe__customer_payloads
),

held as (
    select discount_id, max(happened_at) as last_held_at from stg_stripe__discounts where place in ('subscription', 'item', 'customer') group by all
),

seen_without as (
    select discounts.discount_id, min(sightings.happened_at) as happened_at
    from discounts
    join holder_sightings as sightings
        on sightings.level = discounts.level
        and sightings.holder_id = coalesce(
            discounts.subscription_item_id, discounts.subscription_id, discounts.customer_id
        )
    left join held on held.discount_id = discounts.discount_id
    where sightings.happened_at > coalesce(held.last_held_at, discounts.start_at)
    group by all
),

told as (
    select discount_id, removed_at as happened_at from stg_stripe__discount_removals
),

candidate_lines as (
    select
        holders.discount_id, holders.start_at, lines.period_start_at,
        list_contains(list_transform(lines.discount_amounts, lambda given: id_of(given.discount)), holders.discount_id) as is_lowered
    from discount_holders as holders
    join recurring_lines as lines using (subscription_item_id)
    join stg_stripe__prices as prices on prices.price_id = lines.price_id and prices.currency = lines.currency
    where not lines.is_proration and not lines.is_credit and lines.amount_minor > 0
        and (holders.applies_to is null or list_contains(holders.applies_to, prices.product_id))
),

last_lowered as (
    select discount_id, max(period_start_at) filter (is_lowered) as happened_at from candidate_lines group by all
),

lost_on_lines as (
    select lines.discount_id, min(lines.period_start_at) as happened_at
    from candidate_lines as lines
    join last_lowered using (discount_id)
    where not lines.is_lowered and lines.period_start_at > greatest(lines.start_at, coalesce(last_lowered.happened_at, lines.start_at))
    group by all
)

select seen_without.discount_id, least(seen_without.happened_at, told.happened_at, lost_on_lines.happened_at) as removed_at
from seen_without
left join told using (discount_id)
left join lost_on_lines using (discount_id)
union all
select told.discount_id, told.happened_at from told where told.discount_id not in (select discount_id from seen_without)
