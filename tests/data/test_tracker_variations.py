"""Exports of Toggl, Clockify and Harvest as other accounts, languages and programs write them: read, or said why not."""

from typing import Any

import pytest

from data.errors import InputError
from data.sources import time_tracking
from data.sources.files import Findings, Hints

TOGGL = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n"
ROW = "Ana,a@us.example,Shop,Care,,Round,Yes,{},{},\n"
CLOCKIFY = "Project,Client,Description,Task,User,Email,Tags,Billable,Start Date,Start Time,End Date,End Time,{}\n"
ENTRY = "Care,Shop,Round,,Ana,a@us.example,,Yes,25/11/2026,02:00:00 PM,25/11/2026,03:30:00 PM,{}\n"
HARVEST = "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,First Name,Last Name,Employee?\n"
WORK = "{},Shop,Care,,Design,Round,{},Yes,Ana,Pop,Yes\n"


def toggl(*rows: tuple[str, str]) -> str:
    return TOGGL + "".join(ROW.format(*row) for row in rows)


def read(text: str | bytes, name: str = "export.csv") -> tuple[list[dict[str, Any]], Findings]:
    findings = Findings()
    content = text if isinstance(text, bytes) else text.encode()
    _, entries = time_tracking.read(content, name, Hints(), findings)
    return [entry for _, entry in entries], findings


@pytest.mark.parametrize(
    ("text", "at", "hours"),
    [
        (toggl(("25/11/2026,09:00:00,25/11/2026,10:30:00", "01:30:00")), "2026-11-25T09:00:00", 1.5),
        (toggl(("11/25/2026,09:00:00 PM,11/25/2026,10:30:00 PM", "1h 30m")), "2026-11-25T21:00:00", 1.5),
        (toggl(("2026-11-25,09:00,2026-11-25,10:30", "90 min")), "2026-11-25T09:00:00", 1.5),
        (toggl(("2026-11-25,09:00,2026-11-25,10:30", "PT1H30M")), "2026-11-25T09:00:00", 1.5),
        (toggl(("2026-11-25,09:00,2026-11-25,10:30", "1|5")).replace(",", ";").replace("|", ","), "2026-11-25T09:00:00", 1.5),
        (toggl(("2026-11-25,09:00,2026-11-25,10:30", "1:30:00")).encode("utf-16"), "2026-11-25T09:00:00", 1.5),
        (toggl(("2026-11-25,23:00:00,2026-11-26,01:00:00", "02:00:00")), "2026-11-25T23:00:00", 2.0),
        (toggl(("2026-11-25,23:00:00,2026-11-26,01:00:00", "")), "2026-11-25T23:00:00", 2.0),
        (toggl(("2026-11-25,23:00:00,,01:00:00", "")), "2026-11-25T23:00:00", 2.0),
        ("Toggl Track\nDetailed report\n\n" + toggl(("2026-11-25,09:00,2026-11-25,10:30", "1.5")), "2026-11-25T09:00:00", 1.5),
        (CLOCKIFY.format("Duration (decimal)") + ENTRY.format("1.50"), "2026-11-25T14:00:00", 1.5),
        (CLOCKIFY.format("Time (h),Time (decimal)") + ENTRY.format('01:30:00,"1,50"'), "2026-11-25T14:00:00", 1.5),
        (HARVEST + WORK.format("25.11.2026", '"7,5"'), "2026-11-25", 7.5),
        (HARVEST + WORK.format("2026-11-25", "1:30"), "2026-11-25", 1.5),
        (
            "Benutzer;Kunde;Projekt;Aufgabe;Beschreibung;Startdatum;Startzeit;Enddatum;Endzeit;Dauer\n"
            "Ana;Shop;Care;;Round;25.11.2026;09:00:00;25.11.2026;10:30:00;01:30:00\n",
            "2026-11-25T09:00:00",
            1.5,
        ),
        (
            "Projet,Client,Description,Tâche,Utilisateur,Date de début,Heure de début,Date de fin,Heure de fin,Durée (h),Durée (décimale)\n"  # noqa: E501
            'Care,Shop,Round,,Ana,25/11/2026,14:00:00,25/11/2026,15:30:00,01:30:00,"1,50"\n',
            "2026-11-25T14:00:00",
            1.5,
        ),
        (
            "Fecha;Cliente;Proyecto;Código de proyecto;Tarea;Notas;Horas;¿Facturable?;Nombre;Apellido\n"
            "25/11/2026;Shop;Care;;;Round;1,5;Sí;Ana;\n",
            "2026-11-25",
            1.5,
        ),
        (
            "Datum;Kunde;Projekt;Aufgabe;Notizen;Stunden;Vorname;Nachname\n25.11.2026;Shop;Care;;Round;1,5;Ana;\n",
            "2026-11-25",
            1.5,
        ),
    ],
)
def test_each_way_of_writing_an_entry_is_read(text: str | bytes, at: str, hours: float) -> None:
    entries, findings = read(text)
    assert [(entry["at"], entry["hours"], entry["client"]) for entry in entries] == [(at, hours, "Shop")]
    assert entries[0]["person"] in ("Ana", "Ana Pop") and "Round" in entries[0]["task"] and not findings.bad


@pytest.mark.parametrize(
    ("duration", "said"),
    [
        ("", "still running?"),
        ("-01:00:00", "below zero; is it still running?"),
        ("-1795200000", "below zero"),
        ("soon", "no duration"),
        ("800:00:00", "more hours than a month has"),
    ],
)
def test_an_entry_without_a_length_is_left_out_with_the_reason_and_the_others_are_kept(duration: str, said: str) -> None:
    entries, findings = read(toggl(("2026-11-25,09:00:00,,", duration), ("2026-11-26,09:00,2026-11-26,10:00", "1:00:00")))
    assert len(entries) == 1 and len(findings.bad) == 1
    assert said in findings.bad[0].reason and not findings.bad[0].reason.endswith("?.")


def test_an_entry_that_stands_twice_in_an_export_counts_once_and_days_of_harvest_each_time() -> None:
    entries, findings = read(toggl(*[("2026-11-25,09:00:00,2026-11-25,10:00:00", "1:00:00")] * 2))
    assert (len(entries), findings.repeated_rows) == (1, 1)
    entries, findings = read(HARVEST + WORK.format("2026-11-25", "1") * 2)
    assert (len(entries), findings.repeated_rows) == (2, 0)


def test_a_line_of_totals_is_no_work() -> None:
    entries, findings = read(HARVEST + WORK.format("2026-11-25", "1.5") + "Total,,,,,,1.5,,,,\n")
    assert (len(entries), len(findings.bad)) == (1, 1)


def test_a_summary_report_has_no_days_and_the_detailed_one_is_asked_for() -> None:
    with pytest.raises(InputError) as raised:
        read("Client,Project,Duration\nShop,Care,01:30:00\n")
    assert "detailed report" in raised.value.hint
