-- Lines of subscriptions on finalised invoices, in either shape; one row an invoice and line. `amount_minor` is before discounts.
with lines as (
    select
        invoices.id as invoice_id,
        coalesce(payload ->> '$.customer.id', payload ->> '$.customer') as customer_id,
        coalesce(
            payload ->> '$.parent.subscription_details.subscription.id', payload ->> '$.parent.subscription_details.subscription',
            payload ->> '$.subscription.id', payload ->> '$.subscription'
        ) as invoice_subscription_id,
        unnest(from_json(payload -> '$.lines.data', '["json"]')) as line
    from raw_stripe__invoices as invoices
    where (payload ->> '$.status') in ('open', 'paid', 'uncollectible')
),

read as (
    select
        invoice_id,
        customer_id,
        line ->> '$.id' as line_id,
        coalesce(line ->> '$.parent.type', line ->> '$.type') as kind,
        coalesce(
            line ->> '$.parent.subscription_item_details.subscription', line ->> '$.parent.invoice_item_details.subscription',
            line ->> '$.subscription.id', line ->> '$.subscription'
        ) as subscription_id,
        invoice_subscription_id,
        coalesce(line ->> '$.parent.subscription_item_details.subscription_item', line ->> '$.subscription_item') as subscription_item_id,
        coalesce(
            line ->> '$.parent.subscription_item_details.invoice_item', line ->> '$.parent.invoice_item_details.invoice_item',
            line ->> '$.invoice_item.id', line ->> '$.invoice_item'
        ) as invoice_item_id,
        coalesce(
            line ->> '$.pricing.price_details.price.id', line ->> '$.pricing.price_details.price',
            line ->> '$.price.id', line ->> '$.plan.id', line ->> '$.price'
        ) as price_id,
        lower(line ->> '$.currency') as currency,
        coalesce((line ->> '$.amount')::bigint, 0) as amount_minor,
        coalesce((line ->> '$.quantity')::double, 1) as quantity,
        to_timestamp((line ->> '$.period.start')::bigint)::timestamp as period_start_at,
        to_timestamp((line ->> '$.period.end')::bigint)::timestamp as period_end_at,
        coalesce(
            (line ->> '$.parent.subscription_item_details.proration')::boolean,
            (line ->> '$.parent.invoice_item_details.proration')::boolean, (line ->> '$.proration')::boolean, false
        ) as is_proration,
        coalesce(
            line -> '$.parent.subscription_item_details.proration_details.credited_items',
            line -> '$.parent.invoice_item_details.proration_details.credited_items', line -> '$.proration_details.credited_items'
        ) as credited_items,
        from_json(line -> '$.discount_amounts', '[{"amount": "bigint", "discount": "json"}]') as discount_amounts,
        coalesce(line -> '$.taxes', line -> '$.tax_amounts') as taxes
    from lines
)

select
    * exclude (invoice_subscription_id, credited_items, taxes, subscription_id),
    coalesce(subscription_id, invoice_subscription_id) as subscription_id,
    amount_minor < 0 or coalesce(json_type(credited_items), 'NULL') = 'OBJECT' as is_credit,
    credited_items ->> '$.invoice_line_items[0]' as credited_line_id,
    coalesce(list_sum(list_transform(
        from_json(taxes, '[{"amount": "bigint", "tax_behavior": "varchar", "inclusive": "boolean"}]'),
        lambda tax: if(tax.tax_behavior = 'inclusive' or tax.inclusive, tax.amount, 0)
    )), 0)::bigint as inclusive_tax_minor,
    coalesce(list_sum(list_transform(discount_amounts, lambda given: given.amount)), 0)::bigint as discounted_minor
from read
where
    subscription_id is not null or subscription_item_id is not null
    or kind in ('subscription', 'subscription_item_details')
