"""What a report covers and how a client is reported to: periods, language, greeting, next steps (mission.md F28–F31)."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from data import clock, version
from data.clients import refuse_unknown
from data.errors import InputError

if TYPE_CHECKING:
    from data.warehouse import Warehouse

EVERY = ("monthly", "quarterly", "never")
LONGEST = 4_000


@dataclass(frozen=True)
class Period:
    """A calendar month or quarter; both days are included."""

    starts_on: date
    ends_on: date

    @property
    def label(self) -> str:
        """`2026-10`, or `2026-Q3`."""
        return f"{self.starts_on:%Y-%m}" if self.number == 1 else f"{self.starts_on.year}-Q{(self.starts_on.month + 2) // 3}"

    @property
    def number(self) -> int:
        """How many months it has: 1 or 3."""
        return (self.ends_on.year - self.starts_on.year) * 12 + self.ends_on.month - self.starts_on.month + 1

    @property
    def months(self) -> tuple[str, ...]:
        """Its months, as `2026-10`."""
        return tuple(f"{_later(self.starts_on, place):%Y-%m}" for place in range(self.number))

    @property
    def before(self) -> "Period":
        """The period before it, of the same length."""
        return Period(_later(self.starts_on, -self.number), self.starts_on - timedelta(days=1))


def period(label: str) -> Period:
    """The period written as `2026-10` or `2026-Q3`; InputError where it is neither."""
    told = re.fullmatch(r"(20\d\d)-(?:(0[1-9]|1[0-2])|[Qq]([1-4]))", label.strip())
    if not told:
        raise InputError(f"“{label}” is no month or quarter.", "Write it as 2026-10, or as 2026-Q3.")
    month, number = (int(told[2]), 1) if told[2] else (int(told[3]) * 3 - 2, 3)
    starts_on = date(int(told[1]), month, 1)
    return Period(starts_on, _later(starts_on, number) - timedelta(days=1))


def periods(every: str, today: date, number: int = 12) -> list[Period]:
    """The running period and those before it, newest first."""
    months = 3 if every == "quarterly" else 1
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    found = [Period(first, _later(first, months) - timedelta(days=1))]
    while len(found) < number:
        found.append(found[-1].before)
    return found


@dataclass(frozen=True)
class Habit:
    """How one client is reported to; what is empty follows the settings. `next_steps` are lines in the client's language."""

    client_id: str
    every: str = ""
    language: str = ""
    contact: str = ""
    expectations: str = ""
    next_steps: str = ""


def habit(warehouse: "Warehouse", client_id: str) -> Habit:
    """What is kept for that client; an empty habit where nothing is."""
    with warehouse.cursor() as cursor:
        row = cursor.execute(
            "select every, language, contact, expectations, next_steps from report_clients where client_id = ?", [client_id]
        ).fetchone()
    return Habit(client_id, *(str(value or "") for value in row)) if row else Habit(client_id)


def habits(warehouse: "Warehouse") -> dict[str, Habit]:
    """What is kept for each client of whom something is, by the client's id."""
    with warehouse.cursor() as cursor:
        rows = cursor.execute(
            "select client_id, every, language, contact, expectations, next_steps from report_clients"
        ).fetchall()
    return {str(row[0]): Habit(*(str(value or "") for value in row)) for row in rows}


def keep(warehouse: "Warehouse", wanted: Habit) -> None:
    """Keep how a client is reported to. InputError for an unknown client or rhythm, or a text that is too long."""
    if wanted.every not in ("", *EVERY):
        raise InputError(f"“{wanted.every}” is no rhythm.", f"Use {', '.join(EVERY)}.")
    told = (wanted.contact, wanted.expectations, wanted.next_steps)
    if any(len(text) > LONGEST for text in told):
        raise InputError("This text is too long.", f"Keep it under {LONGEST} characters.")
    with warehouse.transaction() as cursor:
        refuse_unknown(cursor, wanted.client_id)
        values: list[Any] = [wanted.client_id, wanted.every or None, wanted.language or None, *told]
        at = clock.now()
        cursor.execute("insert or replace into report_clients values (?, ?, ?, ?, ?, ?, ?)", [*values, at])
        version.rise(cursor)


def change(warehouse: "Warehouse", client_id: str, **changes: str) -> None:
    """Keep a part of it anew and leave the rest as it is; errors as `keep`."""
    keep(warehouse, replace(habit(warehouse, client_id), **changes))


def _later(first: date, months: int) -> date:
    """The first day of the month so many months later; earlier where negative."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)
