"""How Stripe's newest API shows the account's records: ids for what is not expanded, nothing cut yet."""

from data.sources.demo.shapes.basics import API_VERSION, NESTED, cut_nested, listing
from data.sources.demo.shapes.billing import schedule, subscription
from data.sources.demo.shapes.invoices import invoice, invoice_item
from data.sources.demo.shapes.parties import account, card, customer, discount
from data.sources.demo.shapes.payments import charge, invoice_payment
from data.sources.demo.shapes.sold import coupon, price, product

__all__ = [
    "API_VERSION",
    "NESTED",
    "account",
    "card",
    "charge",
    "coupon",
    "customer",
    "cut_nested",
    "discount",
    "invoice",
    "invoice_item",
    "invoice_payment",
    "listing",
    "price",
    "product",
    "schedule",
    "subscription",
]
