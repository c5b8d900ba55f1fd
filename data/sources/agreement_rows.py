"""Rows of agreements, from a CSV, a workbook or the form, as payloads (definitions.md, Agreements).

Cells are read as in maintenance files: decimal point or comma, any usual way to write a date, years from 1990 to 2100.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from data.errors import InputError
from data.money import minor_digits
from data.sources.maintenance import values
from data.sources.maintenance.dates import DayOrder, moment
from data.sources.maintenance.layout import plain, table
from data.sources.maintenance.rows import Row, Sheet
from data.sources.maintenance.sheets import HEADING_ROWS, sheets

COLUMNS = ("client", "tier", "amount", "currency", "months", "starts_on", "ends_on", "paid_until", "paid_by")
REQUIRED = ("client", "amount", "currency", "months", "starts_on")
DAYS = ("starts_on", "ends_on", "paid_until")
TEXTS = ("client", "tier", "paid_by")
# Fewer headings than these are chance: a sheet of notes, not of agreements.
TELLING = 3
HINT = f"Its first line must name: {','.join(COLUMNS)}."


def read(content: bytes, name: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Good rows as payloads (amounts in minor units, dates ISO), and a sentence for each bad one, by its line.

    Raises InputError where the file is no table, or lacks a column that is needed.
    """
    good: list[dict[str, Any]] = []
    bad: list[str] = []
    for sheet, headings in _with_headings(content, name):
        places = {column: headings.cells.index(plain(column)) for column in COLUMNS if plain(column) in headings.cells}
        body = [row for row in sheet.rows() if row.line > headings.line]
        orders = _orders(body, places)
        for row in body:
            try:
                if cells := _cells(row, places, len(headings.cells)):
                    good.append(payload(cells, orders))
            except ValueError as error:
                bad.append(f"line {row.line}: {error}")
    return good, bad


def payload(cells: Mapping[str, Any], is_day_first: Mapping[str, bool | None] | None = None) -> dict[str, Any]:
    """One agreement from its cells by column; ValueError with a reason for the user.

    `is_day_first` says for the columns of dates whether 1/2/2026 is in February; where it doesn't tell, that is refused.
    """
    texts = {column: _text(column, cells.get(column)) for column in TEXTS}
    for column in REQUIRED:
        if not texts[column] if column in texts else values.is_blank(cells.get(column)):
            raise ValueError(f"{column} is empty")
    currency = values.currency(cells["currency"])
    days = {column: _day(column, cells.get(column), (is_day_first or {}).get(column)) for column in DAYS}
    if days["ends_on"] and days["ends_on"] < (days["starts_on"] or ""):
        raise ValueError("ends_on is before starts_on")
    return {
        "client": texts["client"],
        "tier": texts["tier"],
        "amount_minor": _amount(cells["amount"], currency),
        "currency": currency,
        "months": _months(cells["months"]),
        **days,
        "paid_by": texts["paid_by"],
    }


def _with_headings(content: bytes, name: str) -> Iterator[tuple[Sheet, Row]]:
    """The sheets that hold agreements, each with its row of headings, made plain."""
    found = [(sheet, _headings(sheet)) for sheet in sheets(content, name)]
    likely = [pair for pair in found if _named(pair[1]) >= TELLING] or found[:1]
    for sheet, headings in likely:
        missing = [column for column in REQUIRED if plain(column) not in headings.cells]
        if missing:
            where = name if len(found) == 1 else f"Sheet “{sheet.title}” of {name}"
            raise InputError(f"{where} lacks the column {missing[0]}.", HINT)
        yield sheet, headings


def _headings(sheet: Sheet) -> Row:
    """The row among the first that names the most columns."""
    first = [row for _, row in zip(range(HEADING_ROWS), sheet.rows(), strict=False)]
    heads = [Row(row.line, [plain("" if cell is None else str(cell)) for cell in row.cells]) for row in first]
    return max(heads, key=_named, default=Row(0, []))


def _named(headings: Row) -> int:
    return sum(plain(column) in headings.cells for column in COLUMNS)


def _orders(rows: list[Row], places: Mapping[str, int]) -> dict[str, bool | None]:
    orders = {column: DayOrder() for column in DAYS if column in places}
    for row in rows:
        for column, order in orders.items():
            if places[column] < len(row.cells):
                order.see(row.cells[places[column]])
    return {column: order.is_day_first for column, order in orders.items()}


def _cells(row: Row, places: Mapping[str, int], width: int) -> dict[str, Any]:
    """The row's cells by column, none for a blank row; ValueError where it can't be read."""
    if row.problem:
        raise ValueError(row.problem)
    if any(not values.is_blank(cell) for cell in row.cells[width:]):
        raise ValueError(f"{len(row.cells)} cells under {width} headings; a cell that holds the delimiter needs quotes")
    if all(cell is None or not str(cell).strip() for cell in row.cells):
        return {}
    return {column: row.cells[place] for column, place in places.items() if place < len(row.cells)}


def _text(column: str, cell: Any) -> str:
    written = "" if cell is None else str(cell).strip()
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in written):
        raise ValueError(f"{column} holds a line break or another control character")
    return values.text(cell) if written else ""


def _amount(cell: Any, currency: str) -> int:
    written = str(cell).strip()
    sign = re.sub(r"[\d.,'’\s+-]", "", written) if isinstance(cell, str) else ""
    named = table()["symbols"].get(sign.lower(), sign.lower())
    is_other = named != currency and not all(unicodedata.category(letter) == "Sc" for letter in named)
    if is_other and named in table()["symbols"].values():
        raise ValueError(f"the amount “{written}” is not in {currency}")
    if is_other or not any(letter.isdigit() for letter in written):
        raise ValueError(f"the amount “{written[:40]}” is no decimal number; write it as 1250.50")
    bare = written.replace(sign, "").strip()
    # 1.250 is a thousand and more where a point parts thousands.
    if isinstance(cell, str) and minor_digits(currency) == 2 and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", bare):
        raise ValueError(f"the amount “{written}” has three decimals, or is {bare.replace('.', '')}; write it as 1250.50")
    try:
        return values.money(cell, currency)
    except ValueError as error:
        raise ValueError(f"the amount {error}") from None


def _months(cell: Any) -> int:
    text = values.text(cell)
    if not text.isdecimal() or len(text) > 3 or not 1 <= int(text) <= 120:
        raise ValueError(f"months is “{text[:40]}”; it must be a whole number, as 1, 3, 6 or 12")
    return int(text)


def _day(column: str, cell: Any, is_day_first: bool | None) -> str | None:
    if values.is_blank(cell):
        return None
    try:
        return moment(cell, is_day_first)[:10]
    except ValueError as error:
        raise ValueError(f"{column}: {error}") from None
