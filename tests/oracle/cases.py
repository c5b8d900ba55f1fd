"""Hand-made minimal accounts: one for each row of definitions.md's case table, named by its case.

A case plays in 2025 and 2026 and is seen at NOW. Where history is a matter of events, it plays within their 30 days.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from data.sources.demo import billing, discounting, payments, subscriptions
from data.sources.demo.account import Account
from data.sources.demo.catalogue import Price, Tier
from data.sources.demo.periods import DAY, HOUR, instant

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


def build(*names: str, time_zone: str = "Etc/UTC", until: int = NOW) -> Account:
    """One account with a client for each of these cases (none named: for all), named by it, as it stands at `until`."""
    account = Account(start=START, tag="case", time_zone=time_zone)
    for name in names or CASES:
        CASES[name](Case(name, account, account.price(account.product("Care"), 10_000)))
    return account.advance(until)


# interval, quantity, prices


@case
def interval_year(it: Case) -> None:
    it.start(it.yearly(50_000))


@case
def interval_week(it: Case) -> None:
    it.start(it.account.price(it.price.product, 2_500, "week"))


@case
def interval_day(it: Case) -> None:
    it.start(it.account.price(it.price.product, 333, "day"), at=instant(2026, 8, 3))


@case
def interval_quarter(it: Case) -> None:
    it.start(it.account.price(it.price.product, 10_001, "month", 3))


@case
def interval_two_weeks(it: Case) -> None:
    it.start(it.account.price(it.price.product, 5_000, "week", 2))


@case
def interval_mixed(it: Case) -> None:
    it.start(items=[(it.price, 1), (it.yearly(), 2)])


@case
def interval_switch_is_no_movement(it: Case) -> None:
    held, yearly = it.start(), it.yearly()
    it.on(2025, 9, 17, lambda: subscriptions.change(it.account, held[0], held[0].items[0], price=yearly))


@case
def month_end_anchor(it: Case) -> None:
    it.start(at=instant(2025, 1, 31, 22))


@case
def leap_day_anchor(it: Case) -> None:
    it.start(it.yearly(), at=instant(2025, 2, 28, 23, 30))


@case
def quantity_change_prorated(it: Case) -> None:
    held = it.start(quantity=3)
    it.on(2025, 6, 20, lambda: subscriptions.change(it.account, held[0], held[0].items[0], quantity=5))
    it.on(2026, 2, 14, lambda: subscriptions.change(it.account, held[0], held[0].items[0], quantity=2))


@case
def price_change_invoiced_at_once(it: Case) -> None:
    held, dearer = it.start(), it.account.price(it.price.product, 17_500)
    it.on(
        2025,
        6,
        20,
        lambda: subscriptions.change(it.account, held[0], held[0].items[0], price=dearer, proration="always_invoice"),
    )


@case
def price_change_pending(it: Case) -> None:
    held, dearer = it.start(), it.account.price(it.price.product, 17_500)
    it.on(2026, 11, 18, lambda: subscriptions.change(it.account, held[0], held[0].items[0], price=dearer))


@case
def price_change_without_proration_recent(it: Case) -> None:
    held, dearer = it.start(), it.account.price(it.price.product, 17_500)
    it.account.at(RECENT, lambda: subscriptions.change(it.account, held[0], held[0].items[0], price=dearer, proration="none"))


@case
def transform_quantity(it: Case) -> None:
    it.start(it.account.price(it.price.product, 1_000, divide_by=10, divide_round="up"), quantity=25)


@case
def several_items(it: Case) -> None:
    it.start(items=[(it.price, 2), (it.account.price(it.account.product("Extra"), 2_500), 3)])


@case
def twelve_items(it: Case) -> None:
    extra = it.account.product("Extra")
    it.start(items=[(it.account.price(extra, 1_000 + 100 * number), 1) for number in range(12)])


@case
def item_added_and_removed(it: Case) -> None:
    held, extra = it.start(), it.account.price(it.account.product("Extra"), 4_000)
    added: list = []
    it.on(2025, 7, 5, lambda: added.append(subscriptions.add_item(it.account, held[0], extra, 2)))
    it.on(2026, 1, 23, lambda: subscriptions.remove_item(it.account, held[0], added[0]))


@case
def item_removed_pending(it: Case) -> None:
    extra = it.account.price(it.account.product("Extra"), 4_000)
    held = it.start(items=[(it.price, 1), (extra, 1)])
    it.on(2026, 11, 15, lambda: subscriptions.remove_item(it.account, held[0], held[0].items[1]))


@case
def tiered_graduated(it: Case) -> None:
    tiers = [Tier(5, Fraction(1_000)), Tier(20, Fraction(800), 500), Tier(None, Fraction(1201, 2))]
    held = it.start(it.account.tiered_price(it.price.product, "graduated", tiers), quantity=27)
    it.on(2025, 8, 1, lambda: subscriptions.change(it.account, held[0], held[0].items[0], quantity=4))


@case
def tiered_volume(it: Case) -> None:
    tiers = [Tier(10, Fraction(1_000)), Tier(None, Fraction(700), 1_000)]
    held = it.start(it.account.tiered_price(it.price.product, "volume", tiers), quantity=10)
    it.on(2025, 8, 1, lambda: subscriptions.change(it.account, held[0], held[0].items[0], quantity=11))


@case
def metered_usage(it: Case) -> None:
    usage = it.account.price(it.account.product("Hours"), 5_000, is_metered=True)
    it.start(items=[(it.price, 1), (usage, 7)])


@case
def metered_only(it: Case) -> None:
    it.start(it.account.price(it.account.product("Hours"), 5_000, is_metered=True), quantity=7)


@case
def one_off_invoice(it: Case) -> None:
    it.on(2025, 5, 5, lambda: billing.one_off(it.account, it.account.customer(it.name), 240_000, "Twelve months of care"))


@case
def one_off_line_on_a_subscription(it: Case) -> None:
    held = it.start()

    def add() -> None:
        line = billing.one_off_line(it.account, 30_000, "New page")
        billing.add_pending(it.account, held[0].customer, "usd", line)

    it.on(2025, 6, 1, add)


# coupons


@case
def coupon_forever(it: Case) -> None:
    it.start(coupons=[it.account.coupon(percent=25)])


@case
def coupon_repeating(it: Case) -> None:
    it.start(coupons=[it.account.coupon(percent=50, duration="repeating", months=3)])


@case
def coupon_repeating_added_in_mid_period(it: Case) -> None:
    held, coupon = it.start(), it.account.coupon(percent=50, duration="repeating", months=4)
    it.on(2025, 7, 22, lambda: discounting.give(it.account, coupon, held[0]))


@case
def coupon_repeating_shorter_than_a_year(it: Case) -> None:
    it.start(it.yearly(), coupons=[it.account.coupon(percent=20, duration="repeating", months=3)])


@case
def coupon_once(it: Case) -> None:
    it.start(
        it.account.price(it.price.product, 1_500),
        coupons=[it.account.coupon(amount_off=1_400, currency="usd", duration="once")],
    )


@case
def coupon_once_full(it: Case) -> None:
    it.start(coupons=[it.account.coupon(percent=100, duration="once")])


@case
def coupon_amount_off_yearly(it: Case) -> None:
    it.start(it.yearly(), coupons=[it.account.coupon(amount_off=24_000, currency="usd")])


@case
def coupon_amount_off_spread_over_items(it: Case) -> None:
    extra = it.account.price(it.account.product("Extra"), 5_000)
    it.start(items=[(it.price, 1), (extra, 1)], coupons=[it.account.coupon(amount_off=3_100, currency="usd")])


@case
def coupon_amount_off_never_below_zero(it: Case) -> None:
    held, coupon = it.start(), it.account.coupon(amount_off=99_000, currency="usd")
    it.on(2025, 7, 10, lambda: discounting.give(it.account, coupon, held[0]))


@case
def coupon_applies_to_products(it: Case) -> None:
    extra = it.account.price(it.account.product("Extra"), 5_000)
    coupon = it.account.coupon(percent=40, products=(extra.product.id,))
    it.start(items=[(it.price, 1), (extra, 2)], coupons=[coupon])


@case
def coupon_of_an_item(it: Case) -> None:
    extra = it.account.price(it.account.product("Extra"), 5_000)
    it.start(items=[(it.price, 1), (extra, 2)], item_coupons=[it.account.coupon(percent=10)])


@case
def coupon_of_the_customer(it: Case) -> None:
    held, coupon = it.start(), it.account.coupon(percent=30)
    it.on(2025, 7, 22, lambda: discounting.give_customer(it.account, coupon, held[0].customer))


@case
def coupons_in_order(it: Case) -> None:
    first, second = it.account.coupon(amount_off=1_000, currency="usd"), it.account.coupon(percent=50)
    it.start(coupons=[first, second])


@case
def coupons_of_item_and_subscription(it: Case) -> None:
    of_item, of_all = it.account.coupon(percent=10), it.account.coupon(amount_off=2_000, currency="usd")
    it.start(item_coupons=[of_item], coupons=[of_all])


@case
def coupon_removed_at_renewal(it: Case) -> None:
    held, coupon = it.start(), it.account.coupon(percent=25)
    given: list = []
    it.on(2025, 5, 2, lambda: given.append(discounting.give(it.account, coupon, held[0])))
    it.on(2025, 10, 10, lambda: discounting.remove(it.account, given[0]))


@case
def coupon_removed_in_mid_period_long_ago(it: Case) -> None:
    held = it.start(coupons=[it.account.coupon(percent=25)])
    it.on(2025, 10, 22, lambda: discounting.remove(it.account, held[0].discounts[0]))


@case
def coupon_removed_recently(it: Case) -> None:
    held = it.start(coupons=[it.account.coupon(percent=25)])
    it.account.at(RECENT, lambda: discounting.remove(it.account, held[0].discounts[0]))


@case
def coupon_deleted(it: Case) -> None:
    coupon = it.account.coupon(percent=25)
    it.start(coupons=[coupon])
    it.on(2025, 9, 1, lambda: it.account.delete_coupon(coupon))


@case
def comped_later(it: Case) -> None:
    held, coupon = it.start(), it.account.coupon(percent=100, duration="repeating", months=2)
    it.on(2025, 8, 10, lambda: discounting.give(it.account, coupon, held[0]))


@case
def comped_from_day_one(it: Case) -> None:
    it.start(coupons=[it.account.coupon(percent=100, duration="repeating", months=3)])


@case
def comped_for_ever(it: Case) -> None:
    it.start(coupons=[it.account.coupon(percent=100)])


@case
def churned_and_back_comped(it: Case) -> None:
    held = it.start()
    coupon = it.account.coupon(percent=100, duration="repeating", months=2)
    it.on(2025, 6, 15, lambda: subscriptions.cancel(it.account, held[0]))
    it.on(2025, 9, 3, lambda: subscriptions.create(it.account, held[0].customer, [(it.price, 1)], coupons=[coupon]))


@case
def comped_and_lost(it: Case) -> None:
    held, coupon = it.start(), it.account.coupon(percent=100)
    it.on(2025, 8, 10, lambda: discounting.give(it.account, coupon, held[0]))
    it.on(2025, 11, 20, lambda: subscriptions.cancel(it.account, held[0]))


@case
def moved_to_a_free_price(it: Case) -> None:
    held, free = it.start(), it.account.price(it.price.product, 0)
    it.on(2025, 8, 14, lambda: subscriptions.change(it.account, held[0], held[0].items[0], price=free))
    it.on(2025, 12, 5, lambda: subscriptions.change(it.account, held[0], held[0].items[0], price=it.price))


@case
def free_price_from_day_one(it: Case) -> None:
    it.start(it.account.price(it.price.product, 0))


# tax


@case
def tax_exclusive(it: Case) -> None:
    it.start(tax_rates=[it.account.tax_rate(20, inclusive=False)])


@case
def tax_inclusive(it: Case) -> None:
    it.start(it.account.price(it.price.product, 12_000), tax_rates=[it.account.tax_rate(20, inclusive=True)])


# pauses


@case
def paused_recently(it: Case) -> None:
    held = it.start()
    it.account.at(RECENT, lambda: subscriptions.pause(it.account, held[0]))


@case
def paused_long_ago(it: Case) -> None:
    held = it.start()
    it.on(2026, 2, 17, lambda: subscriptions.pause(it.account, held[0]))


@case
def paused_and_resumed_recently(it: Case) -> None:
    held = it.start()
    it.on(2026, 10, 27, lambda: subscriptions.pause(it.account, held[0]))
    it.on(2026, 11, 12, lambda: subscriptions.resume(it.account, held[0]))


@case
def paused_and_lost_recently(it: Case) -> None:
    held = it.start()
    it.on(2026, 10, 27, lambda: subscriptions.pause(it.account, held[0]))
    it.on(2026, 11, 12, lambda: subscriptions.cancel(it.account, held[0]))


@case
def collection_paused_recently(it: Case) -> None:
    held = it.start()
    it.account.at(RECENT, lambda: subscriptions.pause_collection(it.account, held[0], "void"))


@case
def collection_paused_and_resumed_recently(it: Case) -> None:
    held = it.start()
    it.on(2026, 10, 27, lambda: subscriptions.pause_collection(it.account, held[0], "keep_as_draft"))
    it.on(2026, 11, 12, lambda: subscriptions.resume_collection(it.account, held[0]))


@case
def collection_paused_long_ago(it: Case) -> None:
    held = it.start()
    it.on(2026, 6, 2, lambda: subscriptions.pause_collection(it.account, held[0], "mark_uncollectible"))


# trials


@case
def trial_converts(it: Case) -> None:
    it.start(trial_end=JOINED + 30 * DAY)


@case
def trial_runs(it: Case) -> None:
    it.start(at=RECENT, trial_end=RECENT + 30 * DAY)


@case
def trial_ends_without_going_on(it: Case) -> None:
    it.start(card=False, trial_end=JOINED + 14 * DAY, trial_end_behavior="cancel")


@case
def trial_canceled_in_it(it: Case) -> None:
    held = it.start(trial_end=JOINED + 14 * DAY)
    it.account.at(JOINED + 5 * DAY, lambda: subscriptions.cancel(it.account, held[0]))


@case
def trial_ends_paused(it: Case) -> None:
    it.start(card=False, trial_end=JOINED + 14 * DAY, trial_end_behavior="pause")


@case
def trial_ends_paused_and_resumes(it: Case) -> None:
    held = it.start(card=False, trial_end=JOINED + 14 * DAY, trial_end_behavior="pause")
    it.on(2025, 5, 20, lambda: it.account.add_card(held[0].customer))
    it.on(2025, 5, 20, lambda: subscriptions.resume(it.account, held[0]), 10)


@case
def trial_of_a_second_subscription(it: Case) -> None:
    held, extra = it.start(), it.account.price(it.account.product("Extra"), 4_000)

    def add() -> None:
        end = it.account.now + 14 * DAY
        subscriptions.create(it.account, held[0].customer, [(extra, 1)], trial_end=end)

    it.on(2025, 7, 25, add)


@case
def free_period_given_later(it: Case) -> None:
    held = it.start()
    it.on(2025, 7, 25, lambda: subscriptions.give_free_period(it.account, held[0], 45))


@case
def free_period_running(it: Case) -> None:
    held = it.start()
    it.account.at(RECENT, lambda: subscriptions.give_free_period(it.account, held[0], 45))


# standing


@case
def past_due(it: Case) -> None:
    held = it.start(dunning="past_due")
    it.on(2026, 9, 1, lambda: setattr(held[0].customer.card, "is_declined", True))


@case
def past_due_and_recovered(it: Case) -> None:
    held = it.start()
    it.on(2025, 9, 1, lambda: setattr(held[0].customer.card, "is_declined", True))
    it.on(2025, 9, 12, lambda: setattr(held[0].customer.card, "is_declined", False))


@case
def canceled_for_want_of_payment(it: Case) -> None:
    held = it.start()
    it.on(2025, 9, 1, lambda: setattr(held[0].customer.card, "is_declined", True))


@case
def unpaid(it: Case) -> None:
    held = it.start(dunning="unpaid")
    it.on(2026, 3, 1, lambda: setattr(held[0].customer.card, "is_declined", True))


@case
def unpaid_recently(it: Case) -> None:
    held = it.start(dunning="unpaid")
    it.on(2026, 10, 5, lambda: setattr(held[0].customer.card, "is_declined", True))


@case
def unpaid_and_recovered_recently(it: Case) -> None:
    held = it.start(dunning="unpaid")
    it.on(2026, 10, 5, lambda: setattr(held[0].customer.card, "is_declined", True))

    def recover() -> None:
        held[0].customer.card.is_declined = False
        payments.collect(it.account, held[0].customer.invoices[-1], held[0])

    it.on(2026, 11, 6, recover)


@case
def incomplete_expires(it: Case) -> None:
    def join() -> None:
        who = it.account.customer(it.name, card=False)
        it.account.add_card(who, is_declined=True)
        subscriptions.create(it.account, who, [(it.price, 1)])

    it.account.at(JOINED, join)


@case
def incomplete_becomes_active(it: Case) -> None:
    def join() -> None:
        who = it.account.customer(it.name, card=False)
        card = it.account.add_card(who, is_declined=True)
        held = subscriptions.create(it.account, who, [(it.price, 1)])
        it.account.at(it.account.now + 19 * HOUR, lambda: setattr(card, "is_declined", False))
        it.account.at(it.account.now + 20 * HOUR, lambda: payments.collect(it.account, who.invoices[0], held))

    it.account.at(JOINED, join)


@case
def canceled_at_period_end(it: Case) -> None:
    held = it.start()
    it.on(2025, 9, 20, lambda: subscriptions.cancel(it.account, held[0], at_period_end=True, feedback="too_expensive"))


@case
def scheduled_to_leave(it: Case) -> None:
    held = it.start()
    it.on(2026, 11, 15, lambda: subscriptions.cancel(it.account, held[0], at_period_end=True))


@case
def cancel_at_a_date(it: Case) -> None:
    held = it.start()
    it.on(2025, 9, 20, lambda: subscriptions.cancel(it.account, held[0], at=instant(2026, 1, 5, 7)))


@case
def cancellation_taken_back(it: Case) -> None:
    held = it.start()
    it.on(2025, 9, 20, lambda: subscriptions.cancel(it.account, held[0], at_period_end=True))
    it.on(2025, 9, 25, lambda: subscriptions.keep(it.account, held[0]))


@case
def canceled_at_once(it: Case) -> None:
    held = it.start()
    it.on(2025, 9, 20, lambda: subscriptions.cancel(it.account, held[0]))


@case
def canceled_at_once_with_credit(it: Case) -> None:
    held = it.start()
    it.on(2025, 9, 20, lambda: subscriptions.cancel(it.account, held[0], prorate=True))


@case
def yearly_canceled_after_three_months(it: Case) -> None:
    held = it.start(it.yearly())
    it.on(2025, 6, 10, lambda: subscriptions.cancel(it.account, held[0]))


@case
def stub_period(it: Case) -> None:
    it.start(anchor=instant(2025, 4, 1, 9))


@case
def stub_period_with_coupon(it: Case) -> None:
    it.start(anchor=instant(2025, 4, 1, 9), coupons=[it.account.coupon(percent=25)])


@case
def scheduled_change(it: Case) -> None:
    held, dearer = it.start(), it.account.price(it.price.product, 25_000)
    it.on(2025, 9, 20, lambda: subscriptions.schedule_change(it.account, held[0], dearer, 1))


@case
def scheduled_change_to_come(it: Case) -> None:
    held, dearer = it.start(), it.account.price(it.price.product, 25_000)
    it.on(2026, 11, 12, lambda: subscriptions.schedule_change(it.account, held[0], dearer, 1))


@case
def backdated_start(it: Case) -> None:
    it.start(start_date=instant(2025, 1, 15))


@case
def send_invoice(it: Case) -> None:
    it.start(collection_method="send_invoice")


@case
def send_invoice_never_paid(it: Case) -> None:
    it.start(collection_method="send_invoice", pays_after_days=None)


@case
def send_invoice_never_finalised(it: Case) -> None:
    it.start(collection_method="send_invoice", keeps_drafts=True)


@case
def void_invoice_in_between(it: Case) -> None:
    held = it.start(collection_method="send_invoice", pays_after_days=None)
    it.on(2025, 8, 20, lambda: payments.void(it.account, held[0].customer.invoices[-1]))


@case
def draft_invoices_in_between(it: Case) -> None:
    held = it.start()
    it.on(2025, 8, 1, lambda: setattr(held[0], "keeps_drafts", True))
    it.on(2025, 10, 1, lambda: setattr(held[0], "keeps_drafts", False))


@case
def uncollectible(it: Case) -> None:
    held = it.start(collection_method="send_invoice", pays_after_days=None)
    it.on(2025, 8, 20, lambda: payments.mark_uncollectible(it.account, held[0].customer.invoices[-1]))


@case
def refund_credit_note_and_dispute(it: Case) -> None:
    held = it.start()

    def undo() -> None:
        bills = held[0].customer.invoices
        first, second = payments.charge_of(it.account, bills[0]), payments.charge_of(it.account, bills[1])
        assert first and second
        payments.refund(it.account, first)
        payments.dispute(it.account, second)
        payments.credit(it.account, bills[2], 2_500)

    it.on(2025, 7, 1, undo)


# deletions


@case
def customer_deleted(it: Case) -> None:
    held = it.start()
    it.on(2025, 10, 2, lambda: subscriptions.delete_customer(it.account, held[0].customer))


@case
def product_deleted(it: Case) -> None:
    gone = it.account.price(it.account.product("Old care"), 9_900)
    it.start(gone)
    it.on(2025, 10, 2, lambda: it.account.delete_product(gone.product))


# clients and movements


@case
def canceled_and_created_again_on_one_day(it: Case) -> None:
    held, dearer = it.start(), it.account.price(it.price.product, 15_000)
    it.on(2025, 9, 20, lambda: subscriptions.cancel(it.account, held[0]), 8)
    it.on(2025, 9, 20, lambda: subscriptions.create(it.account, held[0].customer, [(dearer, 1)]), 16)


@case
def comes_back_after_months(it: Case) -> None:
    held = it.start()
    it.on(2025, 6, 15, lambda: subscriptions.cancel(it.account, held[0]))
    it.on(2025, 12, 3, lambda: subscriptions.create(it.account, held[0].customer, [(it.price, 2)]))


@case
def comes_and_goes_within_a_month(it: Case) -> None:
    held = it.start(at=instant(2025, 4, 3))
    it.on(2025, 4, 21, lambda: subscriptions.cancel(it.account, held[0]))


@case
def one_of_three_subscriptions_ended(it: Case) -> None:
    held = it.start()
    it.on(2025, 4, 2, lambda: subscriptions.create(it.account, held[0].customer, [(it.price, 2)]))
    it.on(2025, 4, 2, lambda: subscriptions.create(it.account, held[0].customer, [(it.price, 3)]), 11)
    it.on(2025, 9, 20, lambda: subscriptions.cancel(it.account, held[0]))


@case
def two_currencies(it: Case) -> None:
    held, euros = it.start(), it.account.price(it.price.product, 9_000, currency="eur")
    it.on(2025, 6, 15, lambda: subscriptions.cancel(it.account, held[0]))
    it.on(2025, 6, 15, lambda: subscriptions.create(it.account, held[0].customer, [(euros, 1)]), 12)


@case
def zero_decimal_currency(it: Case) -> None:
    it.start(it.account.price(it.price.product, 98_765, "year", currency="jpy"))


@case
def ends_on_the_first_instant_of_a_month(it: Case) -> None:
    held = it.start(at=instant(2025, 3, 1))
    it.on(2025, 6, 12, lambda: subscriptions.cancel(it.account, held[0], at_period_end=True))
