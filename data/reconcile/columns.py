"""Which column of another tool's file holds what: found from headings and cells, for the user to confirm or correct."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from data.reconcile import amounts, months
from data.reconcile.table import Table

# Role → words of its headings, the most telling first. A role is given to the first column that fits the earliest word.
HEADINGS: Mapping[str, Sequence[str]] = {
    "id": (
        "stripe customer id", "customer external id", "external id", "customer id", "subscriber id", "client id", "account id",
        "customer oid", "oid", "customer", "subscriber", "abonne", "id",
    ),
    "email": ("customer email", "email address", "e mail", "email", "mail"),
    "name": (
        "customer name", "client name", "company name", "subscriber name", "account name", "company", "name",
        "client", "account", "nom", "nume",
    ),
    "month": ("month", "period", "month end", "date", "as of", "mois", "periode", "luna", "perioada"),
    "amount": ("mrr", "mrr amount", "monthly recurring revenue", "amount", "revenue", "value", "montant", "suma"),
    "currency": ("currency", "currency code", "devise", "moneda", "ccy"),
}  # fmt: skip
SCALES = ("major", "minor")


@dataclass(frozen=True)
class Columns:
    """What each column holds. `layout` is wide (a column a month, in `months`: heading → `2026-01`) or long.

    Empty means not there, or not known: `unit` (major or minor), `decimal` (. or ,), `fixed_currency` and `day_first` are asked
    for where the file doesn't tell. `because` says in words what each finding rests on.
    """

    layout: str = "long"
    id: str = ""
    email: str = ""
    name: str = ""
    month: str = ""
    amount: str = ""
    currency: str = ""
    months: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    decimal: str = ""
    day_first: bool | None = None
    fixed_currency: str = ""
    because: Mapping[str, str] = field(default_factory=dict)

    @property
    def open_questions(self) -> list[str]:
        """What must still be said before the file can be read, as names of fields."""
        needed = ["unit", "decimal"]
        if not self.currency:
            needed.append("fixed_currency")
        if self.layout == "long":
            needed += ["month", "amount"]
        asked = [name for name in needed if not getattr(self, name)]
        if self.layout == "wide" and not self.months:
            asked.append("months")
        return asked if self.id or self.email or self.name else ["id", *asked]


def recognise(table: Table, currencies: Sequence[str] = ()) -> Columns:
    """The columns as headings and cells tell them; `currencies` are those of our own figures."""
    found = _by_month_headings(table)
    layout = "wide" if len(found) >= 2 or (found and not _heading(table, "month", set(found))) else "long"
    taken = set(found) if layout == "wide" else set()
    roles: dict[str, str] = {}
    wanted = ("id", "email", "name", "currency") if layout == "wide" else ("month", "amount", "currency", "id", "email", "name")
    for role in wanted:
        roles[role] = _heading(table, role, taken)
        taken |= {roles[role]} - {""}
    _see_contents(table, roles, taken)
    columns = replace(Columns(layout=layout, months=found if layout == "wide" else {}), **roles)  # type: ignore[arg-type]
    return read_amounts(table, columns, currencies)


def read_amounts(table: Table, columns: Columns, currencies: Sequence[str] = ()) -> Columns:
    """The same columns, with what their amounts and dates say of unit, decimal sign, currency and order of day and month."""
    cells = amount_cells(table, columns)
    habit = amounts.habit(cells, columns.fixed_currency)
    because: dict[str, str] = {}
    heading = " ".join([columns.amount, *columns.months])
    unit = ""
    if re.search(r"\b(cents?|minor|pence)\b", _plain(heading)):
        unit, because["unit"] = "minor", f"the heading “{columns.amount or next(iter(columns.months), '')}” says so"
    elif habit.has_decimals:
        unit, because["unit"] = "major", "amounts have decimals"
    elif habit.currencies:
        unit, because["unit"] = "major", "amounts stand beside a currency’s sign"
    fixed, day_first = "", None
    if not columns.currency:
        fixed = _currency_in(heading)
        if fixed:
            because["fixed_currency"] = "a heading names it"
        elif len(habit.currencies) == 1 and habit.currencies[0]:
            fixed, because["fixed_currency"] = habit.currencies[0], "amounts carry its sign"
        elif len(currencies) == 1:
            fixed, because["fixed_currency"] = currencies[0], "you bill in no other"
    if columns.month:
        day_first = months.is_day_first(table.column(columns.month))
    return replace(columns, unit=unit, decimal=habit.decimal, fixed_currency=fixed, day_first=day_first, because=because)


def amount_cells(table: Table, columns: Columns) -> list[Any]:
    """Every cell that holds an amount."""
    headings = [columns.amount] if columns.layout == "long" else list(columns.months)
    return [cell for heading in headings if heading for cell in table.column(heading)]


def _by_month_headings(table: Table) -> dict[str, str]:
    day_first = months.is_day_first(table.headings)
    found = {heading: months.heading_month(heading, day_first) for heading in table.headings}
    return {heading: month for heading, month in found.items() if month}


def _heading(table: Table, role: str, taken: set[str]) -> str:
    plain = {heading: _plain(heading) for heading in table.headings if heading not in taken}
    for word in HEADINGS[role]:
        exact = next((heading for heading, text in plain.items() if text == word), "")
        if exact:
            return exact
    if role in ("month", "amount", "currency", "email"):
        for word in HEADINGS[role]:
            within = next((heading for heading, text in plain.items() if re.search(rf"\b{word}\b", text)), "")
            if within:
                return within
    return ""


def _plain(heading: str) -> str:
    """A heading in small letters without accents, its words parted by spaces."""
    letters = "".join(sign for sign in unicodedata.normalize("NFKD", heading.lower()) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w]|_", " ", letters).split())


def _see_contents(table: Table, roles: dict[str, str], taken: set[str]) -> None:
    """Cells say more than headings: `cus_…` are ids, addresses e-mails, 2026-03 a month; and an “id” may be a name."""
    for heading in table.headings:
        cells = [str(cell).strip() for cell in table.column(heading) if str(cell or "").strip()]
        if not cells:
            continue
        if sum(cell.startswith("cus_") for cell in cells) > len(cells) / 2:
            _give(roles, "id", heading)
        elif sum(bool(re.fullmatch(r"[^@\s]+@[^@\s]+\.\w+", cell)) for cell in cells) > len(cells) / 2:
            _give(roles, "email", heading)
        elif roles.get("month") == "" and heading not in taken and _are_months(cells):
            _give(roles, "month", heading)
    if roles["id"] and not roles["name"] and any(" " in str(cell or "").strip() for cell in table.column(roles["id"])):
        roles["name"], roles["id"] = roles["id"], ""
    if not (roles["id"] or roles["email"] or roles["name"]):
        free = [heading for heading in table.headings if heading not in taken]
        roles["name"] = free[0] if free else ""


def _are_months(cells: Sequence[str]) -> bool:
    """Whether all cells name a month; bare numbers don't tell, and a few hundred cells tell as much as all."""
    some = cells[:300]
    day_first = months.is_day_first(some)
    return all(not cell.isdigit() and months.month_of(cell, day_first) for cell in some)


def _give(roles: dict[str, str], role: str, heading: str) -> None:
    for other, held in roles.items():
        if held == heading:
            roles[other] = ""
    roles[role] = heading


def _currency_in(heading: str) -> str:
    found = re.search(r"\(([A-Za-z]{3})\)|\b([A-Z]{3})\b(?<!MRR)(?<!ARR)(?<!JAN)", heading)
    code = (found[1] or found[2]).lower() if found else ""
    return code if code in _CODES else ""


_CODES = frozenset(
    (
        "usd eur gbp jpy chf cad aud nzd sek nok dkk pln czk huf ron bgn mxn brl inr zar sgd hkd krw cny try ils aed kwd bhd"
    ).split()
)
