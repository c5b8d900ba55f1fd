"""Random accounts: hundreds of clients, each living through a chain of cases that its description names.

Everything happens where definitions.md says it can be seen: what only events tell happens in their last 30 days, and a
change without proration falls on a renewal. The blind spots that the definitions name are left out.
"""

import random
from collections.abc import Callable
from fractions import Fraction

from data.sources.demo import billing, discounting, payments, subscriptions
from data.sources.demo.account import Account
from data.sources.demo.catalogue import Coupon, Price, TaxRate, Tier
from data.sources.demo.ledger import Customer, Subscription
from data.sources.demo.periods import DAY, HOUR
from tests.oracle.cases import NOW

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


def build(seed: int, *, clients: int = 200, until: int = NOW, time_zone: str | None = None, later_days: int = 0) -> Account:
    """A random account as it stands at `until`; a customer's description holds its cases.

    With `later_days`, more is planned for so many days after it: `advance` the account to see it.
    """
    world = World(seed, clients, until, time_zone)
    for life in world.lives:
        _live(life, later_days)
    return world.account.advance(until)


def _live(life: Life, later_days: int) -> None:
    start = life.chance.choice(STARTS)
    start(life)
    for _ in range(life.chance.randint(0, 4)):
        if life.is_disturbed or life.at > life.world.until - 40 * DAY:
            break
        life.chance.choice(STEPS)(life)
    if not life.is_disturbed and life.chance.random() < 0.25:
        life.at = life.world.until - life.chance.randint(4, 27) * DAY - life.chance.randrange(DAY)
        life.chance.choice(RECENT)(life)
        life.is_disturbed = True
    if later_days and not life.is_disturbed and life.chance.random() < 0.5:
        life.tag("after")
        life.at = life.world.until + life.chance.randint(1, later_days - 3) * DAY + life.chance.randrange(DAY)
        life.chance.choice(RECENT)(life)
    life.account.at(life.world.until, lambda: _describe(life))


def _describe(life: Life) -> None:
    if life.customer:
        life.customer.description = " ".join(life.tags)


def _join(life: Life, items: list[tuple[Price, int]], **terms: object) -> None:
    def join() -> None:
        if life.customer is None:
            life.customer = life.account.customer(f"Client {life.number:03d}", card=bool(terms.pop("card", True)))
        life.held = subscriptions.create(life.account, life.customer, items, **terms)  # type: ignore[arg-type]

    life.plan(join)


# Beginnings


def plain(life: Life) -> None:
    """A price, a quantity, an interval."""
    interval, count = life.chance.choice(
        [("month", 1)] * 5 + [("year", 1), ("month", 3), ("month", 6), ("week", 1), ("week", 2)]
    )
    life.tag(f"{interval}{count}")
    _join(life, [(life.world.price(life.currency, interval, count), life.chance.choice([1, 1, 1, 2, 3, 7]))])


def daily(life: Life) -> None:
    """A daily price, for a while."""
    life.tag("day")
    life.at = max(life.at, life.world.until - 80 * DAY)
    _join(life, [(life.world.price(life.currency, "day"), 1)])
    life.is_disturbed = True


def odd(life: Life) -> None:
    """Tiers, transformed quantities, decimals."""
    price, kind = life.world.odd_price(life.currency)
    life.tag(kind)
    _join(life, [(price, life.chance.choice([1, 4, 5, 6, 12, 13, 31]))])


def several(life: Life) -> None:
    """Several items, sometimes more than a nested list holds."""
    count = life.chance.choice([2, 2, 3, 12])
    life.tag(f"items{count}")
    _join(life, [(life.world.price(life.currency), life.chance.choice([1, 1, 2])) for _ in range(count)])


def mixed_intervals(life: Life) -> None:
    """Monthly and yearly items in one subscription."""
    life.tag("mixed_intervals")
    _join(life, [(life.world.price(life.currency), 1), (life.world.price(life.currency, "year"), 1)])
    life.is_disturbed = True


def with_metered(life: Life) -> None:
    """A licensed item beside a metered one."""
    life.tag("metered")
    usage = life.account.price(life.world.products[3], 700, is_metered=True, currency=life.currency)
    _join(life, [(life.world.price(life.currency), 1), (usage, life.chance.randint(0, 20))])
    life.is_disturbed = True


def only_metered(life: Life) -> None:
    """No MRR at all."""
    life.tag("only_metered")
    usage = life.account.price(life.world.products[3], 700, is_metered=True, currency=life.currency)
    _join(life, [(usage, 5)])
    life.is_disturbed = True


def free(life: Life) -> None:
    """A free price, perhaps one that is paid for later."""
    life.tag("free_price")
    _join(life, [(life.account.price(life.world.products[0], 0, currency=life.currency), 1)])


def on_trial(life: Life) -> None:
    """A trial that converts."""
    life.tag("trial")
    days = life.chance.choice([7, 14, 30])
    _join(life, [(life.world.price(life.currency), 1)], trial_end=life.at + days * DAY)
    life.at += days * DAY


def trial_without_card(life: Life) -> None:
    """A trial that ends for want of a card: canceled, or paused."""
    behavior = life.chance.choice(["cancel", "pause"])
    life.tag(f"trial_{behavior}")
    price = life.world.price(life.currency)
    _join(life, [(price, 1)], trial_end=life.at + 14 * DAY, trial_end_behavior=behavior, card=False)
    life.is_disturbed = True


def discounted(life: Life) -> None:
    """A coupon from the start, on the subscription or on an item."""
    coupon = _coupon(life)
    price = life.world.price(life.currency, *life.chance.choice([("month", 1), ("month", 1), ("year", 1)]))
    items = [(price, 2)]
    if life.chance.random() < 0.4:
        items.append((life.world.price(life.currency, price.interval or "month", price.interval_count), 1))
        life.tag("items2")
    if life.chance.random() < 0.3:
        life.tag("item_coupon")
        _join(life, items, item_coupons=[coupon])
    else:
        _join(life, items, coupons=[coupon])
    if coupon.duration == "repeating" and price.interval == "year":
        life.tag("shorter_than_interval")
        life.is_disturbed = True


def two_coupons(life: Life) -> None:
    """Several coupons, one after the other."""
    life.tag("two_coupons")
    first, second = _coupon(life, lasting=True), _coupon(life, lasting=True)
    items = [(life.world.price(life.currency), 1), (life.world.price(life.currency), 2)]
    if life.chance.random() < 0.5:
        _join(life, items, coupons=[first, second])
    else:
        life.tag("item_and_subscription")
        _join(life, items, item_coupons=[first], coupons=[second])


def customer_coupon(life: Life) -> None:
    """A coupon of the customer, before any subscription."""
    life.tag("customer_coupon")
    coupon = _coupon(life, lasting=True)

    def join() -> None:
        life.customer = life.account.customer(f"Client {life.number:03d}")
        discounting.give_customer(life.account, coupon, life.customer)

    life.plan(join)
    life.at += 2 * DAY
    _join(life, [(life.world.price(life.currency), 1)])


def comped(life: Life) -> None:
    """All off from day one, for some months or for ever."""
    months = life.chance.choice([None, 2, 4])
    life.tag(f"comped{months}")
    coupon = life.account.coupon(percent=100, duration="repeating" if months else "forever", months=months)
    _join(life, [(life.world.price(life.currency), 1)], coupons=[coupon])
    life.is_disturbed = True


def stub(life: Life) -> None:
    """A first stub period up to the first of the month."""
    life.tag("stub")
    anchor = life.at + life.chance.randint(2, 25) * DAY
    coupons = [_coupon(life, lasting=True)] if life.chance.random() < 0.3 else []
    _join(life, [(life.world.price(life.currency), 1)], anchor=anchor, coupons=coupons)
    life.at = anchor


def backdated(life: Life) -> None:
    """A start before the subscription was made."""
    life.tag("backdated")
    _join(life, [(life.world.price(life.currency), 1)], start_date=life.at - life.chance.randint(3, 75) * DAY)


def invoiced(life: Life) -> None:
    """Invoices that are sent, and paid late, or never."""
    life.tag("send_invoice")
    wait = life.chance.choice([9, 45, None])
    count = life.chance.choice([1, 3, 6])
    price = life.world.price(life.currency, "month", count)
    _join(life, [(price, 1)], collection_method="send_invoice", pays_after_days=wait)
    if wait is None and life.chance.random() < 0.6:
        life.tag("voided")
        life.is_disturbed = True
        life.plan(lambda: payments.void(life.account, life.sub.customer.invoices[-1]), life.at + 100 * DAY)


def never_finalised(life: Life) -> None:
    """Drafts that nobody ever finalises."""
    life.tag("never_finalised")
    _join(life, [(life.world.price(life.currency), 1)], collection_method="send_invoice", keeps_drafts=True)
    life.is_disturbed = True


def taxed(life: Life) -> None:
    """Tax on top, or inside."""
    inclusive = life.chance.random() < 0.6
    life.tag("tax_inclusive" if inclusive else "tax_exclusive")
    rate: TaxRate = life.account.tax_rate(20, inclusive=inclusive)
    price = life.account.price(life.world.products[1], life.chance.choice([12_000, 30_000, 6_600]), currency=life.currency)
    _join(life, [(price, 1)], tax_rates=[rate])
    life.is_disturbed = True


def unpaid_first(life: Life) -> None:
    """A first payment that fails: in time again, or never."""
    recovers = life.chance.random() < 0.5
    life.tag("incomplete_active" if recovers else "incomplete_expired")
    price = life.world.price(life.currency)

    def join() -> None:
        life.customer = life.account.customer(f"Client {life.number:03d}", card=False)
        card = life.account.add_card(life.customer, is_declined=True)
        life.held = subscriptions.create(life.account, life.customer, [(price, 1)])
        if recovers:
            life.account.at(life.account.now + 5 * HOUR, lambda: setattr(card, "is_declined", False))
            retry = lambda: payments.collect(life.account, life.sub.customer.invoices[0], life.held)  # noqa: E731
            life.account.at(life.account.now + 6 * HOUR, retry)

    life.plan(join)
    life.at += 2 * DAY
    life.is_disturbed = not recovers


def one_off_payer(life: Life) -> None:
    """Invoices, but no subscription."""
    life.tag("one_off")

    def bill() -> None:
        if life.customer is None:
            life.customer = life.account.customer(f"Client {life.number:03d}")
        billing.one_off(life.account, life.customer, 45_000, "Twelve months of care", life.currency)

    for month in range(life.chance.randint(1, 6)):
        life.plan(bill, life.at + month * 31 * DAY)
    life.is_disturbed = True


def two_subscriptions(life: Life) -> None:
    """Two subscriptions of one client, of which one ends."""
    life.tag("two_subscriptions")
    price = life.world.price(life.currency)
    _join(life, [(life.world.price(life.currency), 1)])
    second: list[Subscription] = []
    trial = life.chance.random() < 0.3

    def add() -> None:
        if life.customer:
            end = life.account.now + 14 * DAY if trial else None
            second.append(subscriptions.create(life.account, life.customer, [(price, 1)], trial_end=end))

    life.plan(add, life.at + 17 * DAY)
    if life.chance.random() < 0.6:
        life.plan(lambda: second and subscriptions.cancel(life.account, second[0]), life.at + 90 * DAY)


def _coupon(life: Life, *, lasting: bool = False) -> Coupon:
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


# What happens later, in reconstructed time


def quantity(life: Life) -> None:
    """Another quantity in mid-period, prorated."""
    life.tag("quantity")
    count = life.chance.randint(1, 9)
    life.later(20, 90)
    how = life.chance.choice(["create_prorations", "always_invoice"])
    change = lambda: subscriptions.change(life.account, life.sub, life.sub.items[0], quantity=count, proration=how)  # noqa: E731
    life.plan(life.alive(change))
    life.at += 32 * DAY


def price(life: Life) -> None:
    """Another price of the same interval in mid-period, prorated."""
    life.tag("price")
    life.later(20, 90)

    def change() -> None:
        item = life.sub.items[0]
        other = life.world.price(life.sub.currency, item.price.interval or "month", item.price.interval_count)
        subscriptions.change(life.account, life.sub, item, price=other)

    life.plan(life.alive(change))
    life.at += 32 * DAY


def interval(life: Life) -> None:
    """From whatever interval to a year, which starts a new period."""
    life.tag("to_yearly")
    life.later(20, 90)
    yearly = life.world.price(life.currency, "year")

    def change() -> None:
        if len(life.sub.items) == 1 and not _repeating(life):
            subscriptions.change(life.account, life.sub, life.sub.items[0], price=yearly)

    life.plan(life.alive(change))
    life.at += 32 * DAY


def _repeating(life: Life) -> bool:
    owners = [life.sub, *life.sub.items]
    return any(one.coupon.duration == "repeating" for owner in owners for one in owner.discounts)


def scheduled(life: Life) -> None:
    """A change planned for the next renewal, without proration."""
    life.tag("scheduled")
    life.later(20, 90)

    def plan() -> None:
        item = life.sub.items[0]
        other = life.world.price(life.sub.currency, item.price.interval or "month", item.price.interval_count)
        subscriptions.schedule_change(life.account, life.sub, other, life.chance.randint(1, 4))

    life.plan(life.alive(plan))
    life.at += 64 * DAY


def more_items(life: Life) -> None:
    """An item added, and perhaps taken away again."""
    life.tag("item_added")
    life.later(20, 90)
    added: list = []
    goes = life.chance.random() < 0.6

    def add() -> None:
        first = life.sub.items[0].price
        extra = life.world.price(life.sub.currency, first.interval or "month", first.interval_count)
        added.append(subscriptions.add_item(life.account, life.sub, extra, life.chance.randint(1, 3)))

    def remove() -> None:
        if added and added[0] in life.sub.items:
            subscriptions.remove_item(life.account, life.sub, added[0])

    life.plan(life.alive(add))
    if goes:
        life.tag("item_removed")
        life.later(35, 80)
        life.plan(life.alive(remove))
    life.at += 32 * DAY


def coupon_later(life: Life) -> None:
    """A coupon given in mid-life, and perhaps taken away long ago."""
    life.later(20, 90)
    coupon = _coupon(life, lasting=True)
    taken = life.chance.random() < 0.5
    given: list = []

    def give() -> None:
        first = life.sub.items[0].price
        if not life.sub.discounts and (first.interval, first.interval_count) == ("month", 1):
            given.append(discounting.give(life.account, coupon, life.sub))

    life.plan(life.alive(give))
    if taken:
        life.tag("coupon_removed")
        life.later(40, 120)
        life.plan(life.alive(lambda: given and discounting.remove(life.account, given[0])))
    life.at += 190 * DAY if taken else 32 * DAY


def comp_later(life: Life) -> None:
    """All off for some months."""
    life.tag("comped_later")
    life.later(20, 90)
    months = life.chance.randint(1, 4)
    coupon = life.account.coupon(percent=100, duration="repeating", months=months)

    def give() -> None:
        first = life.sub.items[0].price
        if (first.interval, first.interval_count) == ("month", 1) and not life.sub.discounts and not life.sub.customer.discount:
            discounting.give(life.account, coupon, life.sub)

    life.plan(life.alive(give))
    life.at += (months * 31 + 5) * DAY


def failing(life: Life) -> None:
    """A card that fails: for a while, or until the subscription ends."""
    end = life.chance.choice(["recovers", "cancel", "unpaid", "past_due"])
    life.tag(f"failing_{end}")
    life.later(20, 90)

    def decline() -> None:
        life.sub.dunning = "cancel" if end == "recovers" else end
        if life.sub.customer.card:
            life.sub.customer.card.is_declined = True

    def mend() -> None:
        due = min(item.period_end for item in life.sub.items)
        if life.sub.customer.card:
            card = life.sub.customer.card
            life.account.at(due + 5 * DAY, lambda: setattr(card, "is_declined", False))

    life.plan(life.alive(decline))
    if end == "recovers":
        life.plan(life.alive(mend), life.at + 1)
    life.is_disturbed = True


def draft_hole(life: Life) -> None:
    """Some invoices that stay drafts."""
    life.tag("draft_hole")
    life.later(20, 90)

    def begin() -> None:
        first = life.sub.items[0].price
        is_monthly = (first.interval, first.interval_count) == ("month", 1)
        life.sub.keeps_drafts = is_monthly and not life.account.pending_of(life.sub.customer)

    life.plan(life.alive(begin))
    life.at += 62 * DAY
    life.plan(life.alive(lambda: setattr(life.sub, "keeps_drafts", False)))
    life.at += 32 * DAY


def extra_bill(life: Life) -> None:
    """A one-off line on the next invoice."""
    life.tag("one_off_line")
    life.later(20, 90)

    def add() -> None:
        line = billing.one_off_line(life.account, 12_345, "New page")
        billing.add_pending(life.account, life.sub.customer, life.sub.currency, line)

    life.plan(life.alive(add))


def money_back(life: Life) -> None:
    """Refunds, disputes, credit notes: none of them is a movement."""
    life.tag("money_back")
    life.later(20, 90)

    def undo() -> None:
        bill = life.sub.customer.invoices[-1]
        charge = payments.charge_of(life.account, bill)
        if charge and charge.amount:
            life.chance.choice([payments.refund, payments.dispute])(life.account, charge)
        if bill.due > 300 and bill.status == "paid":
            payments.credit(life.account, bill, 300)

    life.plan(life.alive(undo))


def free_period(life: Life) -> None:
    """A free period on a running subscription."""
    life.tag("free_period")
    life.later(20, 90)
    life.plan(life.alive(lambda: subscriptions.give_free_period(life.account, life.sub, 40)))
    life.at += 45 * DAY


def leave(life: Life) -> None:
    """A cancellation: at once, at the period's end, at a date, with or without credit; and perhaps a return."""
    how = life.chance.choice(["now", "credit", "period_end", "date", "same_day", "delete_customer"])
    life.tag(f"leave_{how}")
    life.later(20, 120)
    again = life.world.price(life.currency)
    back = life.chance.random() < 0.5

    def go() -> None:
        if how == "delete_customer":
            subscriptions.delete_customer(life.account, life.sub.customer)
        else:
            at = life.account.now + 11 * DAY if how == "date" else None
            subscriptions.cancel(
                life.account, life.sub, at_period_end=how == "period_end", at=at, prorate=how == "credit", feedback="unused"
            )
        if how == "same_day":
            life.held = subscriptions.create(life.account, life.sub.customer, [(again, 1)])

    def come_back() -> None:
        if life.held and life.held.is_over and life.customer and life.customer.deleted_at is None:
            life.held = subscriptions.create(life.account, life.customer, [(again, life.chance.randint(1, 2))])

    life.plan(life.alive(go))
    if back and how in ("now", "credit", "period_end", "date"):
        life.tag("return")
        life.later(70, 150)
        life.plan(come_back)
    elif how != "same_day":
        life.is_disturbed = True
    life.at += 3 * DAY


def other_currency(life: Life) -> None:
    """The same client goes on in another currency."""
    life.tag("other_currency")
    life.later(20, 90)
    life.currency = {"usd": "eur", "eur": "usd", "jpy": "usd"}[life.currency]
    again = life.world.price(life.currency)

    def switch() -> None:
        subscriptions.cancel(life.account, life.sub)
        life.held = subscriptions.create(life.account, life.sub.customer, [(again, 1)])

    life.plan(life.alive(switch))
    life.at += 32 * DAY


# What happens in the last 30 days, where events tell it


def pause_recent(life: Life) -> None:
    """Paused, and perhaps resumed or lost."""
    after = life.chance.choice(["stays", "resumes", "lost"])
    life.tag(f"paused_{after}")
    life.plan(life.alive(lambda: subscriptions.pause(life.account, life.sub)))
    second = life.at + 2 * DAY
    if after == "resumes":
        life.plan(lambda: life.held and subscriptions.resume(life.account, life.sub), second)
    elif after == "lost":
        life.plan(lambda: life.held and subscriptions.cancel(life.account, life.sub), second)


def collection_recent(life: Life) -> None:
    """Collection paused, and perhaps resumed."""
    resumes = life.chance.random() < 0.5
    life.tag("collection_resumed" if resumes else "collection_paused")
    behavior = life.chance.choice(["void", "keep_as_draft", "mark_uncollectible"])
    life.plan(life.alive(lambda: subscriptions.pause_collection(life.account, life.sub, behavior)))
    if resumes:
        life.plan(lambda: life.held and subscriptions.resume_collection(life.account, life.sub), life.at + 2 * DAY)


def change_recent(life: Life) -> None:
    """Another quantity, with or without proration."""
    how = life.chance.choice(["none", "create_prorations", "always_invoice"])
    life.tag(f"recent_{how}")
    count = life.chance.randint(1, 9)
    change = lambda: subscriptions.change(life.account, life.sub, life.sub.items[0], quantity=count, proration=how)  # noqa: E731
    life.plan(life.alive(change))


def coupon_recent(life: Life) -> None:
    """A coupon given, or the one that is there taken away."""
    life.tag("coupon_recent")
    coupon = life.account.coupon(percent=15)

    def toggle() -> None:
        if life.sub.discounts:
            discounting.remove(life.account, life.sub.discounts[0])
        else:
            discounting.give(life.account, coupon, life.sub)

    life.plan(life.alive(toggle))


def leave_recent(life: Life) -> None:
    """A cancellation at once, or one that is only planned."""
    planned = life.chance.random() < 0.5
    life.tag("leaves_soon" if planned else "left_recently")
    life.plan(life.alive(lambda: subscriptions.cancel(life.account, life.sub, at_period_end=planned)))


STARTS: list[Callable[[Life], None]] = [
    *[plain] * 6,
    daily,
    odd,
    odd,
    several,
    several,
    mixed_intervals,
    with_metered,
    only_metered,
    free,
    on_trial,
    on_trial,
    trial_without_card,
    discounted,
    discounted,
    discounted,
    two_coupons,
    customer_coupon,
    comped,
    stub,
    stub,
    backdated,
    invoiced,
    invoiced,
    never_finalised,
    taxed,
    taxed,
    unpaid_first,
    one_off_payer,
    two_subscriptions,
]
STEPS: list[Callable[[Life], None]] = [
    quantity,
    quantity,
    price,
    price,
    interval,
    scheduled,
    more_items,
    more_items,
    coupon_later,
    comp_later,
    failing,
    draft_hole,
    extra_bill,
    money_back,
    free_period,
    leave,
    leave,
    leave,
    other_currency,
]
RECENT: list[Callable[[Life], None]] = [pause_recent, collection_recent, change_recent, coupon_recent, leave_recent]
