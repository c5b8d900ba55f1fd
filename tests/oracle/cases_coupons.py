"""Cases of coupons, of what is given for nothing, and of tax."""

from data.sources.demo import discounting, subscriptions
from data.sources.demo.periods import DAY
from tests.oracle.casebook import JOINED, RECENT, Case, case, first


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


@case
def tax_exclusive(it: Case) -> None:
    it.start(tax_rates=[it.account.tax_rate(20, inclusive=False)])


@case
def tax_inclusive(it: Case) -> None:
    it.start(it.account.price(it.price.product, 12_000), tax_rates=[it.account.tax_rate(20, inclusive=True)])


@case
def coupon_repeating_shorter_than_a_quarter(it: Case) -> None:
    quarterly = it.account.price(it.price.product, 30_000, "month", 3)
    it.start(quarterly, coupons=[it.account.coupon(percent=50, duration="repeating", months=1)])


@case
def coupon_repeating_as_long_as_the_year(it: Case) -> None:
    it.start(it.yearly(), coupons=[it.account.coupon(percent=50, duration="repeating", months=12)])


@case
def coupon_swapped_on_one_day(it: Case) -> None:
    held = it.start(coupons=[it.account.coupon(percent=20)])
    other = it.account.coupon(percent=35)
    it.on(2025, 7, 10, lambda: discounting.remove(it.account, held[0].discounts[0]))
    it.on(2025, 7, 10, lambda: discounting.give(it.account, other, held[0]))


@case
def coupon_full_on_one_of_two_items(it: Case) -> None:
    it.start(
        items=[(it.price, 1), (it.account.price(it.account.product("Extra"), 5_000), 1)],
        item_coupons=[it.account.coupon(percent=100)],
    )


@case
def coupons_that_add_up_to_everything(it: Case) -> None:
    held, rest = it.start(coupons=[it.account.coupon(percent=50)]), it.account.coupon(amount_off=5_000, currency="usd")
    it.on(2025, 7, 22, lambda: discounting.give(it.account, rest, held[0]))


@case
def coupon_full_of_the_customer(it: Case) -> None:
    held, coupon = it.start(), it.account.coupon(percent=100, duration="repeating", months=3)
    it.on(2025, 7, 10, lambda: discounting.give_customer(it.account, coupon, held[0].customer))


@case
def coupon_of_the_customer_for_two_subscriptions(it: Case) -> None:
    held, coupon = it.start(), it.account.coupon(amount_off=1_500, currency="usd")
    it.on(2025, 4, 2, lambda: subscriptions.create(it.account, held[0].customer, [(it.price, 2)]))
    it.on(2025, 7, 22, lambda: discounting.give_customer(it.account, coupon, held[0].customer))


@case
def coupon_deleted_and_limited_to_a_product(it: Case) -> None:
    extra = it.account.price(it.account.product("Extra"), 5_000)
    coupon = it.account.coupon(percent=40, products=(extra.product.id,))
    it.start(items=[(it.price, 1), (extra, 2)], coupons=[coupon])
    it.on(2025, 9, 1, lambda: it.account.delete_coupon(coupon))


@case
def coupon_and_a_change_of_quantity(it: Case) -> None:
    held = it.start(coupons=[it.account.coupon(percent=25)])
    it.on(2025, 6, 22, lambda: subscriptions.change(it.account, *first(held), quantity=3))


@case
def coupon_percent_on_mixed_intervals(it: Case) -> None:
    it.start(items=[(it.price, 1), (it.yearly(), 1)], coupons=[it.account.coupon(percent=10)])


@case
def coupon_with_inclusive_tax(it: Case) -> None:
    rate = it.account.tax_rate(20, inclusive=True)
    it.start(it.account.price(it.price.product, 12_000), tax_rates=[rate], coupons=[it.account.coupon(percent=50)])


@case
def coupon_in_a_trial(it: Case) -> None:
    it.start(trial_end=JOINED + 14 * DAY, coupons=[it.account.coupon(percent=25)])


@case
def comped_from_day_one_and_lost(it: Case) -> None:
    held = it.start(coupons=[it.account.coupon(percent=100)])
    it.on(2025, 8, 1, lambda: subscriptions.cancel(it.account, held[0]))
