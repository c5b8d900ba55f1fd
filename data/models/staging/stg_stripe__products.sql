-- Products as last seen, deleted ones too: those by what events or invoice lines called them; one row a product.
with listed as (
    select id as product_id, payload, gone_at is not null or not coalesce((payload ->> '$.active')::boolean, true) as is_retired, 1 as rank
    from raw_stripe__products
    union all
    select payload ->> '$.data.object.id', payload -> '$.data.object', true, 2
    from raw_stripe__events
    where (payload ->> '$.type') like 'product.%'
),

unlisted as (
    select distinct prices.price_id, prices.product_id
    from stg_stripe__prices as prices
    anti join listed on listed.product_id = prices.product_id and trim(listed.payload ->> '$.name') <> ''
    where prices.product_id is not null
),

described as (
    select unlisted.product_id, lines.period_start_at, regexp_extract(lines.description, '^\d+ × (.+?)(?: \(at .*\))?$', 1) as name
    from stg_stripe__invoice_lines as lines
    join unlisted using (price_id)
    where lines.description like '% × %'
),

billed as (
    select product_id, arg_max(name, (period_start_at, name)) as name from described group by product_id
),

named as (
    select product_id, nullif(trim(payload ->> '$.name'), '') as name, is_retired, rank from listed
    union all
    select product_id, nullif(name, ''), true, 3 from billed
)

select product_id, coalesce(arg_min(name, (rank, name)), product_id) as name, arg_min(is_retired, (rank, is_retired)) as is_retired
from named
where product_id is not null
group by product_id
