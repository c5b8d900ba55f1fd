"""Projections of the past are made from what stood then, and are told honestly against what happened."""

import json
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from data import metrics, settings
from data.__main__ import main
from data.imports import import_file
from data.pricing.what_if import Churn, backtest, measured
from data.warehouse import Warehouse

THIS_MONTH = datetime.now(UTC).date().replace(day=1)


def months_ago(count: int) -> date:
    index = THIS_MONTH.year * 12 + THIS_MONTH.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)


def told(count: int) -> str:
    return f"{months_ago(count):%Y-%m}"


def home(folder: Path, *agreements: tuple[str, int, int, int | None]) -> Path:
    """A home whose clients pay so many euros a month, from so many months ago until so many months ago (None: still)."""
    lines = ["client,tier,amount,currency,months,starts_on,ends_on,paid_until,paid_by"]
    for client, euros, start, end in agreements:
        ends = months_ago(end) if end is not None else ""
        lines.append(f"{client},Care,{euros * 12},EUR,12,{months_ago(start)},{ends},{months_ago(-2)},transfer")
    file = folder / "agreements.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    import_file(settings.load(home=folder / "home", show="own"), "agreements", file)
    return folder / "home"


# 17 full months: ten clients from the start, of whom one left 5 months ago; one more came 10 months ago and has since doubled.
STORY = (
    *((f"Client {place}", 100, 17, None) for place in range(9)),
    ("Leaver", 100, 17, 5),
    ("Newcomer", 100, 10, 2),
    ("Newcomer", 200, 2, None),
)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    chosen = settings.load(home=home(tmp_path_factory.mktemp("past"), *STORY), show="own")
    with closing(Warehouse(chosen.own_warehouse, chosen)) as opened:
        yield opened


@pytest.fixture(scope="module")
def found(warehouse):
    return backtest.look_back(warehouse, "eur", paths=2_000)


def test_a_projection_is_made_from_the_book_as_it_stood_then(warehouse):
    book = backtest.book_of(warehouse, "eur", told(7))
    assert sorted(client.name for client in book.clients) == sorted([*(f"Client {n}" for n in range(9)), "Leaver", "Newcomer"])
    assert book.mrr_minor == 110_000
    assert book.tier("Care").price_minor == 10_000
    assert (book.churn.leavers, book.as_of.strftime("%Y-%m")) == (0, told(7)), "who leaves later was not known then"
    assert book.churn.client_months == 7 * 10 + 2 * 11, "opening customers of the full months before"


def test_only_the_marts_that_are_read_are_made_and_show_the_same(warehouse):
    at = warehouse.as_of - timedelta(days=100)
    with warehouse.seen_from(at, *(metrics.text(name) for name in measured.METRICS)) as cursor:
        for name in measured.METRICS:
            assert metrics.read_by(cursor, name).equals(metrics.read(warehouse, name, as_of=at)), name


def test_each_start_is_told_against_what_happened(found):
    assert found.history == 17
    rows = found.of(6, with_newcomers=False)
    assert rows[["start_month", "end_month"]].values.tolist() == [[told(7), told(1)], [told(10), told(4)]]
    newest = rows.iloc[0]
    assert (newest["mrr_then_minor"], newest["clients_then"]) == (110_000, 11)
    assert (newest["mrr_happened_minor"], newest["clients_happened"]) == (9 * 10_000 + 20_000, 10), "one left, one doubled"
    assert newest["changed_minor"] == 10_000
    older = rows.iloc[1]
    assert (older["mrr_then_minor"], older["mrr_happened_minor"]) == (110_000, 100_000)
    assert found.of(12, with_newcomers=False).empty


def test_inside_means_between_the_edges(found):
    for row in found.rows.itertuples():
        assert row.is_mrr_inside == (row.mrr_p10_minor <= row.mrr_happened_minor <= row.mrr_p90_minor)
        assert row.are_clients_inside == (row.clients_p10 <= row.clients_happened <= row.clients_p90)
        assert row.mrr_p10_minor <= row.mrr_p50_minor <= row.mrr_p90_minor


def test_the_band_is_that_of_leavers_drawn_by_hand(warehouse, found):
    """Another computation: clients still there after 6 months, one by one, under the posterior of the churn seen by then."""
    import random

    book, luck = backtest.book_of(warehouse, "eur", told(7)), random.Random(5)
    assert book.churn == Churn(0, 92)
    left = []
    for _ in range(4_000):
        chance = luck.betavariate(0.5, 92.5)
        left.append(sum(all(luck.random() >= chance for _ in range(6)) for _ in range(11)))
    left.sort()
    row = found.of(6, with_newcomers=False).iloc[0]
    assert (row["clients_p10"], row["clients_p50"], row["clients_p90"]) == (left[400], left[2_000], left[3_600])


def test_the_finding_counts_how_many_ended_inside(found):
    said = backtest.finding(found, 6, with_newcomers=False)
    inside = int(found.of(6, with_newcomers=False)["is_mrr_inside"].sum())
    assert f"in {inside} of 2 projections" in said and "They overlap" in said


def test_too_little_history_says_so_and_how_much_it_takes(found, tmp_path):
    assert "it takes 19 full months" in backtest.finding(found, 12, with_newcomers=False)
    assert "there are 17" in backtest.finding(found, 12, with_newcomers=True)
    young = settings.load(home=home(tmp_path, ("Ann", 100, 1, None)), show="own")
    with closing(Warehouse(young.own_warehouse, young)) as opened:
        nothing = backtest.look_back(opened, "eur")
    assert nothing.rows.empty and "there is 1." in backtest.finding(nothing, 6, with_newcomers=False)


def test_the_command_prints_rows_and_says_how_it_went(tmp_path, capsys):
    folder = home(tmp_path, *STORY[-3:], ("Zed", 50, 14, None))
    assert main(["--home", str(folder), "backtest", "--format", "json"]) == 0
    said = capsys.readouterr()
    rows = json.loads(said.out)
    assert list(rows[0]) == backtest.COLUMNS
    assert "Clients of then: Over 6 months" in said.err and "Too little history to look back over 12 months" in said.err
    assert main(["--home", str(folder), "backtest", "--currency", "usd"]) == 2
    assert "Nobody has paid a full month in USD" in capsys.readouterr().err
