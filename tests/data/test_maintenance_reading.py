"""What a maintenance file may look like, and what is read from it (docs/maintenance-import.md)."""

import csv
import io
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import InputError
from data.sources.maintenance import Parsed, read_records
from data.sources.maintenance import values as cells
from data.sources.maintenance.dates import moment

at = datetime.fromisoformat


def read(text: str, name: str = "care.csv", encoding: str = "utf-8") -> Parsed:
    return read_records(text.encode(encoding), name)


def workbook(sheets: dict[str, list[list[Any]]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def reasons(parsed: Parsed) -> list[tuple[int, str]]:
    return [(row.line, row.reason) for row in parsed.bad]


@pytest.mark.parametrize(
    "written",
    ["https://www.Example.com/", "http://example.com", "EXAMPLE.com.", " www.example.com ", "https://user@example.com/?a=1#b"],
)
def test_a_site_is_the_same_however_its_address_is_written(written: str) -> None:
    assert cells.site(written) == "example.com"


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        ("7,5", 7.5), ("7.5", 7.5), ("1:30", 1.5), ("01:30:00", 1.5), ("1h30", 1.5), ("1 h 30 min", 1.5), ("90 min", 1.5),
        (1.5, 1.5), (time(1, 30), 1.5), (timedelta(hours=26), 26.0), ("0", 0.0), ("2h", 2.0),
    ],
)  # fmt: skip
def test_hours_are_read_as_people_write_them(cell: object, hours: float) -> None:
    assert cells.hours(cell) == hours


@pytest.mark.parametrize("cell", ["-1", "soon", "1:75", "1,234", "1000", at("2026-01-02T03:00"), "h", True])
def test_hours_that_are_none_or_can_be_read_two_ways_are_refused(cell: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        cells.hours(cell)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1 234,5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1'234", "1234"),
        ("1.234.567", "1234567"),
        ("0,125", "0.125"),
    ],
)
def test_thousands_and_decimals_are_told_apart(written: str, number: str) -> None:
    assert cells.number(written) == Decimal(number)


@pytest.mark.parametrize(
    ("cell", "share"), [("99,98 %", 0.9998), ("99.98", 0.9998), (0.9998, 0.9998), ("100", 1.0), ("0.5 %", 0.005)]
)
def test_an_uptime_is_a_percentage_or_a_share(cell: object, share: float) -> None:
    assert cells.ratio(cell) == pytest.approx(share)


def test_an_uptime_above_a_hundred_percent_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 100"):
        cells.ratio("101")


def test_yes_and_no_are_read_in_three_languages() -> None:
    assert [cells.yes_no(cell) for cell in ("oui", "Da", "YES", True, 1.0, "✓")] == [True] * 6
    assert [cells.yes_no(cell) for cell in ("nu", "Non", "no", False, 0)] == [False] * 5


def test_money_keeps_to_its_currency_and_never_rounds_silently() -> None:
    assert cells.money("12,50 €", "eur") == 1250
    assert cells.money("1 234", "jpy") == 1234
    assert cells.currency_of("12,50 €") == cells.currency("EUR") == "eur"
    with pytest.raises(ValueError, match="more decimals"):
        cells.money("1.234", "eur")
    with pytest.raises(ValueError, match="needs a currency"):
        cells.currency_of("12.50")
    with pytest.raises(ValueError, match="no currency"):
        cells.currency_of("$ 12.50")


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("2026-11-21", "2026-11-21"), ("21.11.2026", "2026-11-21"), ("20261121", "2026-11-21"), ("2026/11/21", "2026-11-21"),
        ("21/11/26", "2026-11-21"), ("11/21/2026", "2026-11-21"), ("05/05/2026", "2026-05-05"),
        ("2026-11-21 03:10", "2026-11-21T03:10:00"), ("2026-11-21T03:10:00.123Z", "2026-11-21T03:10:00Z"),
        ("2026-11-21T00:30:00+02:00", "2026-11-20T22:30:00Z"), ("21.11.2026 à 14h05", "2026-11-21T14:05:00"),
        ("11/21/2026 2:05 PM", "2026-11-21T14:05:00"), ("11/21/2026 12:05 am", "2026-11-21T00:05:00"),
        (at("2026-11-21"), "2026-11-21"), (at("2026-11-21T03:10"), "2026-11-21T03:10:00"), (date(2026, 11, 21), "2026-11-21"),
    ],
)  # fmt: skip
def test_a_date_that_can_be_read_one_way_only_is_read(cell: object, iso: str) -> None:
    assert moment(cell, None) == iso


@pytest.mark.parametrize(
    "cell", ["03/04/2026", "31.02.2026", "2026-13-01", "32/13/2026", "yesterday", 46000, "2206-01-01", "2026-11-21 25:00"]
)
def test_a_date_that_is_none_or_can_be_read_two_ways_is_refused(cell: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        moment(cell, None)


def test_the_order_of_day_and_month_is_found_from_the_whole_column() -> None:
    for decisive, expected in (("25/03/2026", "2026-04-03"), ("03/25/2026", "2026-03-04")):
        parsed = read(f"site,date,component\nx.com,03/04/2026,A\nx.com,{decisive},B\n")
        assert parsed.records["updates"][0]["at"] == expected
        assert not parsed.bad


def test_where_the_column_does_not_tell_or_contradicts_itself_only_the_ambiguous_rows_are_listed() -> None:
    parsed = read("site,date,component\nx.com,03/04/2026,A\nx.com,05/05/2026,B\n")
    assert [record["component"] for record in parsed.records["updates"]] == ["B"]
    assert [(line, "ambiguous" in reason) for line, reason in reasons(parsed)] == [(2, True)]
    mixed = read("site,date,component\nx.com,03/04/2026,A\nx.com,25/03/2026,B\nx.com,03/25/2026,C\n")
    assert [record["at"] for record in mixed.records["updates"]] == ["2026-03-25", "2026-03-25"]
    assert [line for line, _ in reasons(mixed)] == [2]


def test_one_impossible_date_does_not_spoil_the_order_of_its_column() -> None:
    parsed = read("site,date,component\nx.com,25/03/2026,A\nx.com,03/04/2026,B\nx.com,32/13/2026,C\n")
    assert [record["at"] for record in parsed.records["updates"]] == ["2026-03-25", "2026-04-03"]
    assert [line for line, _ in reasons(parsed)] == [4]


ROWS = [["Site", "Date", "Extension", "Nouvelle version"], ["café.fr", "2026-11-21", "Éditeur, pro", "2.0"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_usual_delimiter_and_encoding_reads_the_same(delimiter: str, encoding: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(ROWS)
    record = read_records(out.getvalue().encode(encoding), "x.csv").records["updates"][0]
    assert (record["site"], record["component"], record["to_version"]) == ("café.fr", "Éditeur, pro", "2.0")


@pytest.mark.parametrize(
    ("headings", "row", "entity"),
    [
        ("Site;Client;Version PHP", "x.fr;Dupont;8,3", "sites"),
        ("Domaine;Date;Extension;Ancienne version;Nouvelle version", "x.fr;21.11.2026;Yoast;1;2", "updates"),
        ("Site;Data;Conținut;În afara serverului", "x.ro;21.11.2026;complet;da", "backups"),
        ("Site;Début;Durée;Résumé", "x.fr;21.11.2026 10:00;0:19;Panne", "incidents"),
        ("Dată;Client;Ore;Persoană", "21.11.2026;Foo SRL;1:30;Ana", "hours"),
        ("Client,Date,Hours", "Foo,2026-11-21,2", "hours"),
        ("url,client_email", "x.fr,a@x.fr", "sites"),
    ],
)
def test_a_file_of_one_kind_is_recognised_by_its_headings(headings: str, row: str, entity: str) -> None:
    parsed = read(f"{headings}\n{row}\n")
    assert {name: len(found) for name, found in parsed.records.items() if found} == {entity: 1}, parsed.bad


def test_headings_that_fit_two_kinds_are_asked_about_unless_the_name_of_the_file_says_which() -> None:
    text = "site,date\nx.com,2026-11-21\n"
    with pytest.raises(InputError, match="fit backups and incidents alike"):
        read(text, "care.csv")
    assert len(read(text, "backups.csv").records["backups"]) == 1
    assert len(read(text, "Incidents.csv").records["incidents"]) == 1


def test_titles_above_the_headings_and_excels_own_delimiter_line_are_passed_over() -> None:
    parsed = read("sep=;\nCare 2026;\n;\nsite;date;component\nx.com;2026-11-21;Yoast\n")
    assert len(parsed.records["updates"]) == 1
    assert not parsed.bad


def test_good_rows_are_kept_and_bad_ones_listed_with_line_reason_and_content() -> None:
    parsed = read(
        "record,site,date,component,off_site,hours\n"
        "update,x.com,2026-11-21,Yoast,,\n"
        "update,x.com,,Yoast,,\n"
        "holiday,x.com,2026-11-21,,,\n"
        "backup,x.com,2026-11-21,,maybe,\n"
        "hour,,2026-11-21,,,7,5\n"
        "hour,,2026-11-21,,,2\n"
        '"update","x.com","2026-11-22","Two\nlines",,\n'
        "update,x.com,2026-11-40,Yoast,,\n"
    )
    assert [line for line, _ in reasons(parsed)] == [3, 4, 5, 6, 7, 10]
    assert parsed.bad[0].reason == "Date is missing."
    assert "is none of site, update" in parsed.bad[1].reason
    assert parsed.bad[2].reason == "Off_site: “maybe” is neither yes nor no."
    assert "7 cells under 6 headings" in parsed.bad[3].reason
    assert parsed.bad[4].reason == "Site or client or client_email or stripe_customer is missing."
    assert parsed.bad[5].values["component"] == "Yoast"
    assert len(parsed.records["updates"]) == 2


def test_a_quotation_mark_left_open_costs_its_rows_a_reason_not_silence() -> None:
    body = "".join(f"x.com,2026-11-{day:02},Plugin\n" for day in range(1, 29))
    parsed = read(f'site,date,component\nx.com,2026-10-01,"Yoast\n{body}')
    assert not parsed.records["updates"]
    assert "quotation mark" in parsed.bad[0].reason


def test_a_column_that_is_not_documented_and_a_word_that_is_not_known_are_told() -> None:
    parsed = read("site,date,hours,kind,mood\nx.com,2026-11-21,1,design,good\n")
    assert parsed.records["hours"][0]["kind"] == "other"
    assert sorted(parsed.findings.remarks) == [
        "Column “mood” was left out: it is not one of the documented columns.",
        "Kind “design” was taken as “other”.",
    ]


def test_what_is_unknown_stays_unknown_and_never_becomes_no_or_zero() -> None:
    record = read("site,client,plugin_updates,uptime_30d\nx.com,-,?,n/a\n").records["sites"][0]
    assert {record[name] for name in ("client", "plugin_updates", "uptime_30d", "core_updates", "last_backup_off_site")} == {
        None
    }
    backup = read("site,date,off_site\nx.com,2026-11-21,\n").records["backups"][0]
    assert (backup["is_off_site"], backup["is_kept"], backup["contents"], backup["status"]) == (None, None, "full", "done")


def test_a_workbook_is_read_sheet_by_sheet_with_its_own_kinds_of_cells() -> None:
    book = workbook(
        {
            "Read me": [["How to fill in this workbook"]],
            "Sites": [["Site", "PHP", "Uptime"], ["x.com", 8.3, 0.9998]],
            "Heures": [
                ["Date", "Site", "Heures"],
                [at("2026-11-19T00:00"), "x.com", time(1, 30)],
                [date(2026, 11, 20), "x.com", 2],
            ],
            "Sauvegardes": [["Site", "Date", "Hors site"], ["x.com", at("2026-11-21T03:10"), True]],
        }
    )
    parsed = read_records(saved(book), "care.xlsx")
    assert [record["hours"] for record in parsed.records["hours"]] == [1.5, 2.0]
    assert parsed.records["sites"][0]["php_version"] == "8.3"
    assert parsed.records["backups"][0]["at"] == "2026-11-21T03:10:00"
    assert list(parsed.findings.remarks) == ["Sheet “Read me” was left out: its headings are not known."]


def test_formulas_count_by_their_result_and_are_listed_where_the_file_holds_none() -> None:
    book = workbook(
        {"Hours": [["Date", "Site", "Hours"], [date(2026, 11, 19), "x.com", "=1+1"], [date(2026, 11, 20), "x.com", 2]]}
    )
    parsed = read_records(saved(book), "care.xlsx")
    assert [record["hours"] for record in parsed.records["hours"]] == [2.0]
    assert [line for line, _ in reasons(parsed)] == [2]
    assert "Column C holds a formula" in parsed.bad[0].reason


def test_rows_under_merged_cells_are_listed_and_a_merged_title_is_not_minded() -> None:
    days = [date(2026, 11, day) for day in (1, 2, 3)]
    rows = [["Care"], ["Site", "Date", "Plugin"], ["x.com", days[0], "A"], [None, days[1], "B"], ["y.com", days[2], "C"]]
    book = workbook({"Updates": rows})
    book["Updates"].merge_cells("A1:C1")
    book["Updates"].merge_cells("A3:A4")
    parsed = read_records(saved(book), "care.xlsx")
    assert [record["component"] for record in parsed.records["updates"]] == ["C"]
    assert [line for line, reason in reasons(parsed) if "merged here (A3:A4)" in reason] == [3, 4]


def packed(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n", "is empty"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (packed("word/document.xml"), "neither CSV nor an Excel workbook"),
        (packed("xl/workbook.xml"), "can't be opened as an Excel workbook"),
        (b"PK\x03\x04 torn", "can't be opened as an Excel workbook"),
        (OLD, "old format"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
        (b"abc\x00\x01\x02\x03 binary", "is not a text file"),
        (b"colour,size\nred,3\n", "No heading"),
        (b"just a sentence", "No heading"),
        (b"<!doctype html><html><body>Sign in</body></html>", "No heading"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence_with_a_hint(content: bytes, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence) as refused:
        read_records(content, "file.bin")
    assert refused.value.hint
    assert "\n" not in refused.value.title


def test_the_apostrophe_that_guards_a_formula_is_taken_off_again() -> None:
    parsed = read("site,date,component\nx.com,2026-11-21,'=SUM(A1)\n")
    assert parsed.records["updates"][0]["component"] == "=SUM(A1)"


HEADS = [
    "record",
    "site",
    "date",
    "hours",
    "cost",
    "uptime_30d",
    "checked_at",
    "minutes",
    "backup",
    "hour",
    "x.com",
    "03/04/2026",
]
ODD = [
    "1e999",
    "9" * 60,
    "2026-11-21T03:10:00+99:99",
    "'=1",
    '"',
    "\x00",
    "\ud800",
    "1:30",
    "-1",
    "oui",
    "∞",
    "١٢",
    "12,5 €",
    "= 1",
]
PIECES = st.sampled_from([*HEADS, *ODD, "\n", "\r", ",", ",", ";"])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, min_size=4, max_size=60).map("".join) | st.lists(PIECES, min_size=4, max_size=60).map(",".join))
def test_whatever_a_file_holds_it_is_read_or_refused_with_reasons(text: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    try:
        parsed = read_records(b"record,site,date,hours,cost,currency\n" + content, "x.csv")
    except InputError as error:
        assert error.title and error.hint
        return
    assert all(row.reason for row in parsed.bad)
    assert orjson.dumps(parsed.records)


def test_a_workbook_torn_halfway_is_refused_in_one_sentence() -> None:
    whole = saved(workbook({"updates": [["site", "date", "plugin"], ["x.com", date(2026, 11, 1), "A"]]}))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.namelist():
            part = source.read(entry)
            target.writestr(entry, part[: len(part) * 2 // 3] if entry.startswith("xl/worksheets/") else part)
    with pytest.raises(InputError, match="can't be opened as an Excel workbook"):
        read_records(out.getvalue(), "torn.xlsx")
