-- Every state in which a customer was seen: by a sync (`log`) or told by an event; one row a customer and sighting.
-- per client: customer_id
select id as customer_id, seen_at as happened_at, 'log' as source, payload
from raw_versions
where source = 'stripe' and entity = 'customers'
union all
select
    payload ->> '$.data.object.id', to_timestamp((payload ->> '$.created')::bigint)::timestamp, 'event', payload -> '$.data.object'
from raw_stripe__events
where (payload ->> '$.type') in ('customer.created', 'customer.updated')
