-- Which lasting discounts lower an item in a span, with their terms and rank, and what the invoice lines say of the item's share; one
-- row an item, span and discount.
-- per client: subscription_id
-- kept as: nothing
with items as (
    select * from item_segments where gross_minor > 0
),

shared_on_lines as (
    select subscription_item_id, discount_id, arg_max(amount_minor, (period_start_at, amount_minor)) as amount_minor
    from lowered_lines
    where not is_proration and not is_credit
    group by all
)

select
    items.subscription_id, items.from_at, items.subscription_item_id, items.interval_unit, items.interval_count,
    spans.discount_id, spans.rank, spans.percent_off,
    coalesce(
        if(spans.currency is null or spans.currency = items.currency, spans.amount_off, null),
        (spans.currency_options ->> ('$.' || items.currency || '.amount_off'))::double, 0
    ) as amount_off,
    shared.amount_minor as line_share
from items
join discount_spans as spans
    on spans.subscription_item_id = items.subscription_item_id
    and items.from_at >= spans.from_at and (spans.to_at is null or items.from_at < spans.to_at)
left join shared_on_lines as shared
    on shared.subscription_item_id = items.subscription_item_id and shared.discount_id = spans.discount_id
where spans.applies_to is null or list_contains(spans.applies_to, items.product_id)
