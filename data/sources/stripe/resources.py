"""What is listed in a Stripe account, with which parameters and expansions, and how each kind is kept up to date.

An expansion is a chain of paths: the newest shape's first, then what an older server may know instead; a server that
refuses them all is read unexpanded. Stripe expands four levels at most, a list's `data` counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Chain = tuple[str, ...]


class Nested(NamedTuple):
    """A list inside an object, which holds only its first ten entries until it is paged itself."""

    name: str
    path: str
    owner: str
    expand: tuple[Chain, ...]


@dataclass(frozen=True)
class Resource:
    """One kind of object: its endpoint, its name in sentences, and what a sync has to do to keep it right."""

    entity: str
    path: str
    words: str
    params: Mapping[str, Any] = field(default_factory=dict)
    expand: tuple[Chain, ...] = ()
    nested: Nested | None = None
    # What a restricted key calls it in Stripe's dashboard; several kinds may share one permission.
    permission: str = ""
    # Without these no figure can be right, so a sync that may not read one of them stops.
    is_essential: bool = False
    # Small and changing without a trace: listed whole at each sync, so what is missing from the list is gone.
    is_relisted: bool = True
    # In these states an object of a kind that is not relisted may still change without a new one being created.
    unsettled: frozenset[str] = frozenset()
    # Whether those can be listed, `status` by `status`.
    lists_by_status: bool = False
    # Archived ones may be left out of the plain list: they are asked for by themselves.
    has_archive: bool = False
    # Where a server that knows no such list may show the same objects.
    older_path: str = ""


def coupon_of(discount: str) -> Chain:
    """The chain that shows a discount's coupon: since 2025-09-30 under `source`, before that directly."""
    return (f"{discount}.source.coupon", f"{discount}.coupon", discount)


ITEMS = Nested("items", "/v1/subscription_items", "subscription", (coupon_of("data.discounts"),))
INVOICE_LINES = Nested("lines", "/v1/invoices/{id}/lines", "", (coupon_of("data.discounts"),))
CREDIT_NOTE_LINES = Nested("lines", "/v1/credit_notes/{id}/lines", "", ())

ACCOUNT = Resource("account", "/v1/account", "the account", permission="Accounts")
PAYMENT_METHODS = Resource("payment_methods", "/v1/payment_methods", "payment methods", permission="PaymentMethods")

# The long ones first, so that they are under way while the short ones are read.
LISTED: tuple[Resource, ...] = (
    Resource(
        "invoices",
        "/v1/invoices",
        "invoices",
        permission="Invoices",
        expand=((*coupon_of("data.discounts"), "data.discount.coupon"), ("data.lines.data.discounts",)),
        nested=INVOICE_LINES,
        is_essential=True,
        is_relisted=False,
        unsettled=frozenset({"draft", "open"}),
        lists_by_status=True,
    ),
    Resource(
        "charges",
        "/v1/charges",
        "charges",
        permission="Charges and Refunds",
        is_relisted=False,
        unsettled=frozenset({"pending"}),
    ),
    Resource(
        "invoice_payments",
        "/v1/invoice_payments",
        "invoice payments",
        permission="Invoices",
        is_relisted=False,
        unsettled=frozenset({"open"}),
        lists_by_status=True,
    ),
    Resource("events", "/v1/events", "events", permission="Events", is_relisted=False),
    Resource(
        "subscriptions",
        "/v1/subscriptions",
        "subscriptions",
        permission="Subscriptions",
        params={"status": "all"},
        expand=(
            (*coupon_of("data.discounts"), "data.discount.coupon"),
            ("data.items.data.discounts",),
            ("data.default_payment_method",),
        ),
        nested=ITEMS,
        is_essential=True,
    ),
    Resource(
        "customers",
        "/v1/customers",
        "customers",
        permission="Customers",
        expand=(
            coupon_of("data.discount"),
            ("data.invoice_settings.default_payment_method",),
            ("data.default_source",),
        ),
        is_essential=True,
    ),
    Resource(
        "prices",
        "/v1/prices",
        "prices",
        permission="Prices",
        expand=(("data.tiers",), ("data.currency_options",)),
        is_essential=True,
        has_archive=True,
        older_path="/v1/plans",
    ),
    Resource("products", "/v1/products", "products", permission="Products", is_essential=True, has_archive=True),
    Resource(
        "coupons", "/v1/coupons", "coupons", permission="Coupons", expand=(("data.applies_to",), ("data.currency_options",))
    ),
    Resource(
        "refunds",
        "/v1/refunds",
        "refunds",
        permission="Charges and Refunds",
        is_relisted=False,
        unsettled=frozenset({"pending", "requires_action"}),
    ),
    Resource("credit_notes", "/v1/credit_notes", "credit notes", permission="Credit notes", nested=CREDIT_NOTE_LINES),
    Resource("disputes", "/v1/disputes", "disputes", permission="Disputes"),
    Resource("invoice_items", "/v1/invoiceitems", "invoice items", permission="Invoices"),
    Resource("subscription_schedules", "/v1/subscription_schedules", "subscription schedules", permission="Subscriptions"),
)

BY_ENTITY = {resource.entity: resource for resource in (ACCOUNT, PAYMENT_METHODS, *LISTED)}

# What an expanded path shows, so that a key that may not see it can be told so.
EXPANDED_WORDS = {
    "coupon": "coupons",
    "discounts": "coupons",
    "discount": "coupons",
    "default_payment_method": "payment methods",
    "default_source": "payment methods",
}
