"""Invoices with their lines, and invoice items, in Stripe's newest shape."""

from typing import TYPE_CHECKING

from data.sources.demo.ledger import Invoice, Line, PendingItem
from data.sources.demo.shapes.basics import Object, decimal, listing

if TYPE_CHECKING:
    from data.sources.demo.account import Account


def invoice(own: "Account", bill: Invoice) -> Object:
    """An invoice object with all its lines; discounts are ids."""
    who = bill.customer
    settled = bill.amount_paid + bill.paid_outside
    parent = None
    if bill.subscription:
        details = {"metadata": {}, "subscription": bill.subscription}
        parent = {"quote_details": None, "subscription_details": details, "type": "subscription_details"}
    return {
        "id": bill.id,
        "object": "invoice",
        "account_country": own.country,
        "account_name": own.name,
        "amount_due": bill.due,
        "amount_overpaid": 0,
        "amount_paid": settled,
        "amount_paid_off_stripe": bill.paid_outside,
        "amount_remaining": max(0, bill.due - settled),
        "amount_shipping": 0,
        "attempt_count": bill.attempts,
        "attempted": bill.attempts > 0,
        "auto_advance": bill.auto_advance and bill.status in ("draft", "open"),
        "billing_reason": bill.billing_reason,
        "collection_method": bill.collection_method,
        "created": bill.created,
        "currency": bill.currency,
        "customer": who.id,
        "customer_account": None,
        "customer_email": who.email,
        "customer_name": who.name,
        "default_tax_rates": [],
        "description": bill.description,
        "discounts": [discount.id for discount in bill.discounts],
        "due_date": bill.due_date,
        "effective_at": bill.finalized_at,
        "ending_balance": 0,
        "hosted_invoice_url": None,
        "lines": listing(f"/v1/invoices/{bill.id}/lines", [invoice_line(line, bill) for line in bill.lines]),
        "livemode": False,
        "metadata": {},
        "next_payment_attempt": bill.next_attempt,
        "number": bill.number,
        "parent": parent,
        "period_end": bill.period_end,
        "period_start": bill.period_start,
        "post_payment_credit_notes_amount": bill.credited if bill.status == "paid" else 0,
        "pre_payment_credit_notes_amount": 0 if bill.status == "paid" else bill.credited,
        "starting_balance": 0,
        "status": bill.status,
        "status_transitions": {
            "finalized_at": bill.finalized_at,
            "marked_uncollectible_at": bill.uncollectible_at,
            "paid_at": bill.paid_at,
            "voided_at": bill.voided_at,
        },
        "subtotal": bill.subtotal,
        "total": bill.total,
        "total_discount_amounts": _sums([pair for line in bill.lines for pair in line.discount_amounts]),
        "total_excluding_tax": bill.total - sum(tax for line in bill.lines for _, tax, _ in line.taxes),
        "total_taxes": [tax for line in bill.lines for tax in _taxes(line)],
        "webhooks_delivered_at": bill.created,
    }


def invoice_line(line: Line, bill: Invoice) -> Object:
    """A line of an invoice."""
    return {
        "id": line.id,
        "object": "line_item",
        "amount": line.amount,
        "currency": bill.currency,
        "description": line.description,
        "discount_amounts": [{"amount": amount, "discount": given} for given, amount in line.discount_amounts],
        "discountable": line.is_discountable,
        "discounts": list(line.discounts),
        "invoice": bill.id,
        "livemode": False,
        "metadata": {},
        "parent": _line_parent(line),
        "period": {"end": line.end, "start": line.start},
        "pretax_credit_amounts": [
            {"amount": amount, "discount": given, "type": "discount"} for given, amount in line.discount_amounts
        ],
        "pricing": _pricing(line),
        "quantity": line.quantity,
        "quantity_decimal": str(line.quantity),
        "subscription": line.subscription,
        "subtotal": line.amount,
        "taxes": _taxes(line),
    }


def invoice_item(waiting: PendingItem) -> Object:
    """An invoice item object: a proration, or an amount of its own."""
    line = waiting.line
    parent: Object | None = None
    proration: Object | None = None
    if line.subscription:
        details = {"subscription": line.subscription, "subscription_item": line.item}
        parent = {"subscription_details": details, "type": "subscription_details"}
    if line.is_proration:
        proration = {"credited_items": None, "discount_amounts": []}
        if line.credited:
            credited = {"invoice": line.credited[0], "invoice_line_items": [line.credited[1]]}
            proration["credited_items"] = {
                "invoice_item": None,
                "invoice_line_item_details": credited,
                "type": "invoice_line_items",
            }
    return {
        "id": waiting.id,
        "object": "invoiceitem",
        "amount": line.amount,
        "currency": waiting.currency,
        "customer": waiting.customer,
        "customer_account": None,
        "date": waiting.date,
        "description": line.description,
        "discountable": line.is_discountable,
        "discounts": [],
        "invoice": waiting.invoice,
        "livemode": False,
        "metadata": {},
        "net_amount": line.amount,
        "parent": parent,
        "period": {"end": line.end, "start": line.start},
        "pricing": _pricing(line),
        "proration": line.is_proration,
        "proration_details": proration,
        "quantity": line.quantity,
        "quantity_decimal": str(line.quantity),
        "tax_rates": [],
        "test_clock": None,
    }


def _line_parent(line: Line) -> Object:
    credited = None
    if line.credited:
        credited = {"invoice": line.credited[0], "invoice_line_items": [line.credited[1]]}
    proration = {"credited_items": credited} if line.is_proration else None
    details: Object = {
        "invoice_item": line.invoice_item,
        "proration": line.is_proration,
        "proration_details": proration,
        "subscription": line.subscription,
    }
    if line.item:
        details["subscription_item"] = line.item
        return {
            "invoice_item_details": None,
            "subscription_item_details": details,
            "type": "subscription_item_details",
        }
    return {"invoice_item_details": details, "subscription_item_details": None, "type": "invoice_item_details"}


def _pricing(line: Line) -> Object | None:
    if line.price is None:
        return None
    unit = None if line.price.tiers else decimal(line.price.unit)
    details = {"price": line.price.id, "product": line.price.product.id}
    return {"price_details": details, "type": "price_details", "unit_amount_decimal": unit}


def _taxes(line: Line) -> list[Object]:
    return [
        {
            "amount": amount,
            "tax_behavior": "inclusive" if rate.is_inclusive else "exclusive",
            "tax_rate_details": {"tax_rate": rate.id},
            "taxability_reason": "standard_rated",
            "taxable_amount": taxable,
            "type": "tax_rate_details",
        }
        for rate, amount, taxable in line.taxes
    ]


def _sums(pairs: list[tuple[str, int]]) -> list[Object]:
    sums: dict[str, int] = {}
    for given, amount in pairs:
        sums[given] = sums.get(given, 0) + amount
    return [{"amount": amount, "discount": given} for given, amount in sums.items()]
