"""Items that take another's place in mid-period without a proration: changes at the next renewal, never both at once."""

from data.sources.demo import discounting, subscriptions
from data.sources.demo.account import Account
from data.sources.demo.catalogue import Price
from data.sources.demo.periods import instant
from tests.oracle.casebook import NOW, START, Case
from tests.oracle.differential import Reader


def swap(account: Account, held: list, price: Price, proration: str = "none") -> None:
    """What a call with the old item deleted and a new one does."""
    old = held[0].items[0]
    subscriptions.add_item(account, held[0], price, proration=proration)
    subscriptions.remove_item(account, held[0], old, proration=proration)


def test_an_item_put_in_place_of_another_without_proration_never_counts_beside_it(tmp_path):
    account = Account(start=START, tag="case", time_zone="Etc/UTC")
    product = account.product("Care")
    care, moved, dearer = account.price(product, 10_000), account.price(product, 10_000), account.price(product, 16_000)
    lives = {"same": (care, moved), "dearer": (care, dearer)}
    for name, (before, after) in lives.items():
        it = Case(name, account, before)
        held = it.start()
        it.on(2025, 6, 25, lambda held=held, after=after: swap(account, held, after))
    yearly = Case("yearly", account, care)
    held = yearly.start(yearly.yearly(120_000))
    yearly.on(2026, 8, 3, lambda: swap(account, held, yearly.yearly(150_000)))
    reader = Reader(tmp_path, account.advance(NOW))
    reader.sync()
    moves = reader.frames()["movements"].assign(date=lambda frame: frame["date"].astype(str).str[:10])
    told = moves[["client_name", "date", "kind", "from_minor", "to_minor"]]
    assert sorted(told.itertuples(index=False, name=None)) == [
        ("dearer", "2025-03-10", "new", 0, 10_000),
        ("dearer", "2025-07-10", "expansion", 10_000, 16_000),
        ("same", "2025-03-10", "new", 0, 10_000),
        ("yearly", "2025-03-10", "new", 0, 10_000),
        ("yearly", "2026-11-21", "expansion", 10_000, 12_500),
    ]


def test_an_item_that_went_earlier_by_a_credit_is_not_replaced_by_one_added_later_without_proration(tmp_path):
    account = Account(start=START, tag="case", time_zone="Etc/UTC")
    product = account.product("Care")
    care, other, added = account.price(product, 10_000), account.price(product, 5_000), account.price(product, 3_000)
    lives = {}
    for name in ("billed", "canceled"):
        it = lives[name] = Case(name, account, care)
        held = it.start()
        it.on(2025, 5, 20, lambda held=held: subscriptions.add_item(account, held[0], other, proration="create_prorations"))
        it.on(2025, 6, 14, lambda held=held: subscriptions.remove_item(account, held[0], held[0].items[1]))
        it.on(2025, 6, 25, lambda held=held: subscriptions.add_item(account, held[0], added, proration="none"))
    lives["canceled"].on(2025, 7, 1, lambda: subscriptions.cancel(account, held[0]))
    reader = Reader(tmp_path, account.advance(NOW))
    reader.sync()
    moves = reader.frames()["movements"].assign(date=lambda frame: frame["date"].astype(str).str[:10])
    added_on = moves[moves["date"] == "2025-06-25"][["client_name", "kind", "from_minor", "to_minor"]]
    assert sorted(added_on.itertuples(index=False, name=None)) == [
        ("billed", "expansion", 10_000, 13_000),
        ("canceled", "expansion", 10_000, 13_000),
    ]


def test_an_item_put_in_place_of_another_is_told_as_a_change_of_plan_and_never_as_a_removal(tmp_path):
    account = Account(start=START, tag="case", time_zone="Etc/UTC")
    care, growth = (account.price(account.product(name), amount) for name, amount in (("Care", 10_000), ("Growth", 24_000)))
    dearer, seats = account.price(care.product, 12_000), account.price(account.product("Seats"), 5_000)

    lives = {"other": ("create_prorations", growth), "same": ("create_prorations", dearer), "silent": ("none", growth)}
    for name, (how, after) in lives.items():
        it = Case(name, account, care)
        held = it.start()
        it.on(2025, 6, 25, lambda how=how, held=held, after=after: swap(account, held, after, how))
    it = Case("added and removed", account, care)
    held = it.start()
    it.on(2025, 6, 25, lambda: subscriptions.add_item(account, held[0], seats))
    it.on(2025, 8, 25, lambda: subscriptions.remove_item(account, held[0], held[0].items[1]))
    reader = Reader(tmp_path, account.advance(NOW))
    reader.sync()
    moves = reader.frames()["movements"]
    moves = moves[moves["kind"] != "new"][["client_name", "from_minor", "to_minor", "cause"]]
    assert sorted(moves.itertuples(index=False, name=None)) == [
        ("added and removed", 10_000, 15_000, "Seats added"),
        ("added and removed", 15_000, 10_000, "Seats removed"),
        ("other", 10_000, 24_000, "Care → Growth"),
        ("same", 10_000, 12_000, "Care: price changed"),
        ("silent", 10_000, 24_000, "Care → Growth"),
    ]


def test_a_coupon_that_ran_out_is_told_as_ended_though_stripe_takes_it_off_then(tmp_path):
    account = Account(start=START, tag="case", time_zone="Etc/UTC")
    care = account.price(account.product("Care"), 10_000)
    terms = {"SPRING": ("repeating", 2), "FRIEND": ("forever", None)}
    for name, (duration, months) in terms.items():
        coupon = account.coupon(id=name, percent=20, duration=duration, months=months)
        it = Case(name, account, care)
        held = it.start(at=instant(2026, 9, 10))
        it.on(2026, 9, 10, lambda held=held, coupon=coupon: discounting.give(account, coupon, held[0]))
        if months is None:
            it.on(2026, 11, 10, lambda held=held: discounting.remove(account, held[0].discounts[0]))
    reader = Reader(tmp_path, account.advance(NOW))
    reader.sync()
    moves = reader.frames()["movements"]
    told = moves[moves["kind"] == "expansion"][["client_name", "cause"]]
    assert sorted(told.itertuples(index=False, name=None)) == [
        ("FRIEND", "coupon FRIEND was removed"),
        ("SPRING", "coupon SPRING ended"),
    ]
