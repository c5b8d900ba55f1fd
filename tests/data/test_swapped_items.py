"""Items that take another's place in mid-period without a proration: changes at the next renewal, never both at once."""

from data.sources.demo import subscriptions
from data.sources.demo.account import Account
from data.sources.demo.catalogue import Price
from tests.oracle.casebook import NOW, START, Case
from tests.oracle.differential import Reader


def swap(account: Account, held: list, price: Price) -> None:
    """What a call with the old item deleted, a new one and no proration does."""
    old = held[0].items[0]
    subscriptions.add_item(account, held[0], price, proration="none")
    subscriptions.remove_item(account, held[0], old, proration="none")


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
