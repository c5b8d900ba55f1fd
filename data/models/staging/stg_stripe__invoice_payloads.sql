-- Invoices as they came, in either shape, read once for all that staging makes of them; one row an invoice, its lines as a list.
-- What Stripe shows as an id or as the whole object is its text.
-- per client: customer_id
-- kept as: nothing
with read as (
    select id as invoice_id, gone_at is not null as is_gone, unnest(from_json(payload, '{
        "number": "varchar", "customer": "varchar", "customer_name": "varchar", "customer_email": "varchar", "subscription": "varchar", "status": "varchar", "currency": "varchar", "created": "bigint",
        "parent": {"subscription_details": {"subscription": "varchar"}},
        "status_transitions": {"finalized_at": "bigint", "paid_at": "bigint", "voided_at": "bigint", "marked_uncollectible_at": "bigint"},
        "payment_intent": "varchar", "charge": "varchar", "payments": {"data": [{"payment": {"payment_intent": "varchar", "charge": "varchar"}}]},
        "due_date": "bigint", "next_payment_attempt": "bigint", "attempt_count": "integer", "collection_method": "varchar",
        "billing_reason": "varchar", "total": "bigint", "amount_due": "bigint", "amount_remaining": "bigint", "amount_paid": "bigint",
        "amount_paid_off_stripe": "bigint", "paid_out_of_band": "boolean", "discounts": "varchar", "discount": "varchar",
        "lines": {"data": [{
            "id": "varchar", "type": "varchar", "description": "varchar", "amount": "bigint", "currency": "varchar", "quantity": "double", "proration": "boolean",
            "period": {"start": "bigint", "end": "bigint"},
            "subscription": "varchar", "subscription_item": "varchar", "invoice_item": "varchar", "price": "varchar", "plan": "varchar",
            "pricing": {"price_details": {"price": "varchar", "product": "varchar"}},
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
            "discounts": "varchar",
            "discount_amounts": [{"amount": "bigint", "discount": "varchar"}],
            "taxes": [{"amount": "bigint", "tax_behavior": "varchar"}],
            "tax_amounts": [{"amount": "bigint", "inclusive": "boolean"}]
        }]}
    }'))
    from raw_stripe__invoices
)

select
    * exclude (customer, lines, subscription, parent),
    id_of(customer) as customer_id,
    coalesce(parent.subscription_details.subscription, subscription) as of_subscription,
    lines.data as lines
from read
