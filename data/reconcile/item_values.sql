-- What each subscription item is worth a month before any rule of another tool is tried; one row an item and span.
-- `per_month` turns an amount a billing period into one a month; `full_mrr_minor` counts a paused item as if it ran.
with items as (
    select item_segments.*, coalesce(discounted.left_minor, item_segments.gross_minor) as left_minor,
        case item_segments.interval_unit when 'week' then 52 when 'day' then 365 else 1 end
            / (case item_segments.interval_unit when 'month' then 1 else 12 end * item_segments.interval_count) as per_month
    from item_segments
    left join discounted_items as discounted using (subscription_id, from_at, subscription_item_id)
)

select
    parties.client_key, items.subscription_id, items.subscription_item_id, items.price_id, items.currency, items.interval_unit,
    items.interval_count, items.from_at, items.to_at, items.mode, items.gross_minor, items.left_minor, items.net_of_tax, items.per_month,
    to_whole(items.left_minor * items.net_of_tax * items.per_month) as full_mrr_minor,
    if(items.mode = 'paused', 0, to_whole(items.left_minor * items.net_of_tax * items.per_month)) as mrr_minor
from items
join subscriptions using (subscription_id)
join client_parties as parties on parties.party_id = subscriptions.customer_id
where (items.to_at is null or items.to_at > items.from_at) and items.currency is not null and items.gross_minor is not null
