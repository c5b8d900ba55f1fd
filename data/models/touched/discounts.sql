-- Discounts of the touched customers, as far as staging shows; one row a discount.
with shown as (
    select discount_id, owner_id as customer_id from stg_stripe__discounts
    union all
    select discount_id, customer_id from stg_stripe__discount_removals
)

select distinct discount_id as key
from shown
where coalesce(customer_id, '') in (select key from touched_parties) and discount_id is not null
