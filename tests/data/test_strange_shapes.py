"""What older shapes and deleted prices leave unsaid, read from what they do say."""

from data.sources.demo import subscriptions
from data.sources.demo.account import Account
from data.sources.demo.periods import DAY
from tests.oracle.casebook import JOINED, NOW, START, Case
from tests.oracle.differential import Reader
from tests.stripe_server.older import Older


def moves_of(reader: Reader) -> list[tuple]:
    moves = reader.frames()["movements"].assign(date=lambda frame: frame["date"].astype(str).str[:10])
    return sorted(moves[["client_name", "date", "kind", "from_minor", "to_minor"]].itertuples(index=False, name=None))


def test_a_trial_that_ended_in_paused_is_no_client_in_the_older_shape_either(tmp_path, monkeypatch):
    newer = Older._subscription

    def without_details(self, shown):
        return {key: value for key, value in newer(self, shown).items() if key != "status_details"}

    monkeypatch.setattr(Older, "_subscription", without_details)
    account = Account(start=START, tag="case", time_zone="Etc/UTC")
    care = account.price(account.product("Care"), 10_000)
    Case("tried", account, care).start(card=False, trial_end=JOINED + 14 * DAY, trial_end_behavior="pause")
    Case("pays", account, care).start()
    reader = Reader(tmp_path, account.advance(NOW), "old")
    reader.sync()
    assert moves_of(reader) == [("pays", "2025-03-10", "new", 0, 10_000)]


def test_a_deleted_price_keeps_its_history_though_nothing_but_its_lines_tells_of_it(tmp_path):
    account = Account(start=START, tag="case", time_zone="Etc/UTC")
    product = account.product("Care")
    now = account.price(product, 24_900)
    lives = {
        "monthly": ("month", 1, 7_700),
        "quarterly": ("month", 3, 30_000),
        "yearly": ("year", 1, 120_000),
        "weekly": ("week", 1, 1_200),
    }
    for name, (unit, count, amount) in lives.items():
        old = account.price(product, amount, unit, count)
        it = Case(name, account, old)
        held = it.start(quantity=2)

        def switch(held=held, old=old):
            subscriptions.change(account, held[0], held[0].items[0], price=now, quantity=1)
            old.is_deleted = True

        it.on(2025, 7, 9, switch)
    reader = Reader(tmp_path, account.advance(NOW))
    reader.sync()
    assert moves_of(reader) == [
        ("monthly", "2025-03-10", "new", 0, 15_400),
        ("monthly", "2025-07-09", "expansion", 15_400, 24_900),
        ("quarterly", "2025-03-10", "new", 0, 20_000),
        ("quarterly", "2025-07-09", "expansion", 20_000, 24_900),
        ("weekly", "2025-03-10", "new", 0, 10_400),
        ("weekly", "2025-07-09", "expansion", 10_400, 24_900),
        ("yearly", "2025-03-10", "new", 0, 20_000),
        ("yearly", "2025-07-09", "expansion", 20_000, 24_900),
    ]
