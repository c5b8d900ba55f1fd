-- Invoice items (prorations, mostly), pending or already on an invoice, in either shape; one row an invoice item.
-- per client: customer_id
select
    id as invoice_item_id,
    coalesce(payload ->> '$.customer.id', payload ->> '$.customer') as customer_id,
    coalesce(
        payload ->> '$.parent.subscription_details.subscription.id', payload ->> '$.parent.subscription_details.subscription',
        payload ->> '$.subscription.id', payload ->> '$.subscription'
    ) as subscription_id,
    coalesce(payload ->> '$.parent.subscription_details.subscription_item', payload ->> '$.subscription_item') as subscription_item_id,
    coalesce(
        payload ->> '$.pricing.price_details.price.id', payload ->> '$.pricing.price_details.price',
        payload ->> '$.price.id', payload ->> '$.plan.id', payload ->> '$.price'
    ) as price_id,
    lower(payload ->> '$.currency') as currency,
    coalesce((payload ->> '$.amount')::bigint, 0) as amount_minor,
    coalesce((payload ->> '$.quantity')::double, 1) as quantity,
    to_timestamp((payload ->> '$.period.start')::bigint)::timestamp as period_start_at,
    to_timestamp((payload ->> '$.period.end')::bigint)::timestamp as period_end_at,
    coalesce((payload ->> '$.proration')::boolean, false) as is_proration,
    coalesce(payload ->> '$.invoice.id', payload ->> '$.invoice') as invoice_id
from raw_stripe__invoice_items
