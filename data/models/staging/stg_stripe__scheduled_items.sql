-- What the phases of active subscription schedules will hold; one row a subscription, phase and item.
-- per client: customer_id
with phases as (
    select
        id as schedule_id,
        coalesce(payload ->> '$.customer.id', payload ->> '$.customer') as customer_id,
        coalesce(payload ->> '$.subscription.id', payload ->> '$.subscription') as subscription_id,
        unnest(from_json(payload -> '$.phases', '["json"]')) as phase
    from raw_stripe__subscription_schedules
    where gone_at is null and (payload ->> '$.status') = 'active'
),

items as (
    select
        schedule_id, customer_id, subscription_id,
        to_timestamp((phase ->> '$.start_date')::bigint)::timestamp as starts_at,
        unnest(from_json(coalesce(phase -> '$.items', phase -> '$.plans'), '["json"]')) as item
    from phases
)

select
    schedule_id, customer_id, subscription_id, starts_at,
    coalesce(item ->> '$.price.id', item ->> '$.price', item ->> '$.plan.id', item ->> '$.plan') as price_id,
    coalesce((item ->> '$.quantity')::double, 1) as quantity
from items
