-- Products as last seen, deleted ones too; one row a product.
select
    id as product_id,
    coalesce(nullif(trim(payload ->> '$.name'), ''), id) as name,
    gone_at is not null or not coalesce((payload ->> '$.active')::boolean, true) as is_retired
from raw_stripe__products
