-- Every state in which a subscription was seen: by a sync (`log`) or told by an event; one row a subscription and sighting.
-- per client: subscription_id
with logged as (
    select
        id as subscription_id, coalesce(payload ->> '$.customer.id', payload ->> '$.customer') as customer_id, seen_at as happened_at, 'log' as source, payload, null::varchar as event_id, null::json as earlier_values
    from raw_versions
    where source = 'stripe' and entity = 'subscriptions'
),

told as (
    select
        payload ->> '$.data.object.id' as subscription_id,
        coalesce(payload ->> '$.data.object.customer.id', payload ->> '$.data.object.customer') as customer_id,
        to_timestamp((payload ->> '$.created')::bigint)::timestamp as happened_at,
        'event' as source,
        payload -> '$.data.object' as payload,
        id as event_id,
        payload -> '$.data.previous_attributes' as earlier_values
    from raw_stripe__events
    where (payload ->> '$.type') like 'customer.subscription.%' and (payload ->> '$.data.object.object') = 'subscription'
)

select * from logged
union all by name
select * from told
