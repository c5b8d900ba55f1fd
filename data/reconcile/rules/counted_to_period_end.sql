-- title: A client canceled at once counts there to the end of the paid period
-- ours: Canceled at once, a client is gone on that day, also in the middle of a paid year.
with paid as (
    select subscription_item_id, max(period_end_at) as until_at from recurring_lines where not is_credit and not is_proration group by subscription_item_id
)

select items.client_key, items.currency, subscriptions.ended_at as from_at, paid.until_at as to_at, items.mrr_minor as delta_minor
from subscriptions
join item_values as items on items.subscription_id = subscriptions.subscription_id and items.to_at = subscriptions.ended_at
join paid using (subscription_item_id)
where paid.until_at > subscriptions.ended_at
