"""The account's own diary: what stood when, kept as it happens and apart from what Stripe's objects show later."""

from dataclasses import dataclass, field

from data.sources.demo.catalogue import Price, TaxRate
from data.sources.demo.ledger import Subscription


@dataclass(frozen=True)
class ItemState:
    """An item as it stood: its price, quantity and the ids of its own discounts."""

    id: str
    price: Price
    quantity: int
    discounts: tuple[str, ...]


@dataclass(frozen=True)
class SubscriptionState:
    """A subscription as it stood from `at` (Unix seconds) until its next state."""

    at: int
    subscription: str
    customer: str
    currency: str
    status: str
    start_date: int
    trial_end: int | None
    is_collection_paused: bool
    is_billed: bool
    items: tuple[ItemState, ...]
    discounts: tuple[str, ...]
    tax_rates: tuple[TaxRate, ...]
    cause: str


@dataclass(frozen=True)
class Billed:
    """A period of an item that an invoice billed, with the ids of the discounts that reduced it."""

    item: str
    subscription: str
    start: int
    end: int
    discounts: frozenset[str]
    is_recurring: bool


@dataclass
class Timeline:
    """States of all subscriptions in the order in which they came about, and what was billed."""

    states: list[SubscriptionState] = field(default_factory=list)
    billed: list[Billed] = field(default_factory=list)
    finalised: dict[str, int] = field(default_factory=dict)

    def note(self, subscription: Subscription, at: int, cause: str) -> None:
        """Write down how a subscription stands from now on."""
        items = tuple(
            ItemState(item.id, item.price, item.quantity, tuple(discount.id for discount in item.discounts))
            for item in subscription.items
        )
        self.states.append(
            SubscriptionState(
                at=at,
                subscription=subscription.id,
                customer=subscription.customer.id,
                currency=subscription.currency,
                status=subscription.status,
                start_date=subscription.start_date,
                trial_end=subscription.trial_end,
                is_collection_paused=subscription.pause_behavior is not None,
                is_billed=subscription.id in self.finalised,
                items=items,
                discounts=tuple(discount.id for discount in subscription.discounts),
                tax_rates=tuple(subscription.tax_rates),
                cause=cause,
            )
        )
