-- What an item was (price and quantity) from when to when, and what before that; one row an item and unchanged span.
-- per client: subscription_id
-- An item is told apart by its id's hash, and what it shows by another: comparing one number is far quicker than texts.
with sightings as (
    select *, hash(subscription_item_id) as item from item_sightings
),

firsts as (
    select
        item, any_value(subscription_id) as subscription_id, min(happened_at) filter (is_present) as first_at,
        min((happened_at, evidence <> 'proration')) filter (not is_present) as gone
    from sightings group by item
),

created as (
    select
        items.subscription_id, hash(items.subscription_item_id) as item,
        min(coalesce(items.created_at, subscriptions.created_at)) as created_at
    from stg_stripe__subscription_items as items
    join subscriptions using (subscription_id)
    group by all
),

begun as (
    select
        firsts.*, if(created.created_at <= subscriptions.created_at + interval 1 minute, subscriptions.start_at, created.created_at) as begun_at
    from firsts
    join created using (item)
    join subscriptions on subscriptions.subscription_id = firsts.subscription_id
    where begun_at < firsts.first_at
),

starts as (
    select
        begun.subscription_id, any_value(seen.subscription_item_id) as subscription_item_id, begun.item,
        arg_min(seen.price_id, (-seen.trust, seen.price_id, seen.quantity)) as price_id,
        arg_min(seen.quantity, (-seen.trust, seen.price_id, seen.quantity)) as quantity,
        any_value(begun.begun_at) as happened_at, 'start' as evidence, begun.subscription_id as proof, 0 as trust, true as is_present
    from begun
    join sightings as seen on seen.item = begun.item and seen.happened_at = begun.first_at and seen.is_present
    -- Where another item goes, without a credit, as this one is first billed, it takes that one's place: both change then, never both count.
    left join firsts as replaced
        on replaced.subscription_id = begun.subscription_id and replaced.gone = (begun.first_at, true) and replaced.item <> begun.item
    where replaced.subscription_id is null
    group by begun.subscription_id, begun.item
),

proofs as materialized (
    from sightings union all by name from starts
),

contested as (select item, happened_at from proofs group by all having count(*) > 1),

one_an_instant as (
    select subscription_id, subscription_item_id, item, happened_at, price_id, quantity, is_present, evidence, proof
    from proofs
    anti join contested using (item, happened_at)
    union all by name
    select subscription_id, subscription_item_id, item, happened_at, unnest(arg_max(
        {'price_id': price_id, 'quantity': quantity, 'is_present': is_present, 'evidence': evidence, 'proof': proof},
        (trust, is_present, evidence, proof, price_id, quantity)
    ))
    from proofs
    semi join contested using (item, happened_at)
    group by subscription_id, subscription_item_id, item, happened_at
),

changes as (
    select * exclude (shown)
    from (select *, if(is_present, hash(price_id, quantity), 0) as shown from one_an_instant)
    window in_order as (partition by item order by happened_at)
    qualify shown is distinct from lag(shown) over in_order
)

select
    * exclude (item, happened_at), happened_at as from_at, lead(happened_at) over in_order as to_at,
    lag(price_id) over in_order as old_price_id, lag(quantity) over in_order as old_quantity, lag(is_present) over in_order as was_present
from changes
window in_order as (partition by item order by happened_at)
