-- The items that each sighting of a subscription shows; one row a subscription, sighting and item.
-- per client: subscription_id
with items as (
    select subscription_id, happened_at, source, unnest(from_json(payload -> '$.items.data', '["json"]')) as item
    from stg_stripe__subscription_payloads
)

select
    subscription_id,
    happened_at,
    source,
    item ->> '$.id' as subscription_item_id,
    coalesce(item ->> '$.price.id', item ->> '$.plan.id', item ->> '$.price') as price_id,
    coalesce((item ->> '$.quantity')::double, 1) as quantity,
    to_timestamp((item ->> '$.created')::bigint)::timestamp as created_at,
    to_timestamp((item ->> '$.current_period_end')::bigint)::timestamp as period_end_at,
    item -> '$.tax_rates' as tax_rates
from items
