-- Items within each span of their subscription, with price, product and amount a billing period before discounts (minor units);
-- one row an item and span. `gross_minor` null: amount unknown.
-- per client: subscription_id
with last_full_lines as (
    select subscription_item_id, price_id, quantity, arg_max(amount_minor, (period_start_at, amount_minor)) as amount_minor
    from recurring_lines
    where not is_proration and not is_credit and amount_minor > 0
        and price_id in (select price_id from quantities_priced where gross_minor is null)
    group by all
),

tax_shares as (
    select
        subscription_item_id, price_id,
        arg_max(
            inclusive_tax_minor / (amount_minor - discounted_minor),
            (not is_proration, period_start_at, inclusive_tax_minor, amount_minor - discounted_minor)
        ) as share
    from recurring_lines
    where inclusive_tax_minor > 0 and amount_minor > discounted_minor
    group by all
),

inclusive_rates as (
    select subscription_id, list_sum(list_transform(
        from_json(tax_rates, '[{"percentage": "double", "inclusive": "boolean"}]'), lambda rate: if(rate.inclusive, rate.percentage, 0)
    )) as percentage
    from subscriptions
    where json_array_length(tax_rates) > 0
),

priced as (
    select
        spans.*, if(priced.is_price_known, priced.currency, null) as price_currency, priced.product_id, priced.interval_unit, priced.interval_count,
        if(priced.is_metered, 0, priced.gross_minor)::double as gross_minor
    from item_spans as spans
    left join quantities_priced as priced
        on priced.price_id = spans.price_id and priced.currency = spans.currency and priced.quantity = spans.quantity
),

-- Looked up for those alone whose price doesn't tell: with hardly any, the lines need not be held against all items.
unknown as (
    select priced.* exclude (gross_minor), last_full_lines.amount_minor::double as gross_minor
    from priced
    left join last_full_lines using (subscription_item_id, price_id, quantity)
    where priced.gross_minor is null
),

valued as (
    from priced where gross_minor is not null union all by name from unknown
)

select
    valued.subscription_id, customer_id, from_at, to_at, mode, valued.subscription_item_id, valued.price_id, quantity,
    price_currency as currency, product_id, interval_unit, interval_count, gross_minor,
    coalesce(1 - tax_shares.share, 100 / (100 + nullif(inclusive_rates.percentage, 0)), 1)::double as net_of_tax
from valued
left join tax_shares on tax_shares.subscription_item_id = valued.subscription_item_id and tax_shares.price_id = valued.price_id
left join inclusive_rates on inclusive_rates.subscription_id = valued.subscription_id
