-- Prices and products that are known only from what bills them, and that the touched customers make look otherwise than in the
-- last full build; one row a reason. Unqualified tables and `kept` ones as in doubts.sql.
with seen_before as (
    select distinct price_id, currency from kept.stg_stripe__invoice_lines
    where coalesce(customer_id, '') in (select key from touched_parties)
    union
    select distinct price_id, null from kept.stg_stripe__subscription_items
    where subscription_id in (select key from touched_subscriptions)
),

unlisted as (
    select price_id, payload::varchar as payload from touched_price_payloads
    where price_id not in (select id from raw_stripe__prices)
),

prices_otherwise as (
    select 'an unlisted price that is new or changed' as reason from unlisted
    where (price_id, payload) not in (select (price_id, payload::varchar) from kept.stg_stripe__price_payloads)
    union all
    select 'an unlisted price that is gone' from seen_before
    join kept.stg_stripe__price_payloads as known using (price_id)
    where price_id not in (select id from raw_stripe__prices) and price_id not in (select price_id from unlisted)
),

currencies_otherwise as (
    select 'a price billed in another currency' as reason from stg_stripe__invoice_lines as lines
    join kept.stg_stripe__price_payloads as known using (price_id)
    anti join kept.stg_stripe__prices as prices on prices.price_id = lines.price_id and prices.currency = lines.currency
    union all
    select 'a price no more billed in another currency' from seen_before
    join kept.stg_stripe__prices as prices using (price_id, currency)
    anti join stg_stripe__invoice_lines as lines on lines.price_id = prices.price_id and lines.currency = prices.currency
    where prices.unit_amount is null and prices.tiers is null
),

listed_products as (
    select id as product_id from raw_stripe__products where trim(payload ->> '$.name') <> ''
    union
    select payload ->> '$.data.object.id' from kept.raw_stripe__events where (payload ->> '$.type') like 'product.%'
),

named_by_lines as (
    select distinct prices.product_id, nullif(regexp_extract(lines.description, '^\d+ × (.+?)(?: \(at .*\))?$', 1), '') as name
    from stg_stripe__invoice_lines as lines
    join kept.stg_stripe__prices as prices using (price_id)
    where lines.description like '% × %'
),

products_otherwise as (
    select 'an unlisted product that is new or named otherwise' as reason from named_by_lines
    where product_id not in (select product_id from listed_products where product_id is not null)
        and (product_id, name) not in (select (product_id, name) from kept.stg_stripe__products)
    union all
    select 'an unlisted product that is gone' from seen_before
    join kept.stg_stripe__prices as prices using (price_id)
    join kept.stg_stripe__products as products using (product_id)
    where product_id not in (select product_id from listed_products where product_id is not null)
        and product_id not in (select product_id from named_by_lines where product_id is not null)
)

select * from prices_otherwise
union all
select * from currencies_otherwise
union all
select * from products_otherwise
