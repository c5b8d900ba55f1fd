-- Coupons as listed, with the products they are limited to; one row a coupon.
select
    id as coupon_id,
    payload as terms,
    from_json(payload -> '$.applies_to.products', '["varchar"]') as applies_to,
    gone_at is not null as is_deleted
from raw_stripe__coupons
