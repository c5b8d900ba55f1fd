-- Prices and older plans, one row a price and currency (a price may carry amounts in several currencies).
with payloads as (
    select * from stg_stripe__price_payloads
),

own_currency as (
    select
        price_id, payload, lower(payload ->> '$.currency') as currency, payload as amounts,
        coalesce(payload ->> '$.unit_amount_decimal', payload ->> '$.amount_decimal', payload ->> '$.unit_amount', payload ->> '$.amount')
            as unit_amount
    from payloads
),

other_currencies as (
    select
        price_id, payload, lower(currency) as currency, payload -> ('$.currency_options."' || currency || '"') as amounts,
        coalesce(amounts ->> '$.unit_amount_decimal', amounts ->> '$.unit_amount') as unit_amount
    from (select *, unnest(json_keys(payload -> '$.currency_options')) as currency from payloads)
    where lower(currency) <> lower(payload ->> '$.currency')
),

-- A price may be billed in a currency whose amount the account does not show: the invoice lines have it then.
billed_currencies as (
    select distinct price_id, currency from stg_stripe__invoice_lines
    anti join (select price_id, currency from own_currency union all select price_id, currency from other_currencies) using (price_id, currency)
),

only_billed as (
    select payloads.price_id, payloads.payload, billed_currencies.currency, null::json as amounts, null::varchar as unit_amount
    from billed_currencies
    join payloads using (price_id)
)

select
    price_id,
    currency,
    coalesce(payload ->> '$.product.id', payload ->> '$.product') as product_id,
    unit_amount::double as unit_amount,
    coalesce(payload ->> '$.billing_scheme', if(payload ->> '$.tiers_mode' <> '', 'tiered', 'per_unit')) = 'tiered' as is_tiered,
    payload ->> '$.tiers_mode' as tiers_mode,
    amounts -> '$.tiers' as tiers,
    coalesce((payload ->> '$.transform_quantity.divide_by')::double, (payload ->> '$.transform_usage.divide_by')::double) as divide_by,
    coalesce(payload ->> '$.transform_quantity.round', payload ->> '$.transform_usage.round') as divide_round,
    coalesce(payload ->> '$.recurring.interval', payload ->> '$.interval') as interval_unit,
    coalesce((payload ->> '$.recurring.interval_count')::integer, (payload ->> '$.interval_count')::integer, 1) as interval_count,
    coalesce(payload ->> '$.recurring.usage_type', payload ->> '$.usage_type', 'licensed') = 'metered' as is_metered,
    payload ->> '$.nickname' as nickname,
    payload ->> '$.lookup_key' as lookup_key
from (from own_currency union all by name from other_currencies union all by name from only_billed)
