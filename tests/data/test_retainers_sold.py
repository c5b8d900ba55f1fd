"""The shipped tiers, and three retainers that make a goal of 10,000 a month (R6, R12, R13)."""

from datetime import UTC, datetime
from functools import partial

import pytest

from data import metrics
from data.pricing import price_book
from data.pricing.what_if import Scenario, goal, measured
from data.settings import Settings
from data.sources import agreements
from data.warehouse import Warehouse

AS_OF = datetime(2026, 4, 1, 9, tzinfo=UTC)
RETAINERS = {"Ann": 2_000, "Bob": 3_000, "Cy": 5_000}
TARGET = 1_000_000


def sold(home, *names):
    """A warehouse whose clients have retainers from 1 April on, paid in advance by the month."""
    rows = [f"{name},{name},{RETAINERS[name]},usd,1,2026-04-01,,2026-05-01,transfer" for name in names]
    home.mkdir()
    file = home / "agreements.csv"
    file.write_text("\n".join([",".join(agreements.COLUMNS), *rows]), encoding="utf-8")
    opened = Warehouse(home / "retainer.duckdb", Settings(home=home, show="own"))
    agreements.import_file(file, opened)
    return opened


def asked(opened):
    read = partial(metrics.read, opened, as_of=AS_OF)
    book = measured.book(read, "usd", price_book.load("social_media"), AS_OF.date())
    summary = read("revenue_summary").iloc[-1]
    opened.close()
    return book, summary


def test_r6_retainers_of_2_000_3_000_and_5_000_on_the_1st_are_10_000_a_month(tmp_path):
    book, summary = asked(sold(tmp_path / "three", *RETAINERS))
    assert (summary["mrr_minor"], summary["customers"]) == (TARGET, 3)
    assert sum(line.price_minor for client in book.clients for line in client.lines) == TARGET


def test_r6_with_two_of_the_three_signed_each_way_to_the_goal_reaches_it(tmp_path):
    book, summary = asked(sold(tmp_path / "two", "Ann", "Bob"))
    found = goal.seek(book, Scenario(), TARGET, 1)
    assert summary["mrr_minor"] == 500_000 and not found.is_reached
    assert "clients" in {way.kind for way in found.ways}
    assert all(way.reaches_minor >= TARGET for way in found.ways)


def test_r12_the_shipped_tiers_are_3_000_5_000_and_10_000_with_the_first_as_the_floor():
    book = price_book.load("social_media")
    assert [tier.price_minor for tier in book.tiers] == [300_000, 500_000, 1_000_000]
    assert (book.currency, book.floor_minor) == ("usd", 300_000)


@pytest.mark.parametrize(("clients", "is_six_figures"), [(3, True), (2, False)])
def test_r13_three_clients_at_the_floor_are_six_figures_a_year(clients, is_six_figures):
    assert (12 * clients * price_book.load("social_media").floor_minor >= 10_000_000) is is_six_figures
