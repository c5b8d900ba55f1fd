"""Charges and the payments of invoices in Stripe's newest shape."""

from data.sources.demo.ledger import Charge, Invoice
from data.sources.demo.shapes.basics import Object


def charge(taken: Charge, customer_name: str, email: str) -> Object:
    """A charge object; it names its payment intent, never an invoice."""
    outcome = {
        "network_status": "approved_by_network" if taken.is_ok else "declined_by_network",
        "reason": None if taken.is_ok else "generic_decline",
        "risk_level": "normal",
        "seller_message": "Payment complete." if taken.is_ok else "The bank did not return any further details.",
        "type": "authorized" if taken.is_ok else "issuer_declined",
    }
    return {
        "id": taken.id,
        "object": "charge",
        "amount": taken.amount,
        "amount_captured": taken.amount if taken.is_ok else 0,
        "amount_refunded": taken.refunded,
        "balance_transaction": f"txn_{taken.id[3:]}" if taken.is_ok else None,
        "billing_details": {"email": email, "name": customer_name, "phone": None},
        "captured": taken.is_ok,
        "created": taken.created,
        "currency": taken.currency,
        "customer": taken.customer,
        "description": taken.description,
        "disputed": taken.is_disputed,
        "failure_code": None if taken.is_ok else "card_declined",
        "failure_message": None if taken.is_ok else "Your card was declined.",
        "livemode": False,
        "metadata": {},
        "outcome": outcome,
        "paid": taken.is_ok,
        "payment_intent": taken.payment_intent,
        "payment_method": taken.card.id if taken.card else None,
        "payment_method_details": {
            "card": {
                "brand": taken.card.brand,
                "exp_month": taken.card.exp_month,
                "exp_year": taken.card.exp_year,
                "last4": taken.card.last4,
            },
            "type": "card",
        }
        if taken.card
        else None,
        "receipt_email": None,
        "refunded": taken.refunded == taken.amount > 0,
        "status": "succeeded" if taken.is_ok else "failed",
    }


def invoice_payment(bill: Invoice) -> Object:
    """The payment of an invoice: the link from it to its payment intent, or to a payment outside Stripe."""
    state = "paid" if bill.status == "paid" else "canceled" if bill.status == "void" else "open"
    if bill.paid_outside:
        payment: Object = {"type": "payment_record", "payment_record": f"pr_{bill.id[3:]}"}
    else:
        payment = {"type": "payment_intent", "payment_intent": bill.payment_intent}
    return {
        "id": f"inpay_{bill.id[3:]}",
        "object": "invoice_payment",
        "amount_paid": bill.amount_paid + bill.paid_outside if state == "paid" else None,
        "amount_requested": bill.due,
        "created": bill.finalized_at or bill.created,
        "currency": bill.currency,
        "invoice": bill.id,
        "is_default": True,
        "livemode": False,
        "payment": payment,
        "status": state,
        "status_transitions": {"canceled_at": bill.voided_at, "paid_at": bill.paid_at},
    }
