-- Products as last seen, deleted ones too: those by what events or invoice lines called them; one row a product.
with listed as (
    select id as product_id, payload, gone_at is not null or not coalesce((payload ->> '$.active')::boolean, true) as is_retired, 1 as rank
    from raw_stripe__products
    union all
    select payload ->> '$.data.object.id', payload -> '$.data.object', true, 2
    from raw_stripe__events
    where (payload ->> '$.type') like 'product.%'
),

billed as (
    select prices.product_id, any_value(regexp_extract(lines.description, '^\d+ × (.+?)(?: \(at .*\))?$', 1)) as name
    from stg_stripe__invoice_lines as lines
    join stg_stripe__prices as prices using (price_id)
    where lines.description like '% × %' and prices.product_id is not null
    group by all
),

named as (
    select product_id, nullif(trim(payload ->> '$.name'), '') as name, is_retired, rank from listed
    union all
    select product_id, nullif(name, ''), true, 3 from billed
)

select product_id, coalesce(arg_min(name, rank), product_id) as name, arg_min(is_retired, rank) as is_retired
from named
where product_id is not null
group by product_id
