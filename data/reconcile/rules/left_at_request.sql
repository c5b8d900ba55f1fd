-- title: A cancellation counts from the day it was asked for there
-- ours: Canceled for the period's end, a client stays until then.
with asked as (
    select subscription_id, min(to_timestamp((payload ->> '$.canceled_at')::bigint)::timestamp) as asked_at
    from stg_stripe__subscription_payloads
    where payload ->> '$.canceled_at' is not null
    group by subscription_id
)

select items.client_key, items.currency, greatest(items.from_at, asked.asked_at) as from_at, items.to_at, -items.mrr_minor as delta_minor
from asked
join item_values as items on items.subscription_id = asked.subscription_id and (items.to_at is null or items.to_at > asked.asked_at)
