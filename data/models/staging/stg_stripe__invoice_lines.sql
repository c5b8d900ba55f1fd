-- Lines of subscriptions on finalised invoices, in either shape; one row an invoice and line. `amount_minor` is before discounts.
-- per client: customer_id
with invoices as (
    select id as invoice_id, unnest(from_json(payload, '{
        "status": "varchar", "customer": "varchar", "subscription": "varchar",
        "parent": {"subscription_details": {"subscription": "varchar"}},
        "lines": {"data": [{
            "id": "varchar", "type": "varchar", "description": "varchar", "amount": "bigint", "currency": "varchar", "quantity": "double", "proration": "boolean",
            "period": {"start": "bigint", "end": "bigint"},
            "subscription": "varchar", "subscription_item": "varchar", "invoice_item": "varchar", "price": "varchar", "plan": "varchar",
            "pricing": {"price_details": {"price": "varchar"}},
            "proration_details": {"credited_items": {"invoice_line_items": ["varchar"]}},
            "parent": {
                "type": "varchar",
                "subscription_item_details": {
                    "subscription": "varchar", "subscription_item": "varchar", "invoice_item": "varchar", "proration": "boolean",
                    "proration_details": {"credited_items": {"invoice_line_items": ["varchar"]}}
                },
                "invoice_item_details": {
                    "subscription": "varchar", "invoice_item": "varchar", "proration": "boolean",
                    "proration_details": {"credited_items": {"invoice_line_items": ["varchar"]}}
                }
            },
            "discount_amounts": [{"amount": "bigint", "discount": "varchar"}],
            "taxes": [{"amount": "bigint", "tax_behavior": "varchar"}],
            "tax_amounts": [{"amount": "bigint", "inclusive": "boolean"}]
        }]}
    }'))
    from raw_stripe__invoices
),

lines as (
    select
        invoice_id,
        id_of(customer) as customer_id,
        coalesce(parent.subscription_details.subscription, subscription) as invoice_subscription,
        -- As a filter, the status would have every invoice read twice.
        unnest(if(status in ('open', 'paid', 'uncollectible'), lines.data, null)) as line
    from invoices
),

read as (
    select
        invoice_id,
        customer_id,
        line.id as line_id,
        line.description as description,
        coalesce(line.parent.type, line.type) as kind,
        coalesce(
            line.parent.subscription_item_details.subscription, line.parent.invoice_item_details.subscription,
            id_of(line.subscription), id_of(invoice_subscription)
        ) as subscription_id,
        coalesce(line.parent.subscription_item_details.subscription_item, line.subscription_item) as subscription_item_id,
        coalesce(
            line.parent.subscription_item_details.invoice_item, line.parent.invoice_item_details.invoice_item,
            id_of(line.invoice_item)
        ) as invoice_item_id,
        coalesce(id_of(line.pricing.price_details.price), id_of(line.price), id_of(line.plan)) as price_id,
        lower(line.currency) as currency,
        coalesce(line.amount, 0) as amount_minor,
        coalesce(line.quantity, 1) as quantity,
        to_timestamp(line.period.start)::timestamp as period_start_at,
        to_timestamp(line.period.end)::timestamp as period_end_at,
        coalesce(line.parent.subscription_item_details.proration, line.parent.invoice_item_details.proration, line.proration, false)
            as is_proration,
        coalesce(
            line.parent.subscription_item_details.proration_details.credited_items,
            line.parent.invoice_item_details.proration_details.credited_items, line.proration_details.credited_items
        ).invoice_line_items as credited_line_ids,
        line.discount_amounts as discount_amounts,
        coalesce(list_sum([tax.amount for tax in line.taxes if tax.tax_behavior = 'inclusive']), 0)
            + coalesce(list_sum([tax.amount for tax in line.tax_amounts if tax.inclusive]), 0) as inclusive_tax_minor
    from lines
)

select
    * exclude (credited_line_ids, inclusive_tax_minor),
    amount_minor < 0 or coalesce(len(credited_line_ids), 0) > 0 as is_credit,
    credited_line_ids[1] as credited_line_id,
    inclusive_tax_minor::bigint as inclusive_tax_minor,
    coalesce(list_sum([given.amount for given in discount_amounts]), 0)::bigint as discounted_minor
from read
where subscription_id is not null or subscription_item_id is not null or kind in ('subscription', 'subscription_item_details')
