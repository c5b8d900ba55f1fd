-- What an item was (price and quantity) from when to when, and what before that; one row an item and unchanged span.
-- per client: subscription_id
with sightings as (
    select * from item_sightings
),

firsts as (
    select subscription_id, subscription_item_id, min(happened_at) as first_at from sightings where is_present group by all
),

created as (
    select items.subscription_item_id, min(coalesce(items.created_at, subscriptions.created_at)) as created_at
    from stg_stripe__subscription_items as items
    join subscriptions using (subscription_id)
    group by all
),

begun as (
    select
        firsts.*, if(created.created_at <= subscriptions.created_at + interval 1 minute, subscriptions.start_at, created.created_at) as begun_at
    from firsts
    join created using (subscription_item_id)
    join subscriptions using (subscription_id)
    where begun_at < firsts.first_at
),

starts as (
    select
        begun.subscription_id, begun.subscription_item_id,
        arg_min(seen.price_id, (-seen.trust, seen.price_id, seen.quantity)) as price_id,
        arg_min(seen.quantity, (-seen.trust, seen.price_id, seen.quantity)) as quantity,
        any_value(begun.begun_at) as happened_at, 'start' as evidence, begun.subscription_id as proof, 0 as trust, true as is_present
    from begun
    join sightings as seen
        on seen.subscription_id = begun.subscription_id and seen.subscription_item_id = begun.subscription_item_id
        and seen.happened_at = begun.first_at and seen.is_present
    -- Where another item goes, without a credit, as this one is first billed, it takes that one's place: both change then, never both count.
    left join sightings as replaced
        on replaced.subscription_id = begun.subscription_id and replaced.happened_at = begun.first_at
        and replaced.subscription_item_id <> begun.subscription_item_id
        and not replaced.is_present and replaced.evidence <> 'proration'
    where replaced.subscription_id is null
    group by begun.subscription_id, begun.subscription_item_id
),

proofs as materialized (
    from sightings union all by name from starts
),

contested as (
    select subscription_item_id, happened_at from proofs group by all having count(*) > 1
),

one_an_instant as (
    select subscription_id, subscription_item_id, happened_at, price_id, quantity, is_present, evidence, proof
    from proofs
    anti join contested using (subscription_item_id, happened_at)
    union all by name
    select subscription_id, subscription_item_id, happened_at, unnest(arg_max(
        {'price_id': price_id, 'quantity': quantity, 'is_present': is_present, 'evidence': evidence, 'proof': proof},
        (trust, is_present, evidence, proof, price_id, quantity)
    ))
    from proofs
    semi join contested using (subscription_item_id, happened_at)
    group by subscription_id, subscription_item_id, happened_at
),

changes as (
    select * from one_an_instant
    window item as (partition by subscription_item_id order by happened_at)
    qualify
        is_present is distinct from lag(is_present) over item
        or (is_present and (price_id is distinct from lag(price_id) over item or quantity is distinct from lag(quantity) over item))
)

select
    * exclude (happened_at), happened_at as from_at, lead(happened_at) over item as to_at,
    lag(price_id) over item as old_price_id, lag(quantity) over item as old_quantity, lag(is_present) over item as was_present
from changes
window item as (partition by subscription_item_id order by happened_at)
