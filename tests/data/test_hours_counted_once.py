"""The same work told by two imports counts once, and is said to; different work that looks alike counts each time (F1)."""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from data import imports, raw
from data.settings import Settings
from data.sources.files import Hints
from data.warehouse import Warehouse

TOGGL = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n"
TWO = (
    "Ana,ana@us.example,Shop Ltd,Care,,Checkout,Yes,2026-11-03,09:00:00,2026-11-03,10:30:00,1:30:00,\n"
    "Ana,ana@us.example,Shop Ltd,Care,,Weekly round,Yes,2026-11-10,09:00:00,2026-11-10,09:20:30,00:20:30,\n"
)
CLOCKIFY = (
    "Project,Client,Description,Task,User,Email,Start Date,Start Time,End Date,End Time,Duration (h),Duration (decimal)\n"
)
HARVEST = "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,First Name,Last Name\n"
WHOLE = 1.5 + 20.5 / 60
Take = Callable[..., tuple[float, str]]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    settings = Settings(home=tmp_path_factory.mktemp("hours"), show="own")
    with closing(Warehouse(settings.own_warehouse, settings)) as warehouse:
        yield warehouse


@pytest.fixture
def take(opened: Warehouse) -> Take:
    """Imports a file; the hours counted afterwards, and what was said of it."""
    with opened.transaction() as cursor:
        for source in ("toggl", "clockify", "harvest", "maintenance"):
            entity = "hours" if source == "maintenance" else "entries"
            cursor.execute(f"delete from raw_{source}__{entity}")
            raw.note_all(cursor, source, entity)

    def do(kind: str, text: str, name: str = "hours.csv", **hints: Any) -> tuple[float, str]:
        report = imports.take(kind, text.encode(), name, opened, Hints(**hints))
        with opened.cursor() as cursor:
            ((hours,),) = cursor.execute("select sum(hours) from care_hours").fetchall()
        return hours, " ".join(report.lines())

    return do


@pytest.mark.parametrize("order", [("maintenance", "time"), ("time", "maintenance")])
def test_a_trackers_file_read_as_care_data_and_as_hours_counts_once_and_is_said_to(take: Take, order: tuple[str, str]) -> None:
    take(order[0], TOGGL + TWO)
    hours, said = take(order[1], TOGGL + TWO)
    assert hours == pytest.approx(WHOLE, abs=1e-3)
    assert "it counts once" in said


def test_a_longer_export_of_the_same_tracker_adds_only_what_is_new(take: Take) -> None:
    take("time", TOGGL + TWO)
    more = "Ana,ana@us.example,Shop Ltd,Care,,Forms,Yes,2026-11-20,09:00:00,2026-11-20,10:00:00,1:00:00,\n"
    assert take("time", TOGGL + TWO + more)[0] == pytest.approx(WHOLE + 1, abs=1e-5)
    without_email = (TOGGL + TWO + more).replace(",Email", "").replace(",ana@us.example", "")
    assert take("time", without_email)[0] == pytest.approx(WHOLE + 1, abs=1e-5)


def test_an_entry_changed_in_its_tracker_takes_the_place_of_the_one_exported_before(take: Take) -> None:
    row = "2026-11-02,Shop Ltd,Care,,Programming,Fix,2.00,Yes,Ana,Pop\n"
    take("harvest", HARVEST + row)
    assert take("harvest", HARVEST + row.replace("Fix", "Fixed the basket"))[0] == 2
    other_task = row.replace("Programming,Fix", "Design,Logo")
    assert take("harvest", HARVEST + other_task)[0] == 4  # exported by itself, and another work


def test_work_moved_to_another_tracker_counts_once(take: Take) -> None:
    take("time", TOGGL + TWO)
    moved = (
        "Care,Shop,Checkout,,Ana,ana@us.example,2026-11-03,09:00,2026-11-03,10:30,01:30:00,1.50\n"
        "Care,Shop,Weekly round,,Ana,ana@us.example,2026-11-10,09:00,2026-11-10,09:20,00:20:30,0.34\n"
        "Care,Shop,Weekly round,,Bob,bob@us.example,2026-11-10,09:00,2026-11-10,09:20,00:20:30,0.34\n"
    )
    hours, said = take("time", CLOCKIFY + moved)
    assert hours == pytest.approx(WHOLE + 20.5 / 60, abs=1e-4)  # Bob's work is his own
    assert "2 rows of earlier imports tell of the same work" in said


def test_a_spreadsheet_mapped_anew_counts_as_mapped_last(take: Take) -> None:
    text = "Jour,Kunde,Projekt,Zeit,Was\n2026-11-02,Shop Ltd,Care,1:30,Runde\n2026-11-02,Shop Ltd,Care,1:30,Runde\n"
    take("spreadsheet", text, entity="hours", columns={"date": "Jour", "hours": "Zeit", "client": "Kunde", "task": "Was"})
    hours, said = take("spreadsheet", text, entity="hours", columns={"date": "Jour", "hours": "Zeit", "client": "Projekt"})
    assert hours == 3  # two alike rows of one file are two pieces of work
    assert "2 rows of earlier imports" in said


def test_a_file_read_again_with_the_other_order_of_dates_counts_once(take: Take) -> None:
    text = HARVEST + "03/04/2026,Shop Ltd,Care,,Programming,Fix,2.00,Yes,Ana,Pop\n"
    take("time", text, date_order="mdy")
    assert take("time", text, date_order="dmy")[0] == 2


def test_work_that_only_looks_alike_counts_each_time(take: Take) -> None:
    take("time", TOGGL + TWO.splitlines()[0] + "\n")
    sheet = "date,hours,client,person,task\n2026-11-03,1.5,{},{},{}\n"
    assert take("maintenance", sheet.format("Other Ltd", "Ana", ""))[0] == 3
    assert take("maintenance", sheet.format("Shop Ltd", "Bob", ""))[0] == 4.5
    assert take("maintenance", sheet.format("Shop Ltd", "Ana", "Newsletter"))[0] == 6
    assert take("maintenance", sheet.format("Shop Ltd", "Ana", "Checkout"))[0] == 6


def test_rows_alike_in_the_files_of_two_sites_are_the_work_of_two_sites(take: Take) -> None:
    text, columns = "Jour,Zeit\n2026-11-02,0:30\n", {"date": "Jour", "hours": "Zeit"}
    for site in ("one.example", "two.example"):
        hours, _ = take("spreadsheet", text, site=site, entity="hours", columns=columns)
    assert hours == 1
