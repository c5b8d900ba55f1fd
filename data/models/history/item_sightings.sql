-- Each proof that a subscription item stood, or stood no more, at an instant: invoice lines, pending prorations, events, the log;
-- one row an item and proof. Where proofs of one instant differ, the higher `trust` holds.
-- per client: subscription_id
-- kept as: step
with lines as (
    select * from changed_lines
),

pending as (
    -- On a draft they are not invoiced either: each renewal is a draft for an hour.
    select * from stg_stripe__invoice_items
    where (invoice_id is null or invoice_id in (select invoice_id from stg_stripe__invoices where status = 'draft')) and is_proration and subscription_item_id is not null and price_id is not null
),

billed as (
    select subscription_id, subscription_item_id, period_start_at as happened_at, price_id, quantity, is_proration, is_credit, invoice_id as proof, 1 as trust
    from lines
    union all
    select subscription_id, subscription_item_id, period_start_at, price_id, quantity, true, amount_minor < 0, invoice_item_id, 2
    from pending
),

present_by_bill as (
    select *, if(is_proration, 'proration', 'invoice') as evidence, true as is_present from billed where not is_credit
),

absent_by_credit as (
    select credits.*, 'proration' as evidence, false as is_present
    from billed as credits
    where credits.is_credit and credits.is_proration and not exists (
        select 1 from present_by_bill as present
        where present.subscription_item_id = credits.subscription_item_id and present.happened_at = credits.happened_at
    )
),

seen as (
    select
        items.subscription_id, items.subscription_item_id, items.happened_at, items.price_id, items.quantity,
        items.source as evidence, items.subscription_id as proof, if(items.source = 'event', 4, 3) as trust, true as is_present
    from stg_stripe__subscription_items as items
),

known as (
    select subscription_id, subscription_item_id, happened_at, price_id, null::timestamp as seen_at from present_by_bill
    union all
    select subscription_id, subscription_item_id, happened_at, price_id, happened_at from seen
),

not_seen as (
    select known.subscription_id, known.subscription_item_id, min(versions.happened_at) as happened_at
    from (
        select subscription_id, subscription_item_id, greatest(min(happened_at), max(seen_at)) as known_until_at from known group by all
    ) as known
    join stg_stripe__subscription_versions as versions
        on versions.subscription_id = known.subscription_id and versions.happened_at > known.known_until_at
    where not versions.has_more_items
    group by all
),

absent_when_seen as (
    select
        not_seen.subscription_id, not_seen.subscription_item_id, any_value(not_seen.happened_at) as happened_at,
        arg_min(known.price_id, (known.happened_at, known.price_id)) as price_id, 0.0 as quantity,
        'log' as evidence, not_seen.subscription_id as proof, 3 as trust, false as is_present
    from not_seen
    join known using (subscription_id, subscription_item_id)
    group by not_seen.subscription_id, not_seen.subscription_item_id
)

select subscription_id, subscription_item_id, happened_at, price_id, quantity, evidence, proof, trust, is_present from present_by_bill
union all by name
select subscription_id, subscription_item_id, happened_at, price_id, quantity, evidence, proof, trust, is_present from absent_by_credit
union all by name
select * from seen
union all by name
select * from absent_when_seen
union all by name
select * from item_lapses
