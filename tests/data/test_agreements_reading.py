"""Agreements are read from files as other people write them, with the same care as maintenance files."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from data.errors import InputError
from data.sources import agreements

HEAD = ",".join(agreements.COLUMNS)
ROW = "Ann,Care,100,eur,1,2026-01-01,,,"


def read(tmp_path: Path, content: str | bytes, name: str = "agreements.csv") -> tuple[list[dict[str, Any]], list[str]]:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return agreements.read_file(file)


def one(tmp_path: Path, **cells: str) -> dict[str, Any]:
    row = {"client": "Ann", "amount": "100", "currency": "eur", "months": "1", "starts_on": "2026-01-01", **cells}
    line = "\t".join(row.get(column, "") for column in agreements.COLUMNS)
    good, bad = read(tmp_path, "\t".join(agreements.COLUMNS) + f"\n{line}\n")
    assert good or bad
    return good[0] if good else {"bad": bad[0]}


@pytest.mark.parametrize(
    ("written", "minor"),
    [("1,50", 150), ("1.50", 150), ("1.250,50", 125_050), ("1,250.50", 125_050), ("1 250,50", 125_050),
     ("1\u202f250,50 €", 125_050), ("EUR 1'250.50", 125_050), ("1250", 125_000), ("0", 0), ("12,5 eur", 1_250)],
)  # fmt: skip
def test_amounts_are_read_with_a_decimal_point_or_comma(tmp_path: Path, written: str, minor: int) -> None:
    assert one(tmp_path, amount=written)["amount_minor"] == minor


@pytest.mark.parametrize("written", ["ten", "10k", "1e3", "1,250", "1.250", "9.999", "-1", "12 $ off", "100 £", "12-50", "€"])
def test_an_amount_that_may_mean_something_else_is_left_out(tmp_path: Path, written: str) -> None:
    assert "amount" in one(tmp_path, amount=written)["bad"]


def test_an_amount_beside_its_currency_s_sign_is_read(tmp_path: Path) -> None:
    assert one(tmp_path, amount="$100", currency="usd")["amount_minor"] == 10_000
    assert one(tmp_path, amount="1.250", currency="kwd")["amount_minor"] == 1_250


@pytest.mark.parametrize("written", ["0001-01-01", "0026-01-15", "9999-12-31", "1989-12-31", "2101-01-01"])
@pytest.mark.parametrize("column", ["starts_on", "paid_until", "ends_on"])
def test_a_year_that_can_t_be_right_is_left_out(tmp_path: Path, column: str, written: str) -> None:
    assert "can't be right" in one(tmp_path, **{column: written})["bad"]


def test_a_year_that_can_t_be_right_is_refused_in_the_form(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the year 26 can't be right"):
        agreements.checked({"client": "A", "amount": "1", "currency": "eur", "months": "1", "starts_on": "0026-01-15"})


def test_the_order_of_day_and_month_is_found_from_the_column_and_never_guessed(tmp_path: Path) -> None:
    rows = "A,,1,eur,1,02/01/2026,,,\nB,,1,eur,1,31/01/2026,,,\n"
    good, _ = read(tmp_path, f"{HEAD}\n{rows}")
    assert [row["starts_on"] for row in good] == ["2026-01-02", "2026-01-31"]
    assert "ambiguous" in one(tmp_path, starts_on="02/01/2026")["bad"]


@pytest.mark.parametrize("name", ["A\x00nn", "A\x07nn", "A\x1bnn", '"A\nnn"', "A\x85nn"])
@pytest.mark.parametrize("column", ["client", "tier", "paid_by"])
def test_control_characters_in_names_are_refused(tmp_path: Path, column: str, name: str) -> None:
    # Further down, since a NUL among the first bytes of a file means that it is no text.
    rows = [f"Client {number},Care,100,eur,1,2026-01-01,,," for number in range(200)]
    cells = {"client": "Ann", "tier": "Care", "paid_by": "transfer", column: name}
    rows.append(f"{cells['client']},{cells['tier']},100,eur,1,2026-01-01,,,{cells['paid_by']}")
    good, bad = read(tmp_path, "\n".join([HEAD, *rows]))
    assert len(good) == 200
    assert bad == [f"line 202: {column} holds a line break or another control character"]


def test_an_endless_cell_is_a_bad_row_and_no_crash(tmp_path: Path) -> None:
    good, bad = read(tmp_path, f"{HEAD}\n{'x' * 140_000},Care,1,eur,1,2026-01-01,,,\n{ROW}\n")
    assert [row["client"] for row in good] == ["Ann"]
    assert bad == ["line 2: a cell is too long; is a quotation mark left open?"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_any_usual_encoding_and_delimiter_is_read(tmp_path: Path, encoding: str, sign: str) -> None:
    text = f"{HEAD}\nÉrables,Care,100,eur,1,2026-01-01,,,chèque\n".replace(",", sign)
    good, bad = read(tmp_path, text.encode(encoding))
    assert ([row["client"] for row in good], bad) == (["Érables"], [])
    assert good[0]["paid_by"] == "chèque"


def test_the_same_agreement_has_the_same_id_in_a_workbook_and_a_csv(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Our agreements"])
    book.active.append(list(agreements.COLUMNS))
    book.active.append(["Ann", "Care", 100, "EUR", 1, date(2026, 1, 1), None, None, None])
    book.create_sheet("Notes").append(["to do"])
    out = io.BytesIO()
    book.save(out)
    from_book = read(tmp_path, out.getvalue(), "agreements.xlsx")
    assert from_book == read(tmp_path, f"{HEAD}\n{ROW}\n")
    assert from_book[0][0]["amount_minor"] == 10_000


def test_a_comma_in_an_unquoted_cell_is_told_and_blank_rows_are_passed_over(tmp_path: Path) -> None:
    good, bad = read(tmp_path, f"{HEAD}\nAnn,Care,1,50,eur,1,2026-01-01,,,transfer\n , , ,,,,,,\n{ROW}\n")
    assert len(good) == 1
    assert bad == ["line 2: 10 cells under 9 headings; a cell that holds the delimiter needs quotes"]


def test_a_file_keeps_any_whole_number_of_months_up_to_ten_years(tmp_path: Path) -> None:
    assert one(tmp_path, months="7")["months"] == 7
    for written in ("0", "121", "1.5", "9" * 5000):
        assert "months" in one(tmp_path, months=written)["bad"]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "is empty"), (b"%PDF-1.7", "is a PDF"), (b"client,amo\x00unt", "is not a text file"),
     (b"client,amount,months,starts_on\n", "lacks the column currency"), (b"hello\n", "lacks the column client")],
)  # fmt: skip
def test_a_file_that_can_t_be_read_is_refused_in_a_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(tmp_path, content)
