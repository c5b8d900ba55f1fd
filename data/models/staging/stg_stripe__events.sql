-- Events that tell of a customer or of what hangs on one; one row an event.
-- per client: customer_id
select
    id as event_id,
    if(
        (payload ->> '$.data.object.object') = 'customer', payload ->> '$.data.object.id',
        coalesce(payload ->> '$.data.object.customer.id', payload ->> '$.data.object.customer')
    ) as customer_id
from raw_stripe__events
where (payload ->> '$.type') like 'customer.%'
