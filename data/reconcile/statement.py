"""Another tool's table as a statement: one row a client as named there, month and currency, amounts in minor units."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from data.errors import InputError
from data.money import minor_digits
from data.reconcile import amounts, months
from data.reconcile.columns import Columns
from data.reconcile.table import HINT, Table

if TYPE_CHECKING:
    import pandas

NAMES = {"unit": "unit", "decimal": "decimal sign", "fixed_currency": "currency", "id": "client", "months": "months"}


@dataclass(frozen=True)
class Statement:
    """What the file says. `rows`: line, party_id, email, name, month, currency, amount_minor (int), is_whole.

    `is_whole` says that the amount was written without decimals, so it may be a rounded one. `bad` are the lines left out.
    """

    rows: "pandas.DataFrame"
    bad: tuple[str, ...]


def read_statement(table: Table, columns: Columns) -> Statement:
    """Read the table by its confirmed columns. InputError where something is still open, or no line can be read."""
    import pandas

    if asked := columns.open_questions:
        raise InputError(f"The {NAMES.get(asked[0], asked[0])} of {table.name} is not known yet.", "Say it, then compare.")
    rows: list[tuple[Any, ...]] = []
    bad: list[str] = []
    for line, cells in table.rows:
        row = dict(zip(table.headings, cells, strict=True))
        who = tuple(_text(row.get(heading)) for heading in (columns.id, columns.email, columns.name))
        if not any(who) or _is_total(who):
            continue
        try:
            rows += [(line, *who, *rest) for rest in _amounts(row, columns)]
        except ValueError as error:
            bad.append(f"line {line}: {error}")
    if not rows:
        raise InputError(f"{table.name} holds no amount that can be read.", bad[0] if bad else HINT)
    names = ["line", "party_id", "email", "name", "month", "currency", "amount_minor", "is_whole"]
    return Statement(pandas.DataFrame(rows, columns=names), tuple(bad))


def _amounts(row: Mapping[str, Any], columns: Columns) -> list[tuple[str, str, int, bool]]:
    currency = columns.fixed_currency
    if columns.currency and _text(row[columns.currency]):
        currency = _text(row[columns.currency]).lower()
        currency = amounts.SYMBOLS.get(currency, currency)
    if len(currency) != 3 or not currency.isalpha():
        raise ValueError(f"“{currency}” is no currency")
    if columns.layout == "wide":
        cells = [(month, row[heading]) for heading, month in columns.months.items()]
    else:
        month = months.month_of(row[columns.month], columns.day_first)
        if month is None:
            raise ValueError(f"“{_text(row[columns.month])}” names no month")
        cells = [(month, row[columns.amount])]
    found = []
    for month, cell in cells:
        value = amounts.amount(cell, columns.decimal)
        if value is not None:
            found.append((month, currency, _minor(value, columns.unit, currency), _is_whole(value, columns.unit)))
    return found


def _minor(value: Decimal, unit: str, currency: str) -> int:
    if abs(value) >= 10**13:
        raise ValueError(f"“{value}” can’t be an amount")
    digits = minor_digits(currency) if unit == "major" else 0
    return int((value * 10**digits).to_integral_value(rounding=ROUND_HALF_UP))


def _is_whole(value: Decimal, unit: str) -> bool:
    return unit == "major" and value == value.to_integral_value()


def _text(cell: Any) -> str:
    return " ".join(str("" if cell is None or cell != cell else cell).split())


def _is_total(who: tuple[str, ...]) -> bool:
    return all(word.lower().rstrip(":") in ("", "total", "totals", "grand total", "sum", "summe", "somme") for word in who)
