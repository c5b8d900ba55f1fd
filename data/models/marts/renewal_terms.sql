-- When each item that goes on is billed next, and how often; one row a subscription item of a running subscription.
-- `anchor_day`: a period that ends on the 28th of February for want of a 31st ends on the 31st again in March.
with items as (
    select
        parties.client_key, versions.customer_id, versions.currency, versions.subscription_id, items.subscription_item_id,
        versions.collection_method, versions.days_until_due, versions.anchor_at,
        coalesce(items.period_end_at, versions.period_end_at) as renews_at,
        prices.interval_unit, prices.interval_count,
        if(versions.is_leaving_at_period_end, coalesce(items.period_end_at, versions.period_end_at), versions.cancel_at) as leaves_at
    from stg_stripe__subscription_versions as versions
    join stg_stripe__subscription_items as items using (subscription_id, happened_at, source)
    join stg_stripe__prices as prices on prices.price_id = items.price_id and prices.currency = versions.currency
    join client_parties as parties on parties.party_id = versions.customer_id
    where versions.is_newest and versions.status in ('active', 'past_due', 'trialing') and not prices.is_metered
)

select
    * exclude (anchor_at),
    if(day(renews_at) = least(day(anchor_at), day(last_day(renews_at))), day(anchor_at), day(renews_at))::integer as anchor_day
from items
where renews_at is not null and interval_unit is not null
