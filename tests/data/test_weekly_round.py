"""The weekly round (F25): what is asked, what a source proves, and ticks with who and when."""

import json
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas
import pytest

from data import metrics, rounds, settings
from data.errors import InputError
from data.rounds import Tick
from data.warehouse import Warehouse

NOW = datetime.fromisoformat("2026-11-20T12:00:00")  # a Friday
WEEK = date(2026, 11, 16)


@pytest.fixture
def opened(tmp_path: Path):
    chosen = settings.load(home=tmp_path)
    with closing(Warehouse(chosen.own_warehouse, chosen)) as warehouse:
        yield warehouse


def land(opened: Warehouse, folder: Path, entity: str, *rows: dict[str, Any]) -> None:
    file = folder / "rows.ndjson"
    file.write_text("\n".join(json.dumps({"id": str(row), **row}) for row in rows), encoding="utf-8")
    with opened.transaction() as cursor:
        opened.load_raw(cursor, "maintenance", entity, [file], seen_at=NOW.replace(tzinfo=UTC))
    opened.build(NOW)


def state(opened: Warehouse, week: date = WEEK) -> dict[tuple[str, str], str]:
    frame = metrics.read(opened, "weekly_round")
    frame = frame[frame["week_on"] == str(week)]
    return {(row["site"], row["task"]): row["state"] for row in frame.to_dict("records")}


def test_a_source_proves_updates_and_off_site_backups_of_its_week_only(opened, tmp_path):
    land(opened, tmp_path, "updates",
        {"site": "made.com", "at": "2026-11-18", "component": "A"},
        {"site": "failed.com", "at": "2026-11-18", "component": "A", "status": "failed"},
        {"site": "earlier.com", "at": "2026-11-15", "component": "A"})  # fmt: skip
    land(opened, tmp_path, "backups",
        {"site": "made.com", "at": "2026-11-19", "is_off_site": True},
        {"site": "failed.com", "at": "2026-11-19", "is_off_site": False},
        {"site": "earlier.com", "at": "2026-11-19"})  # fmt: skip
    now = state(opened)
    assert (now["made.com", "updates"], now["made.com", "off_site"]) == ("proven", "proven")
    assert {now[site, task] for site in ("failed.com", "earlier.com") for task in rounds.TASKS} == {"open"}
    assert state(opened, date(2026, 11, 9))["earlier.com", "updates"] == "proven"


def test_a_check_proves_updates_where_nothing_waits_and_takes_the_proof_away_where_some_do(opened, tmp_path):
    land(opened, tmp_path, "sites",
        {"site": "clean.com", "plugin_updates": 0, "checked_at": "2026-11-17T06:00:00Z"},
        {"site": "waits.com", "plugin_updates": 2, "checked_at": "2026-11-19T06:00:00Z"},
        {"site": "since.com", "plugin_updates": 2, "checked_at": "2026-11-17T06:00:00Z"})  # fmt: skip
    made = [{"site": site, "at": "2026-11-18", "component": "A"} for site in ("waits.com", "since.com")]
    land(opened, tmp_path, "updates", *made)
    now = state(opened)
    assert [now[site, "updates"] for site in ("clean.com", "waits.com", "since.com")] == ["proven", "open", "proven"]


def test_a_tick_is_remembered_with_who_when_and_note_and_can_be_undone(opened, tmp_path):
    land(opened, tmp_path, "updates", {"site": "a.com", "at": "2026-11-10", "component": "A"})
    rounds.tell(opened, WEEK, [Tick("a.com", "updates", True, "by hand"), Tick("a.com", "off_site", True)], by=" Ana  Pop ")
    assert set(state(opened).values()) == {"ticked"}
    row = metrics.read(opened, "weekly_round").set_index(["week_on", "task"]).loc[(str(WEEK), "updates")]
    assert (row["told_by"], row["told_on"], row["note"]) == ("Ana Pop", "2026-11-20", "by hand")
    rounds.tell(opened, WEEK, [Tick("a.com", "updates", False)])
    assert state(opened) == {("a.com", "updates"): "open", ("a.com", "off_site"): "ticked"}
    opened.build(NOW)
    assert state(opened)["a.com", "off_site"] == "ticked", "a rebuild forgets nothing"


@pytest.mark.parametrize(
    ("week", "tick"),
    [
        (date(2026, 11, 17), Tick("a.com", "updates", True)),
        (date(2026, 11, 23), Tick("a.com", "updates", True)),
        (WEEK, Tick("b.com", "updates", True)),
        (WEEK, Tick("a.com", "dishes", True)),
    ],
)
def test_a_tick_that_makes_no_sense_is_refused_and_none_of_its_batch_is_kept(opened, tmp_path, week, tick):
    land(opened, tmp_path, "updates", {"site": "a.com", "at": "2026-11-10", "component": "A"})
    with pytest.raises(InputError):
        rounds.tell(opened, week, [Tick("a.com", "off_site", True), tick])
    assert set(state(opened).values()) == {"open"}


def test_the_site_of_a_client_who_left_is_not_asked_for_and_that_of_nobody_known_is(opened, tmp_path):
    land(opened, tmp_path, "updates", {"site": "nobody.com", "at": "2026-11-10", "component": "A"})
    file = tmp_path / "agreements.ndjson"
    row = {"id": "1", "client": "Gone", "amount_minor": 100, "currency": "eur", "months": 1}
    file.write_text(json.dumps(row | {"starts_on": "2026-01-01", "ends_on": "2026-02-01"}))
    with opened.transaction() as cursor:
        opened.load_raw(cursor, "agreements", "agreements", [file], seen_at=NOW.replace(tzinfo=UTC))
    land(opened, tmp_path, "sites", {"site": "gone.com", "client": "Gone"})
    assert {site for site, _ in state(opened)} == {"nobody.com"}


def test_an_edit_of_the_table_tells_only_what_changed(opened):
    from pages.ui import round_sites

    row = {"site": "a.com", "updates": True, "off_site": False, "note": "", "updates_state": "proven", "off_site_state": "open"}
    before = pandas.DataFrame([row, {**row, "site": "b.com"}])
    after = before.assign(off_site=[True, False])
    assert round_sites.changes(before, after) == [Tick("a.com", "off_site", True)]
    noted = before.assign(note=["", "no access"])
    assert round_sites.changes(before, noted) == [
        Tick("b.com", "updates", False, "no access"),
        Tick("b.com", "off_site", False, "no access"),
    ]


def test_a_paying_client_without_a_site_is_named_with_the_work_recorded_this_week(opened, tmp_path):
    def agreed(client: str) -> dict[str, Any]:
        terms = {"amount_minor": 9_000, "currency": "eur", "months": 12, "starts_on": "2026-01-01", "ends_on": "2027-01-01"}
        return {"id": client, "client": client, **terms}

    rows = tmp_path / "agreements.ndjson"
    names = ("Site Ltd", "Content Ltd", "Social Ltd", "Silent Ltd")
    rows.write_text("\n".join(json.dumps(agreed(name)) for name in names), encoding="utf-8")
    with opened.transaction() as cursor:
        opened.load_raw(cursor, "agreements", "agreements", [rows], seen_at=NOW.replace(tzinfo=UTC))
    land(opened, tmp_path, "sites", {"site": "one.com", "client": "Site Ltd"})
    work = [{"client": name, "at": day, "hours": hours} for name, day, hours in (
        ("Content Ltd", "2026-11-18", 1.5), ("Social Ltd", "2026-11-12", 1.0))]  # fmt: skip
    land(opened, tmp_path, "hours", *work)
    touch = metrics.read(opened, "weekly_touch").set_index("client_name")
    assert touch["state"].to_dict() == {"Silent Ltd": "no_data", "Social Ltd": "open", "Content Ltd": "worked"}
    assert touch.loc["Content Ltd", "hours_this_week"] == 1.5 and touch.loc["Social Ltd", "last_work_on"] == "2026-11-12"
