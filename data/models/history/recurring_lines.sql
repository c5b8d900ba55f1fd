-- Invoice lines of subscriptions, each tied to its subscription item, graduated lines of one price added up;
-- one row an invoice, item, price, period and direction.
with recurring_prices as (
    select distinct price_id from stg_stripe__prices where interval_unit is not null
),

-- A one-off charge on a subscription's invoice is a line of its own kind, and no proration.
lines as (
    select lines.*
    from stg_stripe__invoice_lines as lines
    join recurring_prices using (price_id)
    where lines.is_proration or coalesce(lines.kind, '') not in ('invoiceitem', 'invoice_item_details')
),

items_by_price as (
    select subscription_id, price_id, any_value(subscription_item_id) as subscription_item_id
    from (
        select subscription_id, price_id, subscription_item_id from stg_stripe__subscription_items
        union all
        select subscription_id, price_id, subscription_item_id from lines where subscription_item_id is not null
    )
    group by all
    having count(distinct subscription_item_id) = 1
),

tied as (
    select
        lines.* exclude (subscription_item_id),
        coalesce(
            lines.subscription_item_id, invoice_items.subscription_item_id, credited.subscription_item_id,
            items_by_price.subscription_item_id, lines.subscription_id || ':' || lines.price_id
        ) as subscription_item_id
    from lines
    left join stg_stripe__invoice_items as invoice_items using (invoice_item_id)
    left join lines as credited on credited.line_id = lines.credited_line_id
    left join items_by_price on items_by_price.subscription_id = lines.subscription_id and items_by_price.price_id = lines.price_id
)

select
    invoice_id, customer_id, subscription_id, subscription_item_id, price_id, currency, period_start_at, period_end_at,
    is_proration, is_credit,
    sum(quantity) as quantity,
    sum(amount_minor)::bigint as amount_minor,
    sum(discounted_minor)::bigint as discounted_minor,
    sum(inclusive_tax_minor)::bigint as inclusive_tax_minor,
    flatten(list(discount_amounts)) as discount_amounts
from tied
group by all
