-- Every price that the account shows anywhere, newest sighting first: listed, or embedded in a subscription item or an
-- invoice line (older shapes say `price` or `plan` there); one row a price.
with listed as (
    select id as price_id, payload, 1 as rank from raw_stripe__prices
),

item_prices as (
    select item -> '$.price' as price, item -> '$.plan' as plan
    from (select unnest(from_json(payload -> '$.items.data', '["json"]')) as item from raw_stripe__subscriptions)
),

line_prices as (
    select
        if(starts_with(line.price, '{'), line.price, null)::json as price,
        if(starts_with(line.plan, '{'), line.plan, null)::json as plan
    from (
        select unnest(lines) as line from stg_stripe__invoice_payloads
        where starts_with(lines[1].price, '{') or starts_with(lines[1].plan, '{')
    )
),

embedded as (
    select price as payload, 2 as rank from item_prices
    union all
    select plan, 3 from item_prices
    union all
    select price, 4 from line_prices
    union all
    select plan, 5 from line_prices
),

together as (
    select price_id, payload, rank from listed
    union all
    select payload ->> '$.id' as price_id, payload, rank from embedded anti join listed on listed.price_id = (embedded.payload ->> '$.id')
    where (payload ->> '$.id') is not null
)

select price_id, payload
from together
qualify row_number() over (partition by price_id order by rank, payload::varchar) = 1
