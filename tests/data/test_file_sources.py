"""Exports of other tools by file: what each says, what it doesn't, and what is asked instead of guessed."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data import imports, metrics
from data.__main__ import main
from data.errors import InputError
from data.settings import Settings
from data.sources.files import Hints, ImportReport
from data.sync import sync
from data.warehouse import Warehouse

TOGGL = (
    "\ufeffUser,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n"
    'Ana,ana@us.example,Shop Ltd,shop.example,,"Checkout, repaired",Yes,2026-11-03,09:00:00,2026-11-03,10:30:00,1:30:00,repair\n'  # noqa: E501
    "Ana,ana@us.example,Shop Ltd,Care,,Weekly round,Yes,2026-11-10,09:00:00,2026-11-10,09:20:30,00:20:30,\n"
    "Ana,ana@us.example,,,,Still running,No,2026-11-11,09:00:00,,,,\n"
)
CLOCKIFY_HEAD = (
    '"Project","Client","Description","Task","User","Group","Email","Tags","Billable","Start Date","Start Time","End Date",'
    '"End Time","Duration (h)","Duration (decimal)","Billable Rate (USD)","Billable Amount (USD)"\n'
)
HARVEST_HEAD = "Date;Client;Project;Project Code;Task;Notes;Hours;Billable?;Invoiced?;First Name;Last Name;Roles\n"
REPORTS = (
    "Date,Summary,User,Connector,Context,Action,IP Address\n"
    "2026/11/20 03:10:00 AM,Updated plugin: Forms, Surveys & More 5.3.1,admin,installer,plugins,updated,127.0.0.1\n"
    "2026/11/19 03:10:00 AM,WordPress auto-updated to 6.9.1,,installer,wordpress,updated,\n"
    '2026/11/18 08:00:00 PM,"Hello, world" post updated,Doe,posts,post,updated,1.2.3.4\n'
    "2026/11/17 03:00:00 AM,UpdraftPlus backup finished,,mainwp_backups,backups,updraftplus_backup,\n"
    "broken\n"
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    settings = Settings(home=tmp_path_factory.mktemp("files"), show="own")
    with closing(Warehouse(settings.own_warehouse, settings)) as warehouse:
        yield warehouse


Take = Callable[..., ImportReport]


@pytest.fixture
def take(opened: Warehouse, monkeypatch: pytest.MonkeyPatch) -> Take:
    """Lands a file without the rebuild, which only the tests that ask for figures need."""
    monkeypatch.setattr(opened, "build", lambda: None)

    def do(kind: str, text: str, name: str = "", **hints: Any) -> ImportReport:
        return imports.take(kind, text.encode(), name or f"{kind}.csv", opened, Hints(**hints))

    return do


def raw(warehouse: Warehouse, table: str) -> list[dict[str, Any]]:
    with warehouse.cursor() as cursor:
        return [json.loads(row[0]) for row in cursor.execute(f"select payload from raw_{table}").fetchall()]


def test_toggl_is_known_by_its_headings_through_a_byte_order_mark(take: Take, opened: Warehouse) -> None:
    report = take("time", TOGGL)
    assert (report.good_rows, report.bad_rows) == (2, 1)
    assert "still running" in report.lines()[-1]
    first, second = sorted(raw(opened, "toggl__entries"), key=lambda entry: str(entry["at"]))
    assert (first["hours"], first["kind"], first["site"]) == (1.5, "repair", "shop.example")
    assert second["hours"] == pytest.approx(20.5 / 60, abs=1e-5)


def test_the_same_export_again_and_one_with_other_words_make_no_doubles(take: Take) -> None:
    take("toggl", TOGGL)
    again = take("toggl", TOGGL.replace("Weekly round", "Weekly round and report"))
    assert (again.added["entries"], again.changed["entries"]) == (0, 1)


def clockify(*dates: str) -> str:
    rows = (
        f'"Care","Shop Ltd","Round {n}","","Ana","","ana@us.example","","Yes","{day}","{n:02}:00:00 AM","{day}","{n:02}:30:00 AM",'  # noqa: E501
        '"00:30:00","0.50","0.00","0.00"\n'
        for n, day in enumerate(dates, start=1)
    )
    return CLOCKIFY_HEAD + "".join(rows)


def test_one_date_shows_the_order_of_all(take: Take, opened: Warehouse) -> None:
    assert take("clockify", clockify("03/04/2026", "25/04/2026")).good_rows == 2
    assert "2026-04-03T01:00:00" in {entry["at"] for entry in raw(opened, "clockify__entries")}


def test_dates_that_fit_two_orders_are_asked_for_and_nothing_is_kept(take: Take) -> None:
    with pytest.raises(InputError, match="day or the month first") as raised:
        take("time", clockify("03/04/2026", "05/06/2026"))
    assert "--date-order dmy" in raised.value.hint
    assert take("time", clockify("03/04/2026", "05/06/2026"), date_order="mdy").good_rows == 2


def test_the_span_in_the_files_name_settles_the_order(take: Take) -> None:
    text = clockify("11/03/2026", "11/04/2026")
    assert take("time", text, "Clockify_2026-11-01_2026-11-30.csv").good_rows == 2


def test_harvest_with_semicolons_and_decimal_commas(take: Take, opened: Warehouse) -> None:
    rows = "2026-11-02;Shop Ltd;Care;;Maintenance;;7,5;Yes;No;Ana;Pop;\n2026-11-03;Shop Ltd;Care;;Programming;Fix;0,25;Yes;No;Ana;Pop;\n"  # noqa: E501
    assert take("harvest", HARVEST_HEAD + rows).good_rows == 2
    assert {entry["hours"]: entry["kind"] for entry in raw(opened, "harvest__entries")} == {7.5: "care", 0.25: "repair"}


def test_a_decimal_sign_that_may_part_thousands_is_asked_for(take: Take) -> None:
    text = (HARVEST_HEAD + "2026-11-02;Shop Ltd;Care;;Maintenance;;1|500;Yes;No;Ana;Pop;\n").replace(";", ",").replace("|", ".")
    with pytest.raises(InputError, match="decimal sign"):
        take("harvest", text)
    assert take("harvest", text, decimal="point").good_rows == 1


def test_another_trackers_file_is_named(take: Take) -> None:
    with pytest.raises(InputError, match="export of Toggl Track"):
        take("harvest", TOGGL)
    with pytest.raises(InputError, match="no export that is known"):
        take("time", "a,b\n1,2\n")


def test_child_reports_unquoted_commas_are_read_from_both_ends(take: Take, opened: Warehouse) -> None:
    report = take("child_reports", REPORTS, "shop.example.csv")
    assert (report.good_rows, report.bad_rows) == (4, 0)  # a line without a date goes on with the row above
    summaries = {event["summary"] for event in raw(opened, "child_reports__events")}
    assert "Updated plugin: Forms, Surveys & More 5.3.1" in summaries


def test_a_file_that_names_no_site_is_asked_about(take: Take) -> None:
    for kind, text in (("child_reports", REPORTS), ("updraft", '{"1795000000": {"db": ["a"]}}'), ("wp_cli", "6.9.1")):
        with pytest.raises(InputError, match="Which site"):
            take(kind, text, "stream.csv")


def test_wp_cli_output_is_known_by_its_content(take: Take, opened: Warehouse) -> None:
    plugins = [
        {
            "name": "forms",
            "status": "active",
            "update": "available",
            "version": "1.2",
            "update_version": "1.3",
            "auto_update": "off",
        },
        {"name": "seo", "status": "active", "update": "none", "version": "2.0", "update_version": "", "auto_update": "off"},
    ]
    take("wp_cli", json.dumps(plugins), "cli.example/plugins-2026-11-20.json")
    take("wp_cli", "6.9.1\n", "cli.example/core-2026-11-19.txt")
    take("wp_cli", "[]", "cli.example/core-check-update.json")
    updates = [{"name": "forms", "old_version": "1.1", "new_version": "1.2", "status": "Updated"},
               {"name": "bad", "old_version": "1", "new_version": "2", "status": "Error"}, {"name": "odd", "status": "Skipped"}]  # fmt: skip  # noqa: E501
    updates[2] |= {"old_version": "1", "new_version": "1"}
    report = take(
        "wp_cli", f"Enabling Maintenance mode...\n{json.dumps(updates)}\nSuccess: Updated 1 of 2.", "cli.example/up.json"
    )
    assert (report.good_rows, report.bad_rows) == (2, 1)
    with pytest.raises(InputError, match="empty list; of what"):
        take("wp_cli", "[]", "cli.example/x.json")


def test_updraft_counts_a_set_as_full_only_with_all_its_parts(take: Take, opened: Warehouse) -> None:
    whole = {part: [f"{part}.zip"] for part in ("plugins", "themes", "uploads", "others")}
    history = {
        "1795200000": {"db": "db.gz", **whole, "service": ["s3"], "nonce": "n1", "db-size": 1048576},
        "1795100000": {"db": "db.gz", "service": "none"},
        "1795000000": {"db": "db.gz", **whole, "service": ""},
        "12": {"db": "db.gz"},
    }
    last = {"backup_time": 1795200000, "success": 0, "backup_nonce": "n1"}
    report = take("updraft", json.dumps({"updraft_backup_history": history, "updraft_last_backup": last}), "cli.example.json")
    assert (report.good_rows, report.bad_rows) == (3, 1)
    sets = {found["at"]: found for found in raw(opened, "updraft__backups")}
    assert sets["2026-11-20T18:40:00Z"]["has_failed"]
    with pytest.raises(InputError, match="serialised PHP"):
        take("updraft", 'a:1:{i:1;s:1:"x";}', "cli.example.txt")


def test_a_mapping_is_made_once_and_known_again_by_its_headings(take: Take, opened: Warehouse) -> None:
    text = "Jour,Kunde,Zeit,Was\n2026-11-02,Shop Ltd,1:30,Runde\nx,Shop Ltd,1,Runde\n"
    with pytest.raises(InputError, match="not mapped yet"):
        take("spreadsheet", text)
    report = take(
        "spreadsheet", text, entity="hours", columns={"date": "Jour", "hours": "Zeit", "client": "Kunde", "task": "Was"}
    )
    assert (report.good_rows, report.bad_rows) == (1, 1)
    again = take("spreadsheet", text.replace("1:30", "2:00").replace("Jour,Kunde,Zeit,Was", "JOUR,Kunde,Zeit,Was"))
    assert again.changed["hours"] == 1


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"date": "Jour"}, "need a column for hours"),
        ({"date": "Day", "hours": "Zeit"}, "no column “Day”"),
        ({"colour": "Was"}, "no column “colour”"),
    ],
)
def test_a_mapping_that_can_not_be_is_refused(take: Take, columns: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        take("spreadsheet", "Jour,Kunde,Zeit,Was\n", entity="hours", columns=columns)


def test_the_figures_of_all_files_stand_together_each_once(take: Take, opened: Warehouse, tmp_path: Path) -> None:
    take("maintenance", "site,date,component,new version\nshop.example,2026-11-20,Forms Surveys More,5.3.1\n", "updates.csv")
    folder = tmp_path / "sites" / "cli.example"
    folder.mkdir(parents=True)
    (folder / "core-version.txt").write_text("7.0\n")
    os.utime(folder / "core-version.txt", (1795300000, 1795300000))
    (folder / "broken.json").write_text("{")
    (tmp_path / "sites" / "plugin-list.json").write_text(
        '[{"name": "x", "status": "active", "version": "1", "update": "none"}]'
    )
    settings = replace(opened.settings, site_files=str(tmp_path / "sites"))
    summary = sync(settings, "wp_cli", warehouse=opened)
    assert any("Which site is plugin-list.json about" in sentence for sentence in summary.warnings)
    assert any(sentence.startswith("cli.example/broken.json: ") for sentence in summary.warnings)
    Warehouse.build(opened)
    sites = metrics.read(opened, "sites").astype(object).set_index("site").to_dict("index")
    cli = sites["cli.example"]
    assert (cli["wp_version"], cli["plugin_updates"], cli["core_updates"]) == ("7.0", 1, 0)
    assert cli["last_backup_on"] == "2026-11-18"  # the failed set of the 20th is none
    months = metrics.read(opened, "care_months").set_index(["month", "site"]).to_dict("index")
    shop = months["2026-11", "shop.example"]
    assert shop["updates_done"] == 2  # the spreadsheet's and the log's plugin update are one; WordPress's is another
    assert shop["hours"] == 1.5
    assert months["2026-11", "cli.example"]["updates_failed"] == 1


def test_the_command_line_takes_every_kind_with_its_options(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "history.json"
    file.write_text(json.dumps({"1795200000": {"db": "db.gz", "service": ["s3"]}}))
    assert main(["--home", str(tmp_path / "home"), "import", "updraft", str(file)]) == 2
    assert "--site example.com" in capsys.readouterr().err
    assert not (tmp_path / "home" / "retainer.duckdb").exists()
    assert main(["--home", str(tmp_path / "home"), "import", "updraft", str(file), "--site", "https://www.Shop.example/"]) == 0
    assert "1 row read (backups 1); 1 new" in capsys.readouterr().err
