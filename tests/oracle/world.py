"""What random accounts are made of: the account with what it sells, and one client's life in it."""

import random
from collections.abc import Callable
from fractions import Fraction

from data.sources.demo import subscriptions
from data.sources.demo.account import Account
from data.sources.demo.catalogue import Coupon, Price, Tier
from data.sources.demo.ledger import Customer, Subscription
from data.sources.demo.periods import DAY, HOUR

MONTHS = 30
ZONES = ("Etc/UTC", "Europe/Paris", "America/New_York", "Asia/Tokyo")
CURRENCIES = ("usd", "usd", "usd", "usd", "eur", "eur", "jpy")


class Life:
    """One client's life: a cursor in time that each step moves on, and the tags of what happened."""

    def __init__(self, world: "World", number: int) -> None:
        self.world = world
        self.account = world.account
        self.chance = world.chance
        self.tags: list[str] = []
        self.number = number
        self.currency = self.chance.choice(CURRENCIES)
        self.at = world.start + self.chance.randrange((world.until - world.start) // DAY - 5) * DAY + self._clock()
        self.customer: Customer | None = None
        self.held: Subscription | None = None
        self.is_disturbed = False  # its periods no longer run as planned: no further steps

    def _clock(self) -> int:
        return self.chance.choice([0, self.chance.randrange(DAY), 12 * HOUR, 23 * HOUR + 59 * 60])

    def later(self, least: int, most: int) -> int:
        """Move the cursor some days on."""
        self.at += self.chance.randint(least, most) * DAY + self.chance.randrange(6 * HOUR)
        return self.at

    def plan(self, action: Callable[[], object], at: int | None = None) -> None:
        """Let something happen at the cursor (or at `at`), if the subscription is still there then."""
        self.account.at(self.at if at is None else at, action)

    def tag(self, name: str) -> None:
        """Remember a case."""
        self.tags.append(name)

    @property
    def sub(self) -> Subscription:
        """The subscription; only valid once it was made."""
        assert self.held is not None
        return self.held

    def alive(self, action: Callable[[], object]) -> Callable[[], None]:
        """The action, only while the subscription runs."""

        def run() -> None:
            if self.held and self.held.status in ("active", "past_due"):
                action()

        return run


class World:
    """The account in the making and what it sells."""

    def __init__(self, seed: int, clients: int, until: int, time_zone: str | None) -> None:
        self.chance = random.Random(seed)
        self.until = until
        self.start = until - MONTHS * 31 * DAY
        zone = time_zone or self.chance.choice(ZONES)
        self.account = Account(start=self.start, name="Random", tag=f"r{seed}", time_zone=zone, events_from=until - 31 * DAY)
        self.products = [self.account.product(name) for name in ("Basic", "Plus", "Care", "Hosting", "Extra site")]
        self.prices: dict[tuple[str, int, str], list[Price]] = {}
        self.lives = [Life(self, number) for number in range(clients)]

    def price(self, currency: str, interval: str = "month", count: int = 1) -> Price:
        """Some price of this interval; amounts divide by nothing in particular."""
        known = self.prices.setdefault((interval, count, currency), [])
        if len(known) < 6:
            months = count * {"month": 1, "year": 12}.get(interval, 1)
            scale = 100 if currency != "jpy" else 120
            unit = self.chance.choice([9, 15, 29, 99, 120, 150, 350, 750]) * scale * months + self.chance.choice([0, 0, 1, 90])
            if interval in ("week", "day"):
                unit = max(100, unit // 8)
            product = self.chance.choice(self.products)
            known.append(self.account.price(product, unit, interval, count, currency=currency))
        return self.chance.choice(known)

    def odd_price(self, currency: str) -> tuple[Price, str]:
        """A price that is more than a unit amount, and what it is."""
        product = self.chance.choice(self.products)
        kind = self.chance.choice(["graduated", "volume", "transform", "decimal"])
        if kind == "transform":
            price = self.account.price(
                product, 2_500, divide_by=10, divide_round=self.chance.choice(["up", "down"]), currency=currency
            )
        elif kind == "decimal":
            price = self.account.price(product, Fraction("1234.56"), currency=currency)
        else:
            tiers = [Tier(5, Fraction(1_100)), Tier(12, Fraction(900), 300), Tier(None, Fraction("512.5"), 700)]
            price = self.account.tiered_price(product, kind, tiers, currency=currency)
        return price, kind


def begin_with(life: Life, items: list[tuple[Price, int]], **terms: object) -> None:
    def begin() -> None:
        if life.customer is None:
            life.customer = life.account.customer(f"Client {life.number:03d}", card=bool(terms.pop("card", True)))
        life.held = subscriptions.create(life.account, life.customer, items, **terms)  # type: ignore[arg-type]

    life.plan(begin)


def make_coupon(life: Life, *, lasting: bool = False) -> Coupon:
    kind = "forever" if lasting else life.chance.choice(["forever", "repeating", "once"])
    life.tag(f"coupon_{kind}")
    months = life.chance.randint(1, 6) if kind == "repeating" else None
    products = (life.chance.choice(life.world.products).id,) if life.chance.random() < 0.15 else ()
    if products:
        life.tag("applies_to")
    terms = {"duration": kind, "months": months, "products": products}
    if life.chance.random() < 0.4:
        life.tag("amount_off")
        return life.account.coupon(amount_off=life.chance.choice([500, 1_999]), currency=life.currency, **terms)  # type: ignore[arg-type]
    return life.account.coupon(percent=life.chance.choice([10, 25, 50, "33.33"]), **terms)  # type: ignore[arg-type]
