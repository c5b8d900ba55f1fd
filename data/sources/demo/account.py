"""A simulated Stripe account: a clock, a queue of what is to happen, and the records that come of it.

account = Account(start=instant(2024, 1, 1))
price = account.price(account.product("Essential"), 15_000)
account.at(instant(2024, 2, 1), lambda: subscriptions.create(account, account.customer("Ada"), [(price, 1)]))
account.advance(instant(2024, 6, 1))
"""

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from data.sources.demo import events
from data.sources.demo.catalogue import Catalogue, Coupon, Price, Product, TaxRate, Tier
from data.sources.demo.ledger import Card, Customer, PendingItem, Records, Subscription
from data.sources.demo.timeline import Timeline

SCRIPT, EXPIRY, RENEWAL, PAYMENT = range(4)  # what comes first where several things fall on one instant


class Account:
    """The account; `advance` lets time pass, and renewals, retries and planned changes with it."""

    def __init__(
        self,
        *,
        start: int,
        name: str = "Test account",
        tag: str = "T",
        country: str = "US",
        currency: str = "usd",
        time_zone: str = "Etc/UTC",
        events_from: int = 0,
    ) -> None:
        self.now = start
        self.start = start
        self.id = f"acct_{tag}"
        self.name = name
        self.tag = tag
        self.country = country
        self.currency = currency
        self.time_zone = time_zone
        self.events_from = events_from
        self.catalogue = Catalogue()
        self.records = Records()
        self.timeline = Timeline()
        self._queue: list[tuple[int, int, int, Callable[[], Any]]] = []
        self._counts: dict[str, int] = {}
        self._pending: dict[str, list[PendingItem]] = {}

    def at(self, when: int, action: Callable[[], Any], order: int = SCRIPT) -> None:
        """Plan something; what is planned for the past happens at the next step."""
        heapq.heappush(self._queue, (when, order, self._count("queue"), action))

    def advance(self, until: int) -> "Account":
        """Let time pass up to and including `until`; the account itself comes back."""
        while self._queue and self._queue[0][0] <= until:
            when, _, _, action = heapq.heappop(self._queue)
            self.now = max(self.now, when)
            action()
        self.now = max(self.now, until)
        return self

    def new_id(self, prefix: str) -> str:
        """The next id of its kind; the same script gives the same ids."""
        return f"{prefix}_{self.tag}{self._count(prefix):06d}"

    def _count(self, kind: str) -> int:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return self._counts[kind]

    # Catalogue

    def product(self, name: str, id: str | None = None) -> Product:
        """A new product."""
        product = Product(id or self.new_id("prod"), name, self.now)
        self.catalogue.products[product.id] = product
        return product

    def price(
        self, product: Product, unit: int | Fraction | str, interval: str | None = "month", interval_count: int = 1, **more: Any
    ) -> Price:
        """A new price in minor units; `more` holds the rarer fields of Price."""
        price = Price(
            id=more.pop("id", None) or self.new_id("price"),
            product=product,
            currency=more.pop("currency", self.currency),
            created=self.now,
            unit=Fraction(unit),
            interval=interval,
            interval_count=interval_count,
            **more,
        )
        self.catalogue.prices[price.id] = price
        return price

    def tiered_price(self, product: Product, mode: str, tiers: list[Tier], interval: str = "month", **more: Any) -> Price:
        """A new tiered price; mode is graduated or volume."""
        return self.price(product, 0, interval, tiers=tuple(tiers), tiers_mode=mode, **more)

    def coupon(self, *, id: str | None = None, percent: Fraction | int | str | None = None, **terms: Any) -> Coupon:
        """A new coupon; `terms` are fields of Coupon."""
        share = None if percent is None else Fraction(percent)
        coupon = Coupon(id or self.new_id("co"), self.now, percent_off=share, **terms)
        self.catalogue.coupons[coupon.id] = coupon
        return coupon

    def tax_rate(self, percent: int | str, *, inclusive: bool) -> TaxRate:
        """A new tax rate."""
        return TaxRate(self.new_id("txr"), Fraction(percent), inclusive)

    def delete_coupon(self, coupon: Coupon) -> None:
        """The coupon can't be read any more; discounts given with it go on."""
        coupon.is_deleted = True
        events.emit(self, "coupon.deleted", lambda: {"id": coupon.id, "object": "coupon", "deleted": True})

    def delete_product(self, product: Product) -> None:
        """The product and its prices can't be read any more; subscriptions to them go on."""
        product.is_deleted = True
        for price in self.catalogue.prices.values():
            price.is_deleted = price.is_deleted or price.product is product
        events.emit(self, "product.deleted", lambda: {"id": product.id, "object": "product", "deleted": True})

    # Customers

    def customer(self, name: str, email: str = "", *, card: bool = True, **more: Any) -> Customer:
        """A new customer, with a valid card unless `card` is False."""
        email = email or f"hello@{''.join(c for c in name.lower() if c.isalnum())}.example"
        customer = Customer(more.pop("id", None) or self.new_id("cus"), name, email, self.now, **more)
        self.records.customers[customer.id] = customer
        if card:
            self.add_card(customer)
        events.customer(self, customer, "customer.created")
        return customer

    def add_card(self, customer: Customer, *, exp_month: int = 12, exp_year: int = 2031, **more: Any) -> Card:
        """A new card on file, used from now on."""
        last4 = f"{(4242 + 37 * self._count('last4')) % 10_000:04d}"
        card = Card(self.new_id("pm"), self.now, more.pop("last4", last4), exp_month, exp_year, **more)
        customer.cards.insert(0, card)
        return card

    def pending_of(self, customer: Customer) -> list[PendingItem]:
        """The invoice items of a customer that wait for an invoice."""
        return self._pending.setdefault(customer.id, [])

    # Watching

    @contextmanager
    def changing(self, subscription: Subscription, cause: str, event: str | None = None) -> Iterator[None]:
        """Change a subscription inside this block: an event tells the difference, and the timeline the new state."""
        before = events.subscription_before(self, subscription)
        yield
        events.subscription_changed(self, subscription, before, event)
        self.timeline.note(subscription, self.now, cause)
