"""How the clients of a random account begin: each function is one kind of first subscription, or of none."""

from collections.abc import Callable

from data.sources.demo import billing, discounting, payments, subscriptions
from data.sources.demo.catalogue import TaxRate
from data.sources.demo.ledger import Subscription
from data.sources.demo.periods import DAY, HOUR
from tests.oracle.world import Life, begin_with, make_coupon


def plain(life: Life) -> None:
    """A price, a quantity, an interval."""
    interval, count = life.chance.choice(
        [("month", 1)] * 5 + [("year", 1), ("month", 3), ("month", 6), ("week", 1), ("week", 2)]
    )
    life.tag(f"{interval}{count}")
    begin_with(life, [(life.world.price(life.currency, interval, count), life.chance.choice([1, 1, 1, 2, 3, 7]))])


def daily(life: Life) -> None:
    """A daily price, for a while."""
    life.tag("day")
    life.at = max(life.at, life.world.until - 80 * DAY)
    begin_with(life, [(life.world.price(life.currency, "day"), 1)])
    life.is_disturbed = True


def odd(life: Life) -> None:
    """Tiers, transformed quantities, decimals."""
    price, kind = life.world.odd_price(life.currency)
    life.tag(kind)
    begin_with(life, [(price, life.chance.choice([1, 4, 5, 6, 12, 13, 31]))])


def several(life: Life) -> None:
    """Several items, sometimes more than a nested list holds."""
    count = life.chance.choice([2, 2, 3, 12])
    life.tag(f"items{count}")
    begin_with(life, [(life.world.price(life.currency), life.chance.choice([1, 1, 2])) for _ in range(count)])


def mixed_intervals(life: Life) -> None:
    """Monthly and yearly items in one subscription."""
    life.tag("mixed_intervals")
    begin_with(life, [(life.world.price(life.currency), 1), (life.world.price(life.currency, "year"), 1)])
    life.is_disturbed = True


def with_metered(life: Life) -> None:
    """A licensed item beside a metered one."""
    life.tag("metered")
    usage = life.account.price(life.world.products[3], 700, is_metered=True, currency=life.currency)
    begin_with(life, [(life.world.price(life.currency), 1), (usage, life.chance.randint(0, 20))])
    life.is_disturbed = True


def only_metered(life: Life) -> None:
    """No MRR at all."""
    life.tag("only_metered")
    usage = life.account.price(life.world.products[3], 700, is_metered=True, currency=life.currency)
    begin_with(life, [(usage, 5)])
    life.is_disturbed = True


def free(life: Life) -> None:
    """A free price, perhaps one that is paid for later."""
    life.tag("free_price")
    begin_with(life, [(life.account.price(life.world.products[0], 0, currency=life.currency), 1)])


def on_trial(life: Life) -> None:
    """A trial that converts."""
    life.tag("trial")
    days = life.chance.choice([7, 14, 30])
    begin_with(life, [(life.world.price(life.currency), 1)], trial_end=life.at + days * DAY)
    life.at += days * DAY


def trial_without_card(life: Life) -> None:
    """A trial that ends for want of a card: canceled, or paused."""
    behavior = life.chance.choice(["cancel", "pause"])
    life.tag(f"trial_{behavior}")
    price = life.world.price(life.currency)
    begin_with(life, [(price, 1)], trial_end=life.at + 14 * DAY, trial_end_behavior=behavior, card=False)
    life.is_disturbed = True


def discounted(life: Life) -> None:
    """A coupon from the start, on the subscription or on an item."""
    coupon = make_coupon(life)
    price = life.world.price(life.currency, *life.chance.choice([("month", 1), ("month", 1), ("year", 1)]))
    items = [(price, 2)]
    if life.chance.random() < 0.4:
        items.append((life.world.price(life.currency, price.interval or "month", price.interval_count), 1))
        life.tag("items2")
    if life.chance.random() < 0.3:
        life.tag("item_coupon")
        begin_with(life, items, item_coupons=[coupon])
    else:
        begin_with(life, items, coupons=[coupon])
    if coupon.duration == "repeating" and price.interval == "year":
        life.tag("shorter_than_interval")
        life.is_disturbed = True


def two_coupons(life: Life) -> None:
    """Several coupons, one after the other."""
    life.tag("two_coupons")
    first, second = make_coupon(life, lasting=True), make_coupon(life, lasting=True)
    items = [(life.world.price(life.currency), 1), (life.world.price(life.currency), 2)]
    if life.chance.random() < 0.5:
        begin_with(life, items, coupons=[first, second])
    else:
        life.tag("item_and_subscription")
        begin_with(life, items, item_coupons=[first], coupons=[second])


def customer_coupon(life: Life) -> None:
    """A coupon of the customer, before any subscription."""
    life.tag("customer_coupon")
    coupon = make_coupon(life, lasting=True)

    def join() -> None:
        life.customer = life.account.customer(f"Client {life.number:03d}")
        discounting.give_customer(life.account, coupon, life.customer)

    life.plan(join)
    life.at += 2 * DAY
    begin_with(life, [(life.world.price(life.currency), 1)])


def comped(life: Life) -> None:
    """All off from day one, for some months or for ever."""
    months = life.chance.choice([None, 2, 4])
    life.tag(f"comped{months}")
    coupon = life.account.coupon(percent=100, duration="repeating" if months else "forever", months=months)
    begin_with(life, [(life.world.price(life.currency), 1)], coupons=[coupon])
    life.is_disturbed = True


def stub(life: Life) -> None:
    """A first stub period up to the first of the month."""
    life.tag("stub")
    anchor = life.at + life.chance.randint(2, 25) * DAY
    coupons = [make_coupon(life, lasting=True)] if life.chance.random() < 0.3 else []
    begin_with(life, [(life.world.price(life.currency), 1)], anchor=anchor, coupons=coupons)
    life.at = anchor


def backdated(life: Life) -> None:
    """A start before the subscription was made."""
    life.tag("backdated")
    begin_with(life, [(life.world.price(life.currency), 1)], start_date=life.at - life.chance.randint(3, 75) * DAY)


def invoiced(life: Life) -> None:
    """Invoices that are sent, and paid late, or never."""
    life.tag("send_invoice")
    wait = life.chance.choice([9, 45, None])
    count = life.chance.choice([1, 3, 6])
    price = life.world.price(life.currency, "month", count)
    begin_with(life, [(price, 1)], collection_method="send_invoice", pays_after_days=wait)
    if wait is None and life.chance.random() < 0.6:
        life.tag("voided")
        life.is_disturbed = True
        life.plan(lambda: payments.void(life.account, life.sub.customer.invoices[-1]), life.at + 100 * DAY)


def never_finalised(life: Life) -> None:
    """Drafts that nobody ever finalises."""
    life.tag("never_finalised")
    begin_with(life, [(life.world.price(life.currency), 1)], collection_method="send_invoice", keeps_drafts=True)
    life.is_disturbed = True


def taxed(life: Life) -> None:
    """Tax on top, or inside."""
    inclusive = life.chance.random() < 0.6
    life.tag("tax_inclusive" if inclusive else "tax_exclusive")
    rate: TaxRate = life.account.tax_rate(20, inclusive=inclusive)
    price = life.account.price(life.world.products[1], life.chance.choice([12_000, 30_000, 6_600]), currency=life.currency)
    begin_with(life, [(price, 1)], tax_rates=[rate])
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
    begin_with(life, [(life.world.price(life.currency), 1)])
    second: list[Subscription] = []
    trial = life.chance.random() < 0.3

    def add() -> None:
        if life.customer:
            end = life.account.now + 14 * DAY if trial else None
            second.append(subscriptions.create(life.account, life.customer, [(price, 1)], trial_end=end))

    life.plan(add, life.at + 17 * DAY)
    if life.chance.random() < 0.6:
        life.plan(lambda: second and subscriptions.cancel(life.account, second[0]), life.at + 90 * DAY)


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
