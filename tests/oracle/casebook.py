"""Hand-made minimal accounts: one for each row of definitions.md's case table, named by its case.

A case plays in 2025 and 2026 and is seen at NOW. Where history is a matter of events, it plays within their 30 days.
"""

from collections.abc import Callable
from dataclasses import dataclass

from data.sources.demo import subscriptions
from data.sources.demo.account import Account
from data.sources.demo.catalogue import Price
from data.sources.demo.ledger import Item, Subscription
from data.sources.demo.periods import instant

START = instant(2025, 1, 1)
NOW = instant(2026, 11, 21, 12)
JOINED = instant(2025, 3, 10, 9)
RECENT = instant(2026, 11, 3, 10)  # within the events' 30 days


@dataclass
class Case:
    """An account in the making: a product and a 100-a-month price are there."""

    name: str
    account: Account
    price: Price

    def yearly(self, amount: int = 120_000) -> Price:
        """A yearly price of the same product."""
        return self.account.price(self.price.product, amount, "year")

    def on(self, year: int, month: int, day: int, action: Callable[[], object], hour: int = 9) -> None:
        """Plan an action."""
        self.account.at(instant(year, month, day, hour), action)

    def start(self, price: Price | None = None, quantity: int = 1, **more: object) -> list:
        """A client from JOINED on; the subscription will be the list's only entry."""
        held: list = []

        def join() -> None:
            card = more.pop("card", True)
            who = self.account.customer(self.name, card=bool(card))
            items = more.pop("items", [(price or self.price, quantity)])
            held.append(subscriptions.create(self.account, who, items, **more))  # type: ignore[arg-type]

        self.account.at(int(more.pop("at", JOINED)), join)  # type: ignore[call-overload]
        return held


CASES: dict[str, Callable[[Case], None]] = {}


def case(build: Callable[[Case], None]) -> Callable[[Case], None]:
    """Register a case under its function's name."""
    CASES[build.__name__] = build
    return build


def first(held: list) -> tuple[Subscription, Item]:
    """The subscription of a case and its first item."""
    return held[0], held[0].items[0]
