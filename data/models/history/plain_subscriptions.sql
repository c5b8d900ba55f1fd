-- Subscriptions whose only changes are those of their one item: each state of it is a span by itself, and nothing is to be cut.
-- One row a subscription that was never seen paused or unpaid, and that no lasting discount lowers.
-- per client: subscription_id
-- kept as: nothing
with single as (
    select subscription_id from item_states group by all having min(subscription_item_id) = max(subscription_item_id)
)

select
    subscriptions.subscription_id, subscriptions.customer_id, subscriptions.currency,
    greatest(subscriptions.start_at, coalesce(subscriptions.trial_until_at, subscriptions.start_at)) as counts_from_at,
    subscriptions.ended_at
from subscriptions
semi join single using (subscription_id)
where subscriptions.has_stood
    and subscriptions.subscription_id not in (select subscription_id from mode_marks)
    and subscriptions.subscription_id not in (select subscription_id from discount_spans)
