-- Subscriptions of the touched customers, as far as staging shows; one row a subscription.
with shown as (
    select subscription_id, customer_id from stg_stripe__subscription_payloads
    union all
    select subscription_id, customer_id from stg_stripe__invoice_lines
    union all
    select subscription_id, customer_id from stg_stripe__invoices
    union all
    select subscription_id, customer_id from stg_stripe__invoice_items
    union all
    select subscription_id, customer_id from stg_stripe__scheduled_items
)

select distinct subscription_id as key
from shown
where coalesce(customer_id, '') in (select key from touched_parties) and subscription_id is not null
