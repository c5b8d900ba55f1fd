"""Closing a month (definitions.md, Money and time: what becomes known later is listed apart, as a restatement)."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pandas as pd
import pytest

from data import clock, closings, metrics
from data.errors import InputError
from data.settings import Settings
from data.sources.demo import subscriptions
from data.sources.demo.account import Account
from data.sources.demo.periods import instant
from data.warehouse import Warehouse
from tests.oracle.differential import Reader

CLOSED_AT = datetime(2026, 11, 5, 13, tzinfo=UTC)
MONTH = "2026-10"


def closing_time() -> datetime:
    """The closings' clock."""
    return CLOSED_AT.replace(tzinfo=None)


class Agency:
    """Two clients since August, one more in October; on 10 November a fourth is entered as of 10 October."""

    def __init__(self, home: Path) -> None:
        self.account = Account(start=instant(2026, 7, 1), tag="close")
        self.price = self.account.price(self.account.product("Growth"), 10_000)
        for day, name in ((instant(2026, 8, 3), "Ada"), (instant(2026, 8, 20), "Bea"), (instant(2026, 10, 14), "Cyd")):
            self.account.at(day, self.joining(name))
        self.account.at(instant(2026, 11, 10), self.joining("Dov", start_date=instant(2026, 10, 10)))
        self.reader = Reader(home, self.account)

    def joining(self, name: str, **terms: int) -> Callable[[], object]:
        return lambda: subscriptions.create(self.account, self.account.customer(name), [(self.price, 1)], **terms)

    def sync(self, *day: int) -> None:
        self.account.advance(instant(*day, 12))
        self.reader.sync()

    def id_of(self, name: str) -> str:
        return next(each.id for each in self.account.records.customers.values() if each.name == name)


@dataclass
class Story:
    """The agency's home as it was synced on 5 November, and after closing at CLOSED_AT and a second sync on 21 November."""

    agency: Agency
    open: Path
    later: Path
    made: closings.Closing
    figures_then: dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    home, kept = tmp_path_factory.mktemp("agency"), tmp_path_factory.mktemp("open") / "home"
    agency = Agency(home)
    agency.sync(2026, 11, 5)
    shutil.copytree(home, kept)
    with patch.object(clock, "now", closing_time), opened(home) as warehouse:
        then = {name: figures(warehouse, name) for name in closings.FROZEN}
        closings.close_month(warehouse, "2026-09")
        made = closings.close_month(warehouse, MONTH, "Quiet.", by="ann@agency.example")
        assert closings.restatements(warehouse).empty
    agency.sync(2026, 11, 21)
    return Story(agency, kept, home, made, then)


@contextmanager
def opened(home: Path) -> Iterator[Warehouse]:
    settings = Settings(home=home, show="own")
    warehouse = Warehouse(settings.own_warehouse, settings)
    try:
        yield warehouse
    finally:
        warehouse.close()


@pytest.fixture
def warehouse(story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Warehouse]:
    """The warehouse after the first sync, nothing closed."""
    monkeypatch.setattr(clock, "now", closing_time)
    with opened(shutil.copytree(story.open, tmp_path / "open")) as found:
        yield found


@pytest.fixture
def later(story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Warehouse]:
    """The warehouse with October and September closed, after the second sync."""
    monkeypatch.setattr(clock, "now", closing_time)
    with opened(shutil.copytree(story.later, tmp_path / "later")) as found:
        yield found


def figures(warehouse: Warehouse, name: str) -> pd.DataFrame:
    first = closings.first_day(MONTH)
    return metrics.read(warehouse, name, start=first, end=first)


def test_a_closed_month_keeps_every_figure_and_the_note_as_they_stood(story, later):
    kept = closings.frozen(later, MONTH)
    assert len(story.figures_then["client_mrr"]) == 3 and len(figures(later, "client_mrr")) == 4
    assert closings.closing(later, MONTH) == story.made
    assert (story.made.revision, story.made.note, story.made.closed_by) == (1, "Quiet.", "ann@agency.example")
    assert story.made.closed_at == CLOSED_AT.replace(tzinfo=None)
    for name, then in story.figures_then.items():
        pd.testing.assert_frame_equal(
            kept[name].astype(object).where(kept[name].notna(), None),
            then.astype(object).where(then.notna(), None),
            check_dtype=False,
        )


def test_a_start_backdated_into_a_closed_month_is_shown_as_a_difference(story, later):
    totals = figures(later, "restated_figures").set_index(["figure", "tier"])["difference"].to_dict()
    assert closings.restatements(later).to_dict("records") == [
        {
            "month": MONTH,
            "currency": "usd",
            "client_id": story.agency.id_of("Dov"),
            "client_name": "Dov",
            "closed_at": "2026-11-05T13:00:00Z",
            "closed_mrr_minor": 0,
            "now_mrr_minor": 10_000,
            "difference_minor": 10_000,
            "cause": "subscription started",
            "changed_on": "2026-10-10",
        }
    ]
    assert totals == {
        ("closing_minor", ""): 10_000,
        ("new_minor", ""): 10_000,
        ("customers_new", ""): 1,
        ("customers_closing", ""): 1,
        ("tier_mrr_minor", "Growth"): 10_000,
        ("tier_customers", "Growth"): 1,
    }


def test_the_differences_of_clients_add_up_to_that_of_the_closing_mrr(story, later):
    then, now = (int(frame["closing_minor"].sum()) for frame in (story.figures_then["mrr_movements"], now_moved(later)))
    assert closings.restatements(later)["difference_minor"].sum() == now - then == 10_000


def now_moved(warehouse: Warehouse) -> pd.DataFrame:
    return figures(warehouse, "mrr_movements")


def test_a_closed_month_that_later_syncs_leave_alone_is_not_restated(later):
    assert closings.restatements(later, "2026-09").empty
    assert set(metrics.read(later, "restated_figures")["month"]) == {MONTH}


def test_closing_again_adds_a_revision_and_is_what_later_changes_are_compared_with(later, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 21, 18))  # noqa: DTZ001 - naive UTC, as everywhere here
    closings.close_month(later, MONTH, "second")
    assert [(each.revision, each.note) for each in closings.closings(later, MONTH)] == [(1, "Quiet."), (2, "second")]
    assert closings.restatements(later).empty
    sizes = [len(closings.frozen(later, MONTH, revision)["client_mrr"]) for revision in (1, 2)]
    assert sizes == [3, 4], "the first closing still says what it said"


def test_the_unfinished_month_can_t_be_closed_and_says_why(warehouse):
    with pytest.raises(InputError) as refused:
        closings.close_month(warehouse, "2026-11")
    assert closings.obstacle(warehouse, MONTH) == ""
    assert closings.closings(warehouse) == []
    assert refused.value.title == "November 2026 can’t be closed."
    assert "not over yet" in refused.value.hint


@pytest.mark.parametrize(("month", "why"), [("2019-01", "no figures"), ("2026-13", "no month"), ("October", "no month")])
def test_what_is_no_month_of_the_account_can_t_be_closed(warehouse, month, why):
    with pytest.raises(InputError) as refused:
        closings.close_month(warehouse, month)
    assert why in str(refused.value)


def test_a_month_that_was_not_read_to_its_end_can_t_be_closed(warehouse):
    with warehouse.transaction() as cursor:
        cursor.execute("update syncs set started_at = timestamp '2026-10-31 23:59:59'")
    assert "Sync first" in closings.obstacle(warehouse, MONTH)
    assert closings.obstacle(warehouse, "2026-09") == ""


def test_a_note_written_before_closing_goes_with_it_and_a_later_one_does_not_change_it(warehouse):
    assert closings.saved_note(warehouse, MONTH) == ""
    closings.save_note(warehouse, MONTH, "Draft")
    closings.save_note(warehouse, MONTH, "  Cyd came by word of mouth.\n")
    assert closings.close_month(warehouse, MONTH).note == "Cyd came by word of mouth."
    closings.save_note(warehouse, MONTH, "Later thought")
    assert closings.saved_note(warehouse, MONTH) == "Later thought"
    assert [each.note for each in closings.closings(warehouse)] == ["Cyd came by word of mouth."]
    with pytest.raises(InputError, match="too long"):
        closings.save_note(warehouse, MONTH, "x" * (closings.LONGEST_NOTE + 1))


def test_a_note_given_with_the_closing_is_what_the_next_one_starts_from(warehouse):
    closings.save_note(warehouse, MONTH, "Draft")
    closings.close_month(warehouse, MONTH, "Final")
    assert closings.saved_note(warehouse, MONTH) == "Final"


def test_clients_linked_since_the_closing_are_compared_as_one(story, warehouse):
    closings.close_month(warehouse, MONTH)
    with warehouse.transaction() as cursor:
        linked = [story.agency.id_of("Bea"), story.agency.id_of("Ada"), CLOSED_AT]
        cursor.execute("insert into client_links values (?, ?, ?)", linked)
    warehouse.build(datetime(2026, 11, 6, tzinfo=UTC))
    assert sorted(figures(warehouse, "client_mrr")["mrr_minor"]) == [10_000, 20_000]
    assert closings.restatements(warehouse).empty


def test_seen_from_before_the_closing_nothing_is_restated(later):
    assert metrics.read(later, "restatements", as_of=datetime(2026, 11, 4, tzinfo=UTC)).empty
    assert len(metrics.read(later, "restatements", as_of=datetime(2026, 11, 20, tzinfo=UTC))) == 1


def test_a_closing_that_fails_leaves_nothing_behind(warehouse, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    version = warehouse.version
    with monkeypatch.context() as broken:
        broken.setattr(closings.tables, "write", fail)
        with pytest.raises(RuntimeError):
            closings.close_month(warehouse, MONTH)
    assert closings.closings(warehouse) == [] and warehouse.version == version
    closings.close_month(warehouse, MONTH)
    assert warehouse.version > version, "pages read anew"
