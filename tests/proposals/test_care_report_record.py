"""Care reports on record and due (F27–F31): reviewed, sent and frozen, skipped; `python -m proposals report`."""

import json
import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from data import metrics, reporting
from data.calendar import KINDS
from data.due import reports
from data.errors import InputError
from data.settings import load
from data.warehouse import Warehouse
from proposals import care_report
from proposals.__main__ import main
from proposals.care_report import record
from proposals.sender import Sender
from tests.proposals.care_agency import NOW, agency, reader

TODAY = NOW.date()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    home = tmp_path_factory.mktemp("made")
    warehouse, settings = agency(home)
    warehouse.close()
    return settings.own_warehouse


@pytest.fixture
def opened(made, tmp_path):
    settings = load(home=tmp_path, show="own", sender_name="Ana Pop")
    shutil.copy(made, settings.own_warehouse)
    with closing(Warehouse(settings.own_warehouse, settings)) as warehouse:
        yield warehouse, settings


def october(opened, text=""):
    to = care_report.addressee(opened[0], reader(opened[0]), "cus_one", opened[1])
    facts = care_report.read(reader(opened[0]), "cus_one", reporting.period("2026-10"), TODAY)
    report = care_report.compose(facts, to, Sender("Ana Pop"))
    return care_report.rewritten(report.email.source + text, report, to, Sender("Ana Pop")) if text else report


def state(opened, client="cus_one"):
    frame = metrics.read(opened[0], "care_reports").set_index("client_id")
    return frame.loc[client, "state"]


def test_a_report_is_due_until_it_is_sent_and_each_step_can_be_taken_back(opened):
    warehouse, report = opened[0], october(opened)
    assert state(opened) == "due"
    record.save_review(warehouse, report, report.email.source)
    assert state(opened) == "reviewed" and record.review(warehouse, report.report_id)["source"] == report.email.source
    record.send(warehouse, report, on=TODAY)
    assert state(opened) == "sent" and record.review(warehouse, report.report_id) is None
    record.withdraw(warehouse, report)
    assert state(opened) == "due"
    record.skip(warehouse, report)
    assert state(opened) == "skipped"
    record.resume(warehouse, report)
    assert state(opened) == "due"


def test_what_was_sent_stands_as_it_was_under_a_hash_that_takes_in_the_one_before(opened):
    warehouse = opened[0]
    first = record.send(warehouse, october(opened), on=TODAY)
    with pytest.raises(InputError, match="already"):
        record.send(warehouse, october(opened), on=TODAY)
    with pytest.raises(InputError, match="to come"):
        record.send(warehouse, october(opened, "\nMore.\n"), on=TODAY + timedelta(days=4000))
    second = record.send(warehouse, october(opened, "\nMore.\n"), on=TODAY)
    kept = record.revisions(warehouse, first.report_id)
    assert [one.is_intact for one in kept] == [True, True] and kept[0].pdf.startswith(b"%PDF-")
    assert kept[0].sha256 != kept[1].sha256 == second.sha256
    assert metrics.read(warehouse, "care_reports_sent")["state"].tolist() == ["sent", "superseded"]
    with warehouse.transaction() as cursor:
        cursor.execute("update report_revisions set content = replace(content, '31', '32') where revision = 1")
    assert [one.is_intact for one in record.revisions(warehouse, first.report_id)] == [False, False] or not record.revisions(
        warehouse, first.report_id
    )[0].is_intact


def test_reports_are_due_monthly_quarterly_or_never_as_set_for_the_client_else_for_all(opened):
    warehouse = opened[0]
    owed = metrics.read(warehouse, "care_reports").set_index("client_id")
    assert sorted(owed.index) == ["cus_one", "cus_two"]  # of the third nothing is recorded
    assert (owed.loc["cus_one", "period"], owed.loc["cus_one", "due_on"]) == ("2026-10", "2026-11-05")
    (item,) = reports.reports(metrics.read(warehouse, "care_reports"))
    assert (item.id, item.rule, KINDS[item.kind].page) == ("reports:2026-10", "F29", "care_reports.py")
    assert "2 of 2 still to be sent" in item.detail
    reporting.keep(warehouse, reporting.Habit("cus_two", every="never"))
    reporting.keep(warehouse, reporting.Habit("cus_one", every="quarterly"))
    owed = metrics.read(warehouse, "care_reports")
    assert owed.empty, "nothing is recorded for the third quarter"
    with pytest.raises(InputError):
        reporting.keep(warehouse, reporting.Habit("cus_one", every="hourly"))


def test_an_attack_is_due_to_be_told_until_a_notice_or_the_month_s_report_is_sent(opened):
    warehouse = opened[0]

    def due():
        events, sent = (metrics.read(warehouse, name) for name in ("care_events", "care_reports_sent"))
        return list(reports.notices(events, sent, set(), TODAY - timedelta(days=5)))

    (item,) = due()
    assert item.rule == "F30" and "dupont.example" in item.detail
    record.send(warehouse, october(opened), on=TODAY)
    assert due() == []


def test_the_command_writes_the_report_and_says_what_is_not_recorded(opened, tmp_path, monkeypatch, capsys):
    opened[0].close()
    monkeypatch.setenv("RETAINER_HOME", str(tmp_path))
    out = tmp_path / "out"
    assert main(["report", "atelier  DUPONT", "--month", "2026-10", "--out", str(out), "--language", "ro"]) == 0
    said = capsys.readouterr()
    names = ["report.eml", "report.html", "report.json", "report.pdf", "report.txt"]
    assert sorted(Path(line).name for line in said.out.splitlines()) == names == sorted(path.name for path in out.iterdir())
    assert "21 de actualizări" in (out / "report.txt").read_text("utf-8")
    assert json.loads((out / "report.json").read_text("utf-8"))["facts"]["sums"]["updates_done"] == 21


@pytest.mark.parametrize(
    "arguments",
    [
        ["Nobody at all", "--month", "2026-10"],
        ["cus_one"],
        ["cus_one", "--month", "2026-13"],
        ["cus_one", "--month", "2026-Q3"],
        ["cus_one", "--month", "2030-01"],
        ["cus_one", "--month", "2026-10", "--language", "xx"],
        ["cus_bare", "--month", "2026-10"],
    ],
)
def test_the_command_ends_with_a_sentence_and_2_where_it_can_t_write(opened, tmp_path, monkeypatch, capsys, arguments):
    opened[0].close()
    monkeypatch.setenv("RETAINER_HOME", str(tmp_path))
    assert main(["report", *arguments, "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr()
    assert not said.out and said.err.strip() and "Traceback" not in said.err
    assert not (tmp_path / "out").exists()
