-- MRR of each subscription item from when to when, net of lasting discounts and tax, rounded half-up once (definitions.md, Money
-- and time); one row an item and span. `standing`: paying, comped (100 % off a price above 0), free (price 0 or usage only), paused.
-- per client: subscription_id
-- kept as: view
with items as (
    select item_segments.*, coalesce(discounted.left_minor, item_segments.gross_minor) as left_minor
    from item_segments
    left join discounted_items as discounted using (subscription_id, from_at, subscription_item_id)
),

monthly as (
    select
        *,
        floor(
            left_minor * net_of_tax * case interval_unit when 'week' then 52 when 'day' then 365 else 1 end
            / (case interval_unit when 'month' then 1 else 12 end * interval_count)
            -- A tie is often a hair below one half in floating point; no two exact values lie this close.
            + 0.5 + 1e-7
        )::bigint as full_mrr_minor
    from items
)

select
    monthly.customer_id,
    monthly.subscription_id, monthly.subscription_item_id, monthly.price_id, monthly.product_id, monthly.currency, monthly.quantity,
    monthly.from_at, monthly.to_at,
    if(monthly.mode = 'paused', 0, coalesce(monthly.full_mrr_minor, 0))::bigint as mrr_minor,
    floor(coalesce(monthly.left_minor * monthly.net_of_tax, 0) + 0.5 + 1e-7)::bigint as period_minor,
    case
        when monthly.mode = 'paused' then 'paused'
        when monthly.full_mrr_minor > 0 then 'paying'
        when monthly.gross_minor > 0 then 'comped'
        else 'free'
    end as standing,
    monthly.gross_minor is null as is_amount_unknown
from monthly
