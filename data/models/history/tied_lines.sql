-- Invoice lines of subscriptions that need more than to be read: those that don't name their subscription item, tied to it, and
-- graduated lines of one price, added up; one row an invoice, item, price, period and direction.
-- per client: subscription_id
with recurring_prices as (
    select price_id, bool_or(is_tiered) as is_tiered from stg_stripe__prices where interval_unit is not null group by price_id
),

lines as not materialized (
    select lines.*, recurring_prices.is_tiered
    from stg_stripe__invoice_lines as lines
    join recurring_prices using (price_id)
    where not lines.is_one_off
),

loose as (
    select * from lines where subscription_item_id is null
),

credited as (
    select line_id, subscription_item_id from lines where line_id in (select credited_line_id from loose)
),

items_by_price as (
    select subscription_id, price_id, any_value(subscription_item_id) as subscription_item_id
    from (
        select distinct subscription_id, price_id, subscription_item_id from stg_stripe__subscription_items
        where subscription_id in (select subscription_id from loose)
        union
        select distinct subscription_id, price_id, subscription_item_id from lines
        where subscription_item_id is not null and subscription_id in (select subscription_id from loose)
    )
    group by all
    having count(*) = 1
),

tied as (
    select
        loose.* exclude (subscription_item_id),
        coalesce(
            invoice_items.subscription_item_id, credited.subscription_item_id, items_by_price.subscription_item_id,
            loose.subscription_id || ':' || loose.price_id
        ) as subscription_item_id
    from loose
    left join stg_stripe__invoice_items as invoice_items using (invoice_item_id)
    left join credited on credited.line_id = loose.credited_line_id
    left join items_by_price on items_by_price.subscription_id = loose.subscription_id and items_by_price.price_id = loose.price_id
    union all by name
    select * from lines where subscription_item_id is not null and is_tiered
),

added_up as (
    select
        invoice_id, customer_id, subscription_id, subscription_item_id, price_id, currency, period_start_at, period_end_at,
        is_proration, is_credit,
        sum(quantity) as quantity,
        sum(amount_minor)::bigint as amount_minor,
        sum(discounted_minor)::bigint as discounted_minor,
        sum(inclusive_tax_minor)::bigint as inclusive_tax_minor,
        flatten(list(discount_amounts)) as discount_amounts
    from tied
    where is_tiered
    group by all
)

select * from added_up
union all by name
select * exclude (is_tiered, line_id, is_one_off, description, invoice_item_id, credited_line_id) from tied where not is_tiered
