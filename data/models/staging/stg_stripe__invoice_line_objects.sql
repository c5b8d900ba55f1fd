-- Lines of finalised invoices as they came, in either shape, with what their invoice says of customer and subscription; one row an
-- invoice and line.
-- per client: customer_id
-- kept as: view
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
)

select
    invoice_id,
    id_of(customer) as customer_id,
    coalesce(parent.subscription_details.subscription, subscription) as invoice_subscription,
    -- As a filter, the status would have every invoice read twice.
    unnest(if(status in ('open', 'paid', 'uncollectible'), lines.data, null)) as line
from invoices
