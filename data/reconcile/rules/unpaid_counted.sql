-- title: An unpaid subscription goes on counting there
-- ours: A subscription that Stripe calls unpaid is not in force.
select items.client_key, items.currency, modes.from_at, least(modes.to_at, subscriptions.ended_at) as to_at, items.full_mrr_minor as delta_minor
from subscription_modes as modes
join subscriptions using (subscription_id)
join item_values as items on items.subscription_id = modes.subscription_id and items.to_at = modes.from_at
where modes.mode = 'off'
