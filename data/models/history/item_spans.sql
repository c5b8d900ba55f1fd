-- Items within each span of their subscription; one row an item and span.
-- per client: subscription_id
-- kept as: step
with plain as (
    select
        plain.subscription_id, plain.customer_id, plain.currency, greatest(states.from_at, plain.counts_from_at) as from_at,
        least(states.to_at, plain.ended_at) as to_at, 'on' as mode, states.subscription_item_id, states.price_id, states.quantity
    from item_states as states
    join plain_subscriptions as plain using (subscription_id)
    where states.is_present
)

select * from plain where to_at is null or to_at > from_at
union all by name
select segments.*, states.subscription_item_id, states.price_id, states.quantity
from subscription_segments as segments
join item_states as states
    on states.subscription_id = segments.subscription_id and states.is_present
    and segments.from_at >= states.from_at and (states.to_at is null or segments.from_at < states.to_at)
