-- The subscription items that a lasting discount can lower, with the rank in which discounts apply (item's before subscription's
-- before customer's, then as Stripe lists them); one row a discount and item. `once` coupons count only by the setting.
-- per client: subscription_id
-- kept as: nothing
-- empty without: discounts
with lasting as (
    select * from discounts where duration <> 'once' or (select once_coupons from params) = 'count'
),

items as (
    select distinct states.subscription_item_id, states.subscription_id, subscriptions.customer_id
    from item_states as states
    join subscriptions using (subscription_id)
    where exists (select 1 from lasting)
)

select items.subscription_item_id, items.subscription_id, items.customer_id, lasting.* exclude (subscription_item_id, subscription_id, customer_id),
    {'level': 1, 'position': lasting.position, 'start_at': lasting.start_at} as rank
from items
join lasting on lasting.level = 'item' and lasting.subscription_item_id = items.subscription_item_id
union all by name
select items.subscription_item_id, items.subscription_id, items.customer_id, lasting.* exclude (subscription_item_id, subscription_id, customer_id),
    {'level': 2, 'position': lasting.position, 'start_at': lasting.start_at} as rank
from items
join lasting on lasting.level = 'subscription' and lasting.subscription_id = items.subscription_id
union all by name
select items.subscription_item_id, items.subscription_id, items.customer_id, lasting.* exclude (subscription_item_id, subscription_id, customer_id),
    {'level': 3, 'position': lasting.position, 'start_at': lasting.start_at} as rank
from items
join lasting on lasting.level = 'customer' and lasting.customer_id = items.customer_id
