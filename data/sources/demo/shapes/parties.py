"""The account itself, its customers, their cards and the discounts given to them, in Stripe's newest shape."""

from typing import TYPE_CHECKING

from data.sources.demo.ledger import Card, Customer, Discount
from data.sources.demo.shapes.basics import Object

if TYPE_CHECKING:
    from data.sources.demo.account import Account


def account(own: "Account") -> Object:
    """The account object."""
    return {
        "id": own.id,
        "object": "account",
        "business_profile": {"name": own.name, "support_email": None, "url": None},
        "business_type": "individual",
        "capabilities": {"card_payments": "active", "transfers": "active"},
        "charges_enabled": True,
        "country": own.country,
        "created": own.start,
        "default_currency": own.currency,
        "details_submitted": True,
        "email": None,
        "metadata": {},
        "payouts_enabled": True,
        "settings": {"dashboard": {"display_name": own.name, "timezone": own.time_zone}},
        "type": "standard",
    }


def customer(own: "Account", who: Customer) -> Object:
    """A customer object."""
    return {
        "id": who.id,
        "object": "customer",
        "address": {"city": None, "country": who.country, "line1": None, "line2": None, "postal_code": None, "state": None},
        "balance": 0,
        "created": who.created,
        "currency": who.currency,
        "customer_account": None,
        "default_source": None,
        "delinquent": any(bill.status == "open" and bill.attempts for bill in who.invoices),
        "description": who.description,
        "discount": discount(who.discount) if who.discount else None,
        "email": who.email,
        "invoice_prefix": who.id[-8:].upper(),
        "invoice_settings": {
            "custom_fields": None,
            "default_payment_method": who.card.id if who.card else None,
            "footer": None,
            "rendering_options": None,
        },
        "livemode": False,
        "metadata": {},
        "name": who.name,
        "next_invoice_sequence": len(who.invoices) + 1,
        "phone": None,
        "preferred_locales": [who.locale],
        "shipping": None,
        "tax_exempt": "none",
        "test_clock": None,
    }


def card(held: Card, who: Customer) -> Object:
    """A payment method object of type card."""
    return {
        "id": held.id,
        "object": "payment_method",
        "allow_redisplay": "unspecified",
        "billing_details": {"address": {"country": who.country}, "email": who.email, "name": who.name, "phone": None},
        "card": {
            "brand": held.brand,
            "country": who.country,
            "display_brand": held.brand,
            "exp_month": held.exp_month,
            "exp_year": held.exp_year,
            "fingerprint": f"fp{held.last4}{held.id[-6:]}",
            "funding": "credit",
            "last4": held.last4,
        },
        "created": held.created,
        "customer": who.id,
        "customer_account": None,
        "livemode": False,
        "metadata": {},
        "type": "card",
    }


def discount(given: Discount) -> Object:
    """A discount object; its coupon is an id (an answer expands it on request)."""
    return {
        "id": given.id,
        "object": "discount",
        "checkout_session": None,
        "customer": given.customer,
        "customer_account": None,
        "end": given.end,
        "invoice": None,
        "invoice_item": None,
        "promotion_code": None,
        "source": {"coupon": given.coupon.id, "type": "coupon"},
        "start": given.start,
        "subscription": given.subscription,
        "subscription_item": given.item,
    }
