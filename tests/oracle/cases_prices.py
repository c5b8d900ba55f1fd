"""Cases of prices: intervals, quantities, tiers, items, metered and one-off lines."""

from fractions import Fraction

from data.sources.demo import billing, lines, subscriptions
from data.sources.demo.catalogue import Tier
from data.sources.demo.periods import instant
from tests.oracle.casebook import RECENT, Case, case, first


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
        line = lines.one_off_line(it.account, 30_000, "New page")
        billing.add_pending(it.account, held[0].customer, "usd", line)

    it.on(2025, 6, 1, add)


@case
def quantity_rounded_down_to_nothing_then_paid(it: Case) -> None:
    held = it.start(it.account.price(it.price.product, 2_500, divide_by=10, divide_round="down"), quantity=5)
    it.on(2025, 6, 22, lambda: subscriptions.change(it.account, *first(held), price=it.price))


@case
def quantity_nought_then_two(it: Case) -> None:
    held = it.start(quantity=0)
    it.on(2025, 6, 22, lambda: subscriptions.change(it.account, *first(held), quantity=2))


@case
def decimals_of_a_cent(it: Case) -> None:
    it.start(it.account.price(it.price.product, Fraction("1250.5")), quantity=3)


@case
def half_a_cent_is_rounded_up_per_item(it: Case) -> None:
    yearly = it.account.price(it.price.product, 1_206, "year")
    it.start(items=[(yearly, 1), (yearly, 1), (yearly, 1)])


@case
def free_price_then_paid(it: Case) -> None:
    held = it.start(it.account.price(it.price.product, 0))
    it.on(2025, 6, 22, lambda: subscriptions.change(it.account, *first(held), price=it.price))


@case
def twelve_items_and_the_last_changes_recently(it: Case) -> None:
    extra = it.account.product("Extra")
    held = it.start(items=[(it.account.price(extra, 1_000 + 100 * number), 1) for number in range(12)])
    it.account.at(RECENT, lambda: subscriptions.change(it.account, held[0], held[0].items[-1], quantity=4))


@case
def up_and_down_within_a_day(it: Case) -> None:
    held = it.start()
    it.on(2025, 6, 22, lambda: subscriptions.change(it.account, *first(held), quantity=4), 8)
    it.on(2025, 6, 22, lambda: subscriptions.change(it.account, *first(held), quantity=1), 15)


@case
def two_changes_in_one_period(it: Case) -> None:
    held = it.start()
    it.on(2025, 6, 14, lambda: subscriptions.change(it.account, *first(held), quantity=4))
    it.on(2025, 6, 25, lambda: subscriptions.change(it.account, *first(held), quantity=2))


@case
def yearly_to_monthly_scheduled(it: Case) -> None:
    held = it.start(it.yearly(96_000))
    it.on(2025, 9, 5, lambda: subscriptions.schedule_change(it.account, held[0], it.price, 1))


@case
def archived_price_and_product(it: Case) -> None:
    old = it.account.price(it.account.product("Old care"), 9_900)
    it.start(old)
    it.on(2025, 9, 5, lambda: (setattr(old, "active", False), setattr(old.product, "active", False)))


@case
def price_with_another_currency(it: Case) -> None:
    abroad = it.account.price(it.price.product, 10_000, elsewhere={"eur": Fraction(9_100)})
    held = it.start(abroad, quantity=2, currency="eur")
    it.on(2025, 9, 5, lambda: subscriptions.change(it.account, held[0], held[0].items[0], quantity=3))


@case
def tiered_price_deleted(it: Case) -> None:
    tiers = [Tier(5, Fraction(1_000)), Tier(None, Fraction(800), 500)]
    gone = it.account.tiered_price(it.account.product("Old seats"), "graduated", tiers)
    held = it.start(gone, quantity=9)
    it.on(2025, 6, 10, lambda: subscriptions.change(it.account, held[0], held[0].items[0], quantity=4, proration="none"))
    it.on(2025, 10, 2, lambda: it.account.delete_product(gone.product))


@case
def tiered_price_yearly_with_a_coupon(it: Case) -> None:
    tiers = [Tier(3, Fraction(0), 60_000), Tier(None, Fraction(12_345))]
    price = it.account.tiered_price(it.price.product, "graduated", tiers, "year")
    it.start(price, quantity=7, coupons=[it.account.coupon(percent="12.5")])


@case
def volume_price_with_a_flat_amount_and_a_mid_period_change(it: Case) -> None:
    tiers = [Tier(10, Fraction(1_000), 250), Tier(None, Fraction(700), 1_000)]
    held = it.start(it.account.tiered_price(it.price.product, "volume", tiers), quantity=10)
    it.on(2025, 8, 22, lambda: subscriptions.change(it.account, held[0], held[0].items[0], quantity=14))


@case
def transform_quantity_rounded_down_changes(it: Case) -> None:
    held = it.start(it.account.price(it.price.product, 4_000, divide_by=4, divide_round="down"), quantity=11)
    it.on(2025, 8, 22, lambda: subscriptions.change(it.account, held[0], held[0].items[0], quantity=12))


@case
def every_other_interval(it: Case) -> None:
    product = it.price.product
    it.start(items=[(it.account.price(product, 99_999, "year", 2), 1)])
    it.start(items=[(it.account.price(product, 1_000, "week", 6), 1)])
    it.start(items=[(it.account.price(product, 5_555, "day", 90), 1)])
    it.start(items=[(it.account.price(product, 20_000, "month", 18), 1)])
