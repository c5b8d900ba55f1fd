"""What an import keeps, and what it does when a file comes again."""

import io
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from data import settings
from data.errors import InputError
from data.sources import maintenance
from data.warehouse import Warehouse

HEADINGS = "record,site,date,component,to_version,contents,off_site,kind,minutes,hours,person,task\n"
ROWS = [
    "site,x.com,,,,,,,,,,\n",
    "update,x.com,2025-03-01,Yoast,2.0,,,plugin,,,,\n",
    "backup,x.com,2025-03-01,,,full,yes,,,,,\n",
    "incident,x.com,2025-03-01,,,,,downtime,12,,,\n",
    "hour,x.com,2025-03-01,,,,,care,,1.5,Ana,Round\n",
]


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    chosen = settings.load(home=str(tmp_path))
    with closing(Warehouse(chosen.own_warehouse, chosen)) as opened:
        yield opened


def imported(warehouse: Warehouse, *rows: str, name: str = "care.csv") -> maintenance.ImportReport:
    return maintenance.import_file((HEADINGS + "".join(rows)).encode(), name, warehouse)


def count(warehouse: Warehouse, entity: str) -> int:
    row = warehouse.cursor().execute(f"select count(*) from stg_maintenance__{entity}").fetchone()
    assert row
    return int(row[0])


def test_an_import_keeps_every_good_row_and_says_so(warehouse: Warehouse) -> None:
    report = imported(warehouse, *ROWS, "update,x.com,soon,Yoast,2.0,,,,,,,\n")
    assert dict(report.read) == dict.fromkeys(maintenance.ENTITIES, 1)
    assert (report.is_kept, report.bad_rows, sum(report.added.values())) == (True, 1, 5)
    assert [count(warehouse, entity) for entity in maintenance.ENTITIES] == [1] * 5
    assert report.lines() == [
        "care.csv: 5 rows read (sites 1, updates 1, backups 1, incidents 1, hours 1); 5 new, 0 changed, 0 known already.",
        "1 row left out:",
        "  care, line 7: Date: “soon” is no date; write it as 2026-11-21.",
    ]
    last = warehouse.last_sync("maintenance")
    assert last and last["objects"] == 5


def test_the_same_file_again_makes_no_doubles_and_changes_nothing(warehouse: Warehouse) -> None:
    imported(warehouse, *ROWS)
    report = imported(warehouse, *ROWS, name="again.csv")
    assert (sum(report.added.values()), sum(report.changed.values()), report.unchanged) == (0, 0, 5)
    assert [count(warehouse, entity) for entity in maintenance.ENTITIES] == [1] * 5


def test_a_row_that_comes_again_counts_as_seen_again(warehouse: Warehouse) -> None:
    imported(warehouse, *ROWS)
    read = "select max(seen_at) from stg_maintenance__backups"
    first = warehouse.cursor().execute(read).fetchone()
    imported(warehouse, *ROWS)
    second = warehouse.cursor().execute(read).fetchone()
    assert first and second and second[0] > first[0]


def test_a_corrected_row_replaces_the_one_with_the_same_key(warehouse: Warehouse) -> None:
    imported(warehouse, *ROWS)
    corrected = "update,https://www.X.com/,01.03.2025,YOAST,2.1,,,plugin,,,,\n"
    report = imported(warehouse, corrected, ROWS[4].replace("1.5", '"2,5"'))
    assert (dict(report.added), dict(report.changed)) == ({"updates": 0, "hours": 0}, {"updates": 1, "hours": 1})
    row = warehouse.cursor().execute("select to_version from stg_maintenance__updates").fetchall()
    assert row == [("2.1",)]


def test_rows_missing_from_a_later_file_are_kept(warehouse: Warehouse) -> None:
    imported(warehouse, *ROWS)
    imported(warehouse, "update,x.com,2025-03-08,Yoast,2.1,,,plugin,,,,\n")
    assert count(warehouse, "updates") == 2


def test_two_hours_alike_on_one_day_add_up_and_still_make_no_doubles(warehouse: Warehouse) -> None:
    for _ in range(2):
        imported(warehouse, ROWS[4], ROWS[4])
        assert count(warehouse, "hours") == 2


def test_the_same_update_twice_in_a_file_counts_once_and_two_versions_of_a_day_count_twice(warehouse: Warehouse) -> None:
    report = imported(warehouse, ROWS[1], ROWS[1], ROWS[1].replace("2.0", "2.1"))
    assert report.repeated_rows == 1
    assert count(warehouse, "updates") == 2


def test_a_site_that_stands_twice_with_other_values_is_listed() -> None:
    report = maintenance.import_file(b"site,php\nx.com,8.1\nwww.x.com,8.3\n", "sites.csv")
    assert dict(report.read)["sites"] == 1
    assert report.bad[0].line == 3


def test_without_a_warehouse_a_file_is_only_checked() -> None:
    report = maintenance.import_file((HEADINGS + ROWS[0]).encode(), "care.csv")
    assert not report.is_kept
    assert report.lines()[0] == "care.csv: 1 row read (sites 1); nothing was kept."


def test_a_file_without_any_good_row_keeps_nothing_and_lists_all(warehouse: Warehouse) -> None:
    report = imported(warehouse, "update,,,,,,,,,,,\n")
    assert (report.is_kept, report.bad_rows) == (False, 1)
    assert warehouse.is_empty


def test_a_path_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no file"):
        maintenance.import_file(tmp_path / "none.csv")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_can_be_imported_as_it_stands(warehouse: Warehouse, kind: str) -> None:
    report = maintenance.import_file(maintenance.template(kind), f"template.{kind}", warehouse)
    assert report.bad == () and report.remarks == ()
    assert all(count(warehouse, entity) for entity in maintenance.ENTITIES)


def test_both_templates_say_the_same_and_name_every_documented_column() -> None:
    from_csv = maintenance.read_records(maintenance.template("csv"), "t.csv").records
    from_excel = maintenance.read_records(maintenance.template("xlsx"), "t.xlsx").records
    marks = [hour.pop("row") for records in (from_csv, from_excel) for hour in records["hours"]]  # rows as written
    assert len(set(marks)) == 4
    assert from_csv == from_excel
    headings = maintenance.template("csv").decode("utf-8-sig").splitlines()[0].split(",")
    documented = (Path(__file__).parents[2] / "docs" / "maintenance-import.md").read_text(encoding="utf-8")
    assert [heading for heading in headings if f"`{heading}`" not in documented] == []
    with pytest.raises(InputError):
        maintenance.template("pdf")


def test_rows_left_out_are_handed_back_without_a_formula_a_spreadsheet_would_run() -> None:
    report = maintenance.import_file(b"site,date,component\nx.com,soon,=cmd|' /C calc'!A0\n", "updates.csv")
    text = maintenance.bad_rows_csv(report.bad).decode("utf-8-sig")
    assert ",'=cmd|" in text
    mended = maintenance.read_records(text.replace("soon", "2025-03-01").encode(), "mended.csv")
    assert mended.records["updates"][0]["component"].startswith("=cmd")


def test_only_the_first_bad_rows_are_listed_but_all_are_counted() -> None:
    report = maintenance.import_file(b"site,date,component\n" + b"x.com,soon,A\n" * 6_000, "updates.csv")
    assert (report.bad_rows, len(report.bad)) == (6_000, 5_000)
    assert report.lines()[-1] == "  … and 5980 more."


def test_a_long_workbook_is_read_row_by_row(warehouse: Warehouse) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("updates")
    sheet.append(["site", "date", "component", "to_version"])
    for row in range(3_000):
        sheet.append([f"site-{row % 50}.com", date(2025, 1, 1 + row % 28), f"Plugin {row}", "1.0"])
    out = io.BytesIO()
    book.save(out)
    report = maintenance.import_file(out.getvalue(), "long.xlsx", warehouse)
    assert (dict(report.read)["updates"], report.bad_rows) == (3_000, 0)
    assert count(warehouse, "updates") == 3_000
