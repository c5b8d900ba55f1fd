-- What an item was (price and quantity) from when to when; one row an item and unchanged span.
-- per client: subscription_id
with sightings as (
    select * from item_sightings
),

first_seen as (
    select
        subscription_id, subscription_item_id,
        min(happened_at) as first_at,
        arg_min(price_id, (happened_at, -trust, price_id, quantity)) as price_id,
        arg_min(quantity, (happened_at, -trust, price_id, quantity)) as quantity
    from sightings
    where is_present
    group by all
),

created as (
    select items.subscription_item_id, min(coalesce(items.created_at, subscriptions.created_at)) as created_at
    from stg_stripe__subscription_items as items
    join subscriptions using (subscription_id)
    group by all
),

starts as (
    select
        first_seen.subscription_id, first_seen.subscription_item_id, first_seen.price_id, first_seen.quantity,
        if(created.created_at <= subscriptions.created_at + interval 1 minute, subscriptions.start_at, created.created_at) as happened_at,
        'start' as evidence, first_seen.subscription_id as proof, 0 as trust, true as is_present
    from first_seen
    join created using (subscription_item_id)
    join subscriptions using (subscription_id)
    -- Where another item goes, without a credit, as this one is first billed, it takes that one's place: both change then, never both count.
    left join sightings as replaced
        on replaced.subscription_id = first_seen.subscription_id and replaced.happened_at = first_seen.first_at
        and replaced.subscription_item_id <> first_seen.subscription_item_id
        and not replaced.is_present and replaced.evidence <> 'proration'
    where if(created.created_at <= subscriptions.created_at + interval 1 minute, subscriptions.start_at, created.created_at) < first_seen.first_at
        and replaced.subscription_id is null
),

one_an_instant as (
    select
        subscription_id, subscription_item_id, happened_at,
        arg_max(
            {'price_id': price_id, 'quantity': quantity, 'is_present': is_present, 'evidence': evidence, 'proof': proof},
            (trust, is_present, evidence, proof, price_id, quantity)
        ) as state
    from (from sightings union all by name from starts)
    group by all
),

changes as (
    select
        subscription_id, subscription_item_id, happened_at,
        state.price_id, state.quantity, state.is_present, state.evidence, state.proof
    from one_an_instant
    window item as (partition by subscription_item_id order by happened_at)
    qualify
        state.is_present is distinct from lag(state.is_present) over item
        or (state.is_present and (
            state.price_id is distinct from lag(state.price_id) over item
            or state.quantity is distinct from lag(state.quantity) over item
        ))
)

select
    * exclude (happened_at), happened_at as from_at,
    lead(happened_at) over (partition by subscription_item_id order by happened_at) as to_at
from changes
