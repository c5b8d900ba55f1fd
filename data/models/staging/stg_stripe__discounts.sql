-- Every discount object wherever it was seen: on a subscription, an item, a customer, an invoice or a line, in either shape;
-- one row a discount and sighting. `owner_id` is the customer of what shows it; `happened_at` is when it was seen to stand, null where that only shows that it once existed.
-- per client: owner_id
with holders as (
    select 'subscription' as place, subscription_id as holder_id, customer_id as owner_id, happened_at, (payload -> '$.discounts')::varchar as many, (payload -> '$.discount')::varchar as one
    from stg_stripe__subscription_payloads
    union all
    select 'item', item ->> '$.id', customer_id, happened_at, item -> '$.discounts', null
    from (select customer_id, happened_at, unnest(from_json(payload -> '$.items.data', '["json"]')) as item from stg_stripe__subscription_payloads)
    union all
    select 'customer', customer_id, customer_id, happened_at, payload -> '$.discounts', payload -> '$.discount' from stg_stripe__customer_payloads
    union all
    select 'invoice', invoice_id, customer_id, null, discounts, discount from stg_stripe__invoice_payloads
    union all
    select 'line', line.id, customer_id, null, line.discounts, null
    from (select customer_id, unnest(lines) as line from stg_stripe__invoice_payloads)
    where starts_with(line.discounts, '[')
    union all
    select 'event', id, coalesce(payload ->> '$.data.object.customer.id', payload ->> '$.data.object.customer'), null, null, payload -> '$.data.object'
    from raw_stripe__events
    where (payload ->> '$.type') like 'customer.discount.%'
),

objects as (
    select place, holder_id, owner_id, happened_at, unnest(from_json(many, '["json"]')) as discount, generate_subscripts(from_json(many, '["json"]'), 1) as position
    from holders
    where starts_with(many, '[') and many <> '[]'
    union all
    select place, holder_id, owner_id, happened_at, one::json, 1 from holders where starts_with(one, '{')
),

read as (
    select
        place, holder_id, owner_id, happened_at, position,
        coalesce(discount ->> '$.id', discount ->> '$') as discount_id,
        coalesce(discount -> '$.source.coupon', discount -> '$.coupon') as coupon,
        discount
    from objects
)

select
    place, holder_id, owner_id, happened_at, position, discount_id,
    coalesce(discount ->> '$.customer.id', discount ->> '$.customer') as customer_id,
    coalesce(discount ->> '$.subscription.id', discount ->> '$.subscription') as subscription_id,
    discount ->> '$.subscription_item' as subscription_item_id,
    to_timestamp((discount ->> '$.start')::bigint)::timestamp as start_at,
    to_timestamp((discount ->> '$.end')::bigint)::timestamp as end_at,
    coalesce(coupon ->> '$.id', coupon ->> '$') as coupon_id,
    if(json_type(coupon) = 'OBJECT', coupon, null) as coupon
from read
