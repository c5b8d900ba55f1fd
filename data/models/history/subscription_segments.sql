-- The spans between any two changes of a subscription (items, mode, trial, discounts, end); one row a subscription and span. Only of
-- those that are not plain.
-- per client: subscription_id
-- kept as: nothing
with stood as (
    select *, greatest(start_at, coalesce(trial_until_at, start_at)) as counts_from_at
    from subscriptions
    where has_stood and subscription_id not in (select subscription_id from plain_subscriptions)
),

marks as (
    select subscription_id, from_at as happened_at from item_states semi join stood using (subscription_id)
    union all
    select subscription_id, from_at from subscription_modes
    union all
    select subscription_id, from_at from discount_spans
    union all
    select subscription_id, to_at from discount_spans where to_at is not null
    union all
    select subscription_id, from_at from discount_shares
    union all
    select subscription_id, counts_from_at from stood
    union all
    select subscription_id, ended_at from stood where ended_at is not null
),

inside as (
    select distinct marks.subscription_id, marks.happened_at
    from marks
    join stood using (subscription_id)
    where marks.happened_at >= stood.counts_from_at and (stood.ended_at is null or marks.happened_at <= stood.ended_at)
),

spans as (
    select subscription_id, happened_at as from_at, lead(happened_at) over (partition by subscription_id order by happened_at) as to_at from inside
)

select spans.*, modes.mode, stood.customer_id, stood.currency
from spans
join stood using (subscription_id)
join subscription_modes as modes
    on modes.subscription_id = spans.subscription_id
    and spans.from_at >= modes.from_at and (modes.to_at is null or spans.from_at < modes.to_at)
where spans.from_at < coalesce(stood.ended_at, 'infinity'::timestamp) and modes.mode <> 'off'
