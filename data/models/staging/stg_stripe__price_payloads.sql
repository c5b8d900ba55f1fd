-- Every price that the account shows anywhere, newest sighting first: listed, or embedded in a subscription item or an
-- invoice line (older shapes say `price` or `plan` there), or only named by what it billed; one row a price.
with listed as (
    select id as price_id, payload, 1 as rank from raw_stripe__prices
),

item_prices as (
    select item -> '$.price' as price, item -> '$.plan' as plan
    from (select unnest(from_json(payload -> '$.items.data', '["json"]')) as item from raw_stripe__subscriptions)
),

line_prices as (
    select
        if(starts_with(line.price, '{'), line.price, null)::json as price,
        if(starts_with(line.plan, '{'), line.plan, null)::json as plan
    from (
        select unnest(lines) as line from stg_stripe__invoice_payloads
        where starts_with(lines[1].price, '{') or starts_with(lines[1].plan, '{')
    )
),

embedded as (
    select price as payload, 2 as rank from item_prices
    union all
    select plan, 3 from item_prices
    union all
    select price, 4 from line_prices
    union all
    select plan, 5 from line_prices
),

together as (
    select price_id, payload, rank from listed
    union all
    select payload ->> '$.id' as price_id, payload, rank from embedded anti join listed on listed.price_id = (embedded.payload ->> '$.id')
    where (payload ->> '$.id') is not null
),

-- A price that is deleted and shown nowhere keeps its history: whole periods that it billed tell its interval, and the lines its
-- amounts. What was billed after its period was usage.
bills as (
    select
        lines.price_id, min(lines.currency) as currency, min(lines.invoice_id) as invoice_id,
        round(quantile_disc(date_diff('second', lines.period_start_at, lines.period_end_at), 0.5) / 86400)::integer as days,
        bool_and(lines.period_end_at <= invoices.created_at) as is_usage
    from stg_stripe__invoice_lines as lines
    join stg_stripe__invoices as invoices using (invoice_id)
    where not lines.is_proration and not lines.is_credit and not lines.is_one_off and lines.amount_minor > 0
        and lines.period_end_at > lines.period_start_at and lines.price_id not in (select price_id from together)
    group by lines.price_id
),

sold as (
    select id_of(line.pricing.price_details.price) as price_id, min(line.pricing.price_details.product) as product_id
    from (select unnest(lines) as line from stg_stripe__invoice_payloads where invoice_id in (select invoice_id from bills))
    group by all
),

intervals as (
    select
        *, greatest(round(days / 30.4375)::integer, 1) as months,
        case when abs(days - months * 30.4375) > 2.5 then if(days % 7 = 0, 'week', 'day') when months % 12 = 0 then 'year' else 'month' end as unit
    from bills
)

select price_id, payload
from (
    from together
    union all
    select price_id, json_object(
        'id', price_id, 'product', sold.product_id, 'currency', currency, 'billing_scheme', 'tiered',
        'recurring', json_object(
            'interval', unit, 'interval_count', case unit when 'year' then months // 12 when 'month' then months when 'week' then days // 7 else days end,
            'usage_type', if(is_usage, 'metered', 'licensed')
        )
    ), 6
    from intervals
    left join sold using (price_id)
)
qualify row_number() over (partition by price_id order by rank, payload::varchar) = 1
