-- Discounts that an event says were taken away; one row a discount.
-- per client: customer_id
select
    payload ->> '$.data.object.id' as discount_id,
    max(coalesce(payload ->> '$.data.object.customer.id', payload ->> '$.data.object.customer')) as customer_id,
    min(to_timestamp((payload ->> '$.created')::bigint)::timestamp) as removed_at
from raw_stripe__events
where (payload ->> '$.type') = 'customer.discount.deleted'
group by discount_id
