-- title: A coupon for one invoice is taken off there
-- ours: A coupon for one invoice leaves MRR alone.
-- setting: once_coupons
with once as (
    select lines.subscription_item_id, lines.period_start_at, lines.period_end_at, sum(lines.amount_minor) as off_minor
    from lowered_lines as lines
    join discounts using (discount_id)
    where discounts.duration = 'once' and not lines.is_credit
    group by all
)

select
    items.client_key, items.currency, greatest(once.period_start_at, items.from_at) as from_at, least(once.period_end_at, items.to_at) as to_at,
    to_whole(greatest(items.left_minor - once.off_minor, 0) * items.net_of_tax * items.per_month) - items.full_mrr_minor as delta_minor
from once
join item_values as items
    on items.subscription_item_id = once.subscription_item_id
    and items.from_at < once.period_end_at and (items.to_at is null or items.to_at > once.period_start_at)
cross join params
where params.once_coupons = 'ignore' and items.mode = 'on'
