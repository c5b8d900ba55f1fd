"""Stripe: the account's customers, prices, subscriptions, invoices and payments, read and never written.

Importing this module costs nothing: Stripe's own library is loaded at the first sync.
"""

from typing import TYPE_CHECKING

from data.settings import Settings

if TYPE_CHECKING:
    from data.sources import Report
    from data.spool import Run


class Stripe:
    """The Stripe source, as data/sources/__init__.py asks for it."""

    name = "stripe"
    title = "Stripe"
    entities = (
        "account",
        "customers",
        "products",
        "prices",
        "coupons",
        "subscriptions",
        "subscription_schedules",
        "invoices",
        "invoice_items",
        "invoice_payments",
        "charges",
        "refunds",
        "credit_notes",
        "disputes",
        "payment_methods",
        "events",
    )
    logged = frozenset({"account", "customers", "products", "prices", "coupons", "subscriptions", "subscription_schedules"})

    is_snapshot = False
    how_to_connect = "Set STRIPE_API_KEY, or enter a key on the page Sources."

    def is_connected(self, settings: Settings) -> bool:
        """Whether there is a key."""
        return bool(settings.stripe_api_key.strip())

    def extract(self, settings: Settings, run: "Run", report: "Report") -> None:
        """Read the account into the run; errors as in data/sources/__init__.py, never with the key in them."""
        from data.sources.stripe.extract import extract

        extract(settings, run, report)


STRIPE = Stripe()
