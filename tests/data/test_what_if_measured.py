"""The book is what was measured: clients, prices, renewals, hours, costs and churn of one currency."""

from datetime import date

import pandas as pd

from data.pricing import price_book
from data.pricing.what_if import Churn, measured

TODAY = date(2026, 11, 21)


def items(*rows):
    columns = [
        "client_id",
        "client_name",
        "currency",
        "tier",
        "quantity",
        "interval",
        "interval_count",
        "mrr_minor",
        "next_renewal_on",
    ]
    return pd.DataFrame(rows, columns=columns)


ITEMS = items(
    ("a", "Ann", "usd", "Growth", 1, "month", 1, 35_000, "2026-12-01"),
    ("a", "Ann", "usd", "Extra site", 2, "month", 1, 8_000, "2026-12-01"),
    ("b", "Bob", "usd", "Essential", 1, "year", 1, 15_000, "2027-03-10"),
    ("c", "Cléa", "eur", "Growth", 1, "month", 3, 32_000, None),
)
EFFORT = pd.DataFrame(
    [
        ("2026-11", "a", "usd", 9.0, 100),
        ("2026-10", "a", "usd", 4.0, 1_000),
        ("2026-09", "a", "usd", None, 2_000),
        ("2026-08", "a", "usd", 2.0, None),
        ("2026-05", "b", "usd", 50.0, 0),
    ],
    columns=["month", "client_id", "currency", "hours", "costs_minor"],
)
SUMMARY = pd.DataFrame(
    [("2026-11", "usd", 9, 9), ("2026-10", "usd", 3, 1), ("2026-09", "usd", 2, 0), ("2025-10", "usd", 7, 7)],
    columns=["month", "currency", "customers_opening", "customers_churned"],
)
MOVES = pd.DataFrame(
    [("2026-10", "gone", "usd", "churn"), ("2026-09", "a", "usd", "new"), ("2026-09", "b", "usd", "expansion")],
    columns=["month", "client_id", "currency", "kind"],
)
CLIENTS = pd.DataFrame(
    [("a", "usd", "Growth"), ("b", "usd", "Essential"), ("gone", "usd", "Essential")], columns=["client_id", "currency", "tier"]
)
MIX = pd.DataFrame(
    [("2026-09", "Essential", "usd", 2), ("2026-08", "Essential", "usd", 1), ("2026-08", "Growth", "usd", 1)],
    columns=["month", "tier", "currency", "customers"],
)
READ = measured.reader(
    item_prices=ITEMS, client_effort=EFFORT, revenue_summary=SUMMARY, movements=MOVES, clients=CLIENTS, tier_mix=MIX
)
BOOK = measured.book(READ, "usd", price_book.load("wordpress_care"), TODAY)


def test_currencies_are_never_added_each_has_its_own_book():
    assert measured.currencies(READ) == ["usd", "eur"]
    assert BOOK.mrr_minor == 58_000
    euros = measured.book(READ, "eur", price_book.load("wordpress_care"), TODAY)
    assert [client.name for client in euros.clients] == ["Cléa"]
    assert euros.tier("Growth").price_minor == 32_000, "the price book is in another currency: the price that is paid"


def test_a_client_has_all_it_pays_for_and_the_tier_of_what_it_pays_most_for():
    ann, bob = BOOK.clients
    assert (ann.mrr_minor, ann.tier, len(ann.lines)) == (43_000, "Growth", 2)
    assert (bob.lines[0].interval_months, bob.lines[0].renews_on) == (12, date(2027, 3, 10))


def test_hours_and_costs_are_the_mean_of_the_last_full_months_recorded_and_never_0_for_unknown():
    ann, bob = BOOK.clients
    assert (ann.hours, ann.cost_minor) == (3.0, 1_500)
    assert (bob.hours, bob.cost_minor) == (None, None)


def test_churn_is_counted_over_the_last_twelve_full_months_overall_and_by_the_tier_that_was_left():
    assert BOOK.churn == Churn(1, 5)
    assert BOOK.churn_by_tier == {"Essential": Churn(1, 3), "Growth": Churn(0, 1)}
    assert BOOK.won_by_tier == {"Growth": 0.5}


def test_tiers_are_those_of_the_price_book_then_what_else_is_paid_for_at_its_usual_price_a_piece():
    assert [tier.name for tier in BOOK.tiers] == ["Essential", "Growth", "Partner", "Extra site"]
    assert BOOK.tier("Extra site").price_minor == 4_000
    assert [tier.is_sold for tier in BOOK.tiers] == [True, True, True, False]
    assert BOOK.tier("Partner").hours == 6, "nobody measured: what the price book includes"
