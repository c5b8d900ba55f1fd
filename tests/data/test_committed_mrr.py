"""Committed MRR: what schedules make of each subscription, by the rules that its MRR follows (definitions.md, Rates)."""

from data import metrics
from data.settings import Settings
from data.sources.demo import discounting, subscriptions
from data.sources.demo.account import Account
from data.sources.demo.catalogue import Tier
from data.sources.demo.periods import instant
from data.warehouse import Warehouse
from tests.oracle.casebook import NOW, START, Case
from tests.oracle.differential import Reader


def test_a_scheduled_change_counts_net_of_lasting_discounts_and_tax_by_tiers_and_not_for_who_leaves_or_is_paused(tmp_path):
    account = Account(start=START, tag="case", time_zone="Etc/UTC")
    care, growth = (account.product(name) for name in ("Care", "Growth"))
    now, later = account.price(care, 10_000), account.price(growth, 24_000)
    steps = account.tiered_price(growth, "graduated", [Tier(5, 1_000, 2_000), Tier(None, 500)])
    packs = account.price(growth, 4_000, divide_by=5)
    coupons = {
        "percent": account.coupon(id="FIFTH", percent=20),
        "amount": account.coupon(id="OFF", amount_off=1_500, currency="eur"),
        "scope": account.coupon(id="CARE", percent=50, products=(care.id,)),
        "ends before": account.coupon(id="MONTH", percent=20, duration="repeating", months=1),
    }
    vat = {"tax_rates": (account.tax_rate(20, inclusive=True),)}
    plans = {"tiers": (steps, 7), "packs": (packs, 11), "fall": (account.price(care, 6_000), 1)}
    names = [*coupons, *plans, "plain", "inclusive", "leaves", "paused"]
    for name in names:
        it = Case(name, account, now)
        held = it.start(at=instant(2026, 10, 28), **(vat if name == "inclusive" else {}))
        if name in coupons:
            it.on(2026, 10, 28, lambda held=held, coupon=coupons[name]: discounting.give(account, coupon, held[0]), 0)
        price, quantity = plans.get(name, (later, 1))
        it.on(2026, 11, 3, lambda h=held, p=price, q=quantity: subscriptions.schedule_change(account, h[0], p, q))
        if name == "leaves":
            it.on(2026, 11, 5, lambda held=held: subscriptions.cancel(account, held[0], at_period_end=True))
        if name == "paused":
            it.on(2026, 11, 5, lambda held=held: subscriptions.pause_collection(account, held[0], "void"))
    Reader(tmp_path, account.advance(NOW)).sync()
    opened = Warehouse(tmp_path / "retainer.duckdb", Settings(home=tmp_path, show="own"))
    changes = metrics.read(opened, "committed_changes").set_index("client_name")["change_minor"].to_dict()
    month = metrics.read(opened, "revenue_summary").iloc[-1]
    opened.close()
    assert changes == {
        "percent": 19_200 - 8_000,
        "amount": 22_500 - 8_500,
        "scope": 24_000 - 5_000,
        "ends before": 24_000 - 8_000,
        "tiers": 8_000 - 10_000,
        "packs": 12_000 - 10_000,
        "fall": 6_000 - 10_000,
        "plain": 14_000,
        "inclusive": 20_000 - 8_333,
        "leaves": -10_000,
    }
    assert month["committed_mrr_minor"] - month["mrr_minor"] == sum(changes.values())
