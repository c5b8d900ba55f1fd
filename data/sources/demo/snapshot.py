"""What the account would answer now: every resource's objects, newest first, and what can be expanded in them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from data.sources.demo import shapes
from data.sources.demo.account import Account
from data.sources.demo.periods import DAY

EVENT_DAYS = 30

Object = dict[str, Any]


@dataclass
class Snapshot:
    """Objects by resource, in full: an answer cuts nested lists and leaves out what was not expanded."""

    at: int
    account: Object
    lists: dict[str, list[Object]]
    discounts: dict[str, Object]
    coupons: dict[str, Object]
    prices: dict[str, Object]
    by_id: dict[str, Object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for rows in self.lists.values():
            self.by_id.update((row["id"], row) for row in rows)
        self.by_id.update(self.discounts)
        for kept in (self.coupons, self.prices):  # deleted ones still come expanded
            self.by_id |= {name: row for name, row in kept.items() if name not in self.by_id}


def take(account: Account) -> Snapshot:
    """The account as Stripe would show it at this instant."""
    records, catalogue = account.records, account.catalogue
    living = [who for who in records.customers.values() if who.deleted_at is None]
    invoices = records.invoices.values()
    lists = {
        "customers": [shapes.customer(account, who) for who in living],
        "products": [shapes.product(sold) for sold in catalogue.products.values() if not sold.is_deleted],
        "prices": [shapes.price(sold) for sold in catalogue.prices.values() if not sold.is_deleted],
        "coupons": [shapes.coupon(given) for given in catalogue.coupons.values() if not given.is_deleted],
        "subscriptions": [shapes.subscription(account, held) for held in records.subscriptions.values()],
        "subscription_schedules": [
            shapes.schedule(planned, records.subscriptions[planned.subscription], account.now)
            for planned in records.schedules.values()
        ],
        "invoices": [shapes.invoice(account, bill) for bill in invoices],
        "invoiceitems": [shapes.invoice_item(waiting) for waiting in records.pending.values()],
        "invoice_payments": [shapes.invoice_payment(bill) for bill in invoices if bill.payment_intent or bill.paid_outside],
        "charges": [
            shapes.charge(taken, records.customers[taken.customer].name, records.customers[taken.customer].email)
            for taken in records.charges.values()
        ],
        "refunds": list(records.refunds),
        "credit_notes": list(records.credit_notes),
        "disputes": list(records.disputes),
        "payment_methods": [
            shapes.card(held, who) for who in living for held in reversed(who.cards) if held.detached_at is None
        ],
        "events": [event for event in records.events if event["created"] > account.now - EVENT_DAYS * DAY],
    }
    return Snapshot(
        at=account.now,
        account=shapes.account(account),
        lists={name: newest_first(rows) for name, rows in lists.items()},
        discounts={given.id: shapes.discount(given) for given in records.discounts.values()},
        coupons={given.id: shapes.coupon(given) for given in catalogue.coupons.values()},
        prices={sold.id: shapes.price(sold) for sold in catalogue.prices.values()},
    )


def newest_first(rows: Iterable[Object]) -> list[Object]:
    """Rows as Stripe lists them."""
    numbered = sorted(enumerate(rows), key=lambda pair: (pair[1].get("created") or pair[1].get("date") or 0, pair[0]))
    return [row for _, row in reversed(numbered)]
