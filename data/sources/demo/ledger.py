"""What an account knows of its customers: the records that its operations change and its objects are drawn from."""

from dataclasses import dataclass, field
from typing import Any

from data.sources.demo.catalogue import Coupon, Price, TaxRate


@dataclass
class Card:
    """A card on file; `is_declined` makes each charge on it fail."""

    id: str
    created: int
    last4: str
    exp_month: int
    exp_year: int
    brand: str = "visa"
    is_declined: bool = False
    detached_at: int | None = None


@dataclass
class Discount:
    """A coupon that was given: to a customer, a subscription or an item, in force from `start`."""

    id: str
    coupon: Coupon
    start: int
    customer: str
    end: int | None = None
    subscription: str | None = None
    item: str | None = None
    removed_at: int | None = None
    used_up: bool = False


@dataclass
class Customer:
    """A payer."""

    id: str
    name: str
    email: str
    created: int
    country: str = "US"
    locale: str = "en"
    cards: list[Card] = field(default_factory=list)
    discount: Discount | None = None
    currency: str | None = None
    description: str | None = None
    deleted_at: int | None = None
    invoices: list["Invoice"] = field(default_factory=list)

    @property
    def card(self) -> Card | None:
        """The card that is charged."""
        return next((card for card in self.cards if card.detached_at is None), None)


@dataclass
class Item:
    """One price and quantity of a subscription, with the period it has been billed for."""

    id: str
    price: Price
    quantity: int
    created: int
    period_start: int = 0
    period_end: int = 0
    discounts: list[Discount] = field(default_factory=list)


@dataclass
class Subscription:
    """A subscription as it stands now."""

    id: str
    customer: Customer
    currency: str
    created: int
    start_date: int
    anchor: int
    items: list[Item]
    status: str = "active"
    collection_method: str = "charge_automatically"
    trial_start: int | None = None
    trial_end: int | None = None
    trial_end_behavior: str = "create_invoice"
    cancel_at: int | None = None
    cancel_at_period_end: bool = False
    canceled_at: int | None = None
    ended_at: int | None = None
    cancel_reason: str | None = None
    cancel_feedback: str | None = None
    cancel_comment: str | None = None
    pause_behavior: str | None = None
    pause_resumes_at: int | None = None
    paused_at: int | None = None
    paused_type: str | None = None
    discounts: list[Discount] = field(default_factory=list)
    tax_rates: list[TaxRate] = field(default_factory=list)
    billing_mode: str = "flexible"
    dunning: str = "cancel"
    days_until_due: int | None = None
    pays_after_days: int | None = 9
    keeps_drafts: bool = False
    schedule: str | None = None
    latest_invoice: str | None = None
    is_paid_once: bool = False

    @property
    def is_over(self) -> bool:
        """Whether nothing can happen to it any more."""
        return self.status in ("canceled", "incomplete_expired")


@dataclass
class Line:
    """A line of an invoice: what is billed for one item and period, before discounts."""

    id: str
    amount: int
    quantity: int
    start: int
    end: int
    description: str
    price: Price | None = None
    subscription: str | None = None
    item: str | None = None
    is_proration: bool = False
    is_discountable: bool = True
    invoice_item: str | None = None
    discounts: list[str] = field(default_factory=list)
    discount_amounts: list[tuple[str, int]] = field(default_factory=list)
    taxes: list[tuple[TaxRate, int, int]] = field(default_factory=list)
    credited: tuple[str, str] | None = None


@dataclass
class PendingItem:
    """An invoice item that waits for an invoice; prorations are such, and so are one-off amounts."""

    id: str
    customer: str
    currency: str
    date: int
    line: Line
    invoice: str | None = None


@dataclass
class Invoice:
    """A bill."""

    id: str
    customer: Customer
    currency: str
    created: int
    billing_reason: str
    period_start: int
    period_end: int
    lines: list[Line]
    subscription: str | None = None
    collection_method: str = "charge_automatically"
    discounts: list[Discount] = field(default_factory=list)
    status: str = "draft"
    number: str | None = None
    due_date: int | None = None
    finalized_at: int | None = None
    paid_at: int | None = None
    voided_at: int | None = None
    uncollectible_at: int | None = None
    attempts: int = 0
    next_attempt: int | None = None
    amount_paid: int = 0
    paid_outside: int = 0
    credited: int = 0
    payment_intent: str | None = None
    auto_advance: bool = True
    description: str | None = None

    @property
    def subtotal(self) -> int:
        """The sum of the lines, before discounts and exclusive tax, in minor units."""
        return sum(line.amount for line in self.lines)

    @property
    def exclusive_tax(self) -> int:
        """The tax that comes on top, in minor units."""
        return sum(tax for line in self.lines for rate, tax, _ in line.taxes if not rate.is_inclusive)

    @property
    def total(self) -> int:
        """What the bill comes to, in minor units."""
        return self.subtotal - sum(off for line in self.lines for _, off in line.discount_amounts) + self.exclusive_tax

    @property
    def due(self) -> int:
        """What had to be paid when it was finalised, in minor units; a credit goes to the balance instead."""
        return max(0, self.total)


@dataclass
class Charge:
    """One attempt to take money."""

    id: str
    customer: str
    amount: int
    currency: str
    created: int
    payment_intent: str
    invoice: str | None
    card: Card | None
    is_ok: bool
    refunded: int = 0
    is_disputed: bool = False
    description: str | None = None


@dataclass
class Schedule:
    """A planned course of a subscription: phases of (start, end, price, quantity)."""

    id: str
    customer: str
    subscription: str
    created: int
    phases: list[tuple[int, int, Price, int]]
    status: str = "active"
    released_at: int | None = None
    completed_at: int | None = None


@dataclass
class Records:
    """Everything that has happened in the account, by id."""

    customers: dict[str, Customer] = field(default_factory=dict)
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    discounts: dict[str, Discount] = field(default_factory=dict)
    invoices: dict[str, Invoice] = field(default_factory=dict)
    pending: dict[str, PendingItem] = field(default_factory=dict)
    charges: dict[str, Charge] = field(default_factory=dict)
    schedules: dict[str, Schedule] = field(default_factory=dict)
    refunds: list[dict[str, Any]] = field(default_factory=list)
    credit_notes: list[dict[str, Any]] = field(default_factory=list)
    disputes: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
