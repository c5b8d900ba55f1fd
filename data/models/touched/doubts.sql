-- Why rebuilding the touched customers alone may not give what a full rebuild gives; one row a reason. Unqualified tables hold the
-- touched customers as they are now, `kept` ones everybody as built last.
with owned as (
    select subscription_id, customer_id from kept.stg_stripe__subscription_payloads
    union all
    select subscription_id, customer_id from kept.stg_stripe__invoice_lines
    union all
    select subscription_id, customer_id from kept.stg_stripe__invoices
    union all
    select subscription_id, customer_id from kept.stg_stripe__invoice_items
),

of_two_customers as (
    select 'a subscription of two customers' as reason from owned
    where subscription_id in (select key from touched_subscriptions)
        and coalesce(customer_id, '') not in (select key from touched_parties)
    union all
    select 'a discount of two customers' from kept.stg_stripe__discounts
    where discount_id in (select key from touched_discounts)
        and coalesce(owner_id, '') not in (select key from touched_parties)
),

without_subscription as (
    select 'a line without its subscription' as reason from stg_stripe__invoice_lines where subscription_id is null
    union all
    select 'a line without its subscription' from kept.stg_stripe__invoice_lines
    where subscription_id is null and coalesce(customer_id, '') in (select key from touched_parties)
    union all
    select 'an invoice item without its subscription' from stg_stripe__invoice_items
    where subscription_id is null and subscription_item_id is not null
    union all
    select 'an invoice item without its subscription' from kept.stg_stripe__invoice_items
    where subscription_id is null and subscription_item_id is not null
        and coalesce(customer_id, '') in (select key from touched_parties)
),

products_told as (
    select 'an event of a product' as reason from raw_stripe__events
    where (payload ->> '$.type') like 'product.%' and id in (select id from raw_touched where entity = 'events')
)

select * from of_two_customers
union all
select * from without_subscription
union all
select * from products_told
