-- Discounts with their terms and whom they lower: an item, a subscription or a customer; one row a discount.
-- per client: discount_id
-- empty without: stg_stripe__discounts
with sightings as (
    select * from stg_stripe__discounts where discount_id is not null
),

merged as (
    select
        discount_id,
        max(customer_id) as customer_id,
        coalesce(max(subscription_id), max(holder_id) filter (place = 'subscription')) as subscription_id,
        coalesce(max(subscription_item_id), max(holder_id) filter (place = 'item')) as subscription_item_id,
        coalesce(max(customer_id), max(holder_id) filter (place = 'customer')) as holder_customer_id,
        min(start_at) as start_at,
        max(end_at) as end_at,
        max(coupon_id) as coupon_id,
        -- The fullest: not every place shows what a coupon is limited to.
        arg_max(coupon, (length(coupon::varchar), coupon::varchar)) as coupon,
        -- Taking one away moves those behind it up, so the place furthest back is the one in which it was given.
        max(position) as position,
        count(*) filter (place in ('subscription', 'item', 'customer', 'event')) > 0 as is_held,
        max(happened_at) as last_held_at
    from sightings
    group by discount_id
),

scope_on_lines as (
    select discount_id, min(period_start_at) filter (not is_credit) as first_line_at, list(distinct prices.product_id) as products
    from lowered_lines
    join stg_stripe__prices as prices using (price_id)
    group by all
),

-- A discount of an item shows its coupon's id only: the listed coupon has the terms then.
termed as (
    select merged.* replace (coalesce(merged.coupon, coupons.terms) as coupon), coupons.applies_to as listed_scope,
        coupons.coupon_id is null or coupons.is_deleted as is_unlisted
    from merged
    left join stg_stripe__coupons as coupons on coupons.coupon_id = merged.coupon_id
)

select
    termed.discount_id,
    termed.coupon_id,
    case
        when termed.subscription_item_id is not null then 'item'
        when termed.subscription_id is not null then 'subscription'
        else 'customer'
    end as level,
    termed.subscription_item_id,
    termed.subscription_id,
    termed.holder_customer_id as customer_id,
    coalesce(termed.start_at, scope_on_lines.first_line_at) as start_at,
    termed.end_at,
    termed.position,
    termed.last_held_at,
    coalesce((coupon ->> '$.percent_off_precise')::double, (coupon ->> '$.percent_off')::double, 0) as percent_off,
    (coupon ->> '$.amount_off')::double as amount_off,
    lower(coupon ->> '$.currency') as currency,
    coupon -> '$.currency_options' as currency_options,
    coalesce(coupon ->> '$.duration', 'forever') as duration,
    (coupon ->> '$.duration_in_months')::integer as duration_months,
    case
        when json_array_length(coupon -> '$.applies_to.products') > 0 then from_json(coupon -> '$.applies_to.products', '["varchar"]')
        when len(termed.listed_scope) > 0 then termed.listed_scope
        when termed.is_unlisted then scope_on_lines.products
    end as applies_to
from termed
left join scope_on_lines on scope_on_lines.discount_id = termed.discount_id
where termed.coupon is not null
