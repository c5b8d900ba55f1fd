"""Deliverables, KPIs and expectations agreed with a client, and what came of each (mission.md R23, R24)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from data import clock, version
from data.clients import refuse_unknown
from data.errors import InputError
from data.reporting import Period

if TYPE_CHECKING:
    from data.warehouse import Warehouse

KINDS = ("deliverable", "kpi", "expectation")
# Measures whose actual value the records tell; uptime is in per cent, hours in hours, the others are counts.
MEASURES = ("uptime", "updates", "security_updates", "backups", "backups_off_site", "hours")
LONGEST = 300


@dataclass(frozen=True)
class Promise:
    """One line agreed with a client, in the client's language.

    A deliverable's `target` is for each month, and three times that for a quarter; a KPI's stands for any period. An
    expectation has no target: it is met or not. Without `measure`, the actual value is entered by hand.
    """

    client_id: str
    kind: str
    name: str
    target: float | None = None
    measure: str = ""
    unit: str = ""
    is_at_most: bool = False
    from_month: date | None = None
    until_month: date | None = None


def add(warehouse: "Warehouse", promise: Promise) -> int:
    """Keep a line and return its id. InputError for an unknown client, kind or measure, no name, or an odd target."""
    _check(promise)
    with warehouse.transaction() as cursor:
        refuse_unknown(cursor, promise.client_id)
        number = int(cursor.execute("select coalesce(max(promise_id), 0) + 1 from report_promises").fetchall()[0][0])
        values: list[Any] = [number, promise.client_id, promise.kind, " ".join(promise.name.split()), promise.measure or None]
        values += [promise.target, promise.is_at_most, " ".join(promise.unit.split()), promise.from_month, promise.until_month]
        cursor.execute("insert into report_promises values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [*values, clock.now()])
        version.rise(cursor)
    return number


def end(warehouse: "Warehouse", promise_id: int, last_month: date | None) -> None:
    """Let a line hold until that month, included (None: without end); reports of earlier months keep it."""
    with warehouse.transaction() as cursor:
        cursor.execute("update report_promises set until_month = ? where promise_id = ?", [last_month, promise_id])
        version.rise(cursor)


def remove(warehouse: "Warehouse", promise_id: int) -> None:
    """Take out a line that should never have stood, with what was entered of it."""
    with warehouse.transaction() as cursor:
        for table in ("report_actuals", "report_promises"):
            cursor.execute(f"delete from {table} where promise_id = ?", [promise_id])  # noqa: S608 - names of our own
        version.rise(cursor)


def tell_actual(
    warehouse: "Warehouse",
    promise_id: int,
    of: Period,
    *,
    actual: float | None = None,
    is_met: bool | None = None,
    note: str = "",
    by: str = "",
) -> None:
    """What came of a line in a period: a value, or met or not; both None: not known (yet). InputError for an unknown line."""
    if len(note) > LONGEST:
        raise InputError("The note is too long.", f"Keep it under {LONGEST} characters.")
    if actual is not None and not 0 <= actual < 1e9:
        raise InputError(f"{actual} can't be right.", "Enter a number from 0 up.")
    with warehouse.transaction() as cursor:
        if not cursor.execute("select 1 from report_promises where promise_id = ?", [promise_id]).fetchone():
            raise InputError("There is no such line.", "Reload the page.")
        values = [
            promise_id,
            of.starts_on,
            of.ends_on,
            actual,
            is_met,
            " ".join(note.split()),
            " ".join(by.split()),
            clock.now(),
        ]
        cursor.execute("insert or replace into report_actuals values (?, ?, ?, ?, ?, ?, ?, ?)", values)
        version.rise(cursor)


def _check(promise: Promise) -> None:
    if promise.kind not in KINDS:
        raise InputError(f"“{promise.kind}” is no kind of line.", f"Use {', '.join(KINDS)}.")
    if promise.measure not in ("", *MEASURES):
        raise InputError(f"There is no measure “{promise.measure}”.", f"Use {', '.join(MEASURES)}, or none.")
    if not promise.name.strip() or len(promise.name) > LONGEST:
        raise InputError("The line has no name.", f"Say in up to {LONGEST} characters what was agreed.")
    needs_target = promise.kind != "expectation"
    if needs_target and (promise.target is None or not 0 <= promise.target < 1e9):
        raise InputError("The line has no target.", "Enter the number agreed on, from 0 up.")
    if promise.measure == "uptime" and (promise.target or 0) > 100:
        raise InputError("An uptime is at most 100 %.", "Enter it in per cent, as 99.9.")
    if promise.from_month and promise.until_month and promise.until_month < promise.from_month:
        raise InputError("The line ends before it begins.", "Choose a later month, or none.")
