"""A scenario kept by name is the same when it is opened again."""

from contextlib import closing
from datetime import date

import pytest

from data import settings
from data.errors import InputError
from data.pricing.what_if import Book, Choice, Churn, Client, Line, Scenario, Tier, saved
from data.warehouse import Warehouse

BOOK = Book("eur", date(2026, 11, 21), (Tier("Care", 30_000),), (Client("a", "Ann", (Line("Care", 30_000),)),), Churn(1, 50))
RISE = Scenario(prices_minor={"Care": 33_000}, clients={"a": Choice("move_at_renewal")}, extra_loss=(0.0, 0.1))


@pytest.fixture
def warehouse(tmp_path):
    chosen = settings.load(home=tmp_path, show="own")
    with closing(Warehouse(tmp_path / "own.duckdb", chosen)) as opened:
        yield opened


def test_a_scenario_is_kept_by_name_and_currency_and_replaced_by_one_of_the_same_name(warehouse):
    saved.save(warehouse, "  Spring   rise ", "eur", Scenario())
    saved.save(warehouse, "Spring rise", "eur", RISE)
    saved.save(warehouse, "Spring rise", "usd", Scenario())
    found = saved.kept(warehouse, "eur")
    assert list(found) == ["Spring rise"]
    assert (found["Spring rise"].prices_minor, found["Spring rise"].clients) == (RISE.prices_minor, RISE.clients)
    saved.forget(warehouse, "Spring rise", "eur")
    assert saved.kept(warehouse, "eur") == {}
    assert saved.kept(warehouse, "usd")


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_scenario_needs_a_name_that_can_be_shown(warehouse, name):
    with pytest.raises(InputError):
        saved.save(warehouse, name, "eur", RISE)


def test_up_to_four_scenarios_are_answered_side_by_side_and_one_that_no_longer_fits_is_named():
    stale = Scenario(clients={"gone": Choice("keep")})
    rows, faults = saved.side_by_side(BOOK, {"Rise": RISE, "Old": stale, "Nothing": Scenario()})
    assert list(rows["name"]) == ["Rise", "Nothing"]
    assert rows["gain_minor"].tolist() == [3_000, 0]
    assert faults == ["Old: There is no client “gone” in this book."]
    many = {str(number): Scenario() for number in range(6)}
    assert len(saved.side_by_side(BOOK, many)[0]) == 4
