"""Closing a month: its figures and note as they stood, kept for ever, and what later syncs changed in them.

A closing is never altered or removed. Closing a month again adds a revision; restatements compare with the newest one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from data import clock, metrics, tables, version
from data.errors import InputError

if TYPE_CHECKING:
    import pandas

    from data.warehouse import Warehouse

FROZEN = ("mrr_movements", "client_mrr", "tier_mix", "movements", "revenue_summary", "churn_rates", "cash")
LONGEST_NOTE = 10_000


@dataclass(frozen=True)
class Closing:
    """One closing of a month: its `revision` counts from 1, `closed_at` and `as_of` are naive UTC."""

    month: str
    revision: int
    closed_at: datetime
    closed_by: str
    as_of: datetime
    note: str


def obstacle(warehouse: "Warehouse", month: str) -> str:
    """Why a month (`2026-10`) can't be closed, in a sentence; empty where it can."""
    first = first_day(month)
    if first >= warehouse.today.replace(day=1):
        return f"{first:%B %Y} is not over yet, so its figures still move."
    if metrics.read(warehouse, "mrr_movements", start=first, end=first).empty:
        return f"There are no figures for {first:%B %Y}."
    stripe = warehouse.last_sync("stripe")
    if stripe and _local_day(warehouse, stripe["started_at"]) < _next_month(first):
        return f"Stripe was last read before {first:%B %Y} ended. Sync first, so that the whole month is known."
    return ""


def close_month(warehouse: "Warehouse", month: str, note: str | None = None, *, by: str = "") -> Closing:
    """Freeze every figure of the month and its note (None: the one saved so far), and return the closing.

    InputError where the month is not over, has no figures, was not read to its end, or the note is too long.
    """
    why_not = obstacle(warehouse, month)
    if why_not:
        raise InputError(f"{first_day(month):%B %Y} can’t be closed.", why_not)
    first = first_day(month)
    with warehouse.transaction() as cursor:  # it holds the only pen, so all frames below show the same state
        kept = saved_note(warehouse, month) if note is None else _checked(note)
        row = cursor.execute("select coalesce(max(revision), 0) + 1 from month_closings where month = ?", [first]).fetchone()
        revision = int(row[0]) if row else 1
        at = clock.now()
        cursor.execute("insert into month_closings values (?, ?, ?, ?, ?, ?)", [first, revision, at, by, warehouse.as_of, kept])
        _write_note(cursor, first, kept)
        for name in FROZEN:
            rows = tables.write(metrics.read(warehouse, name, start=first, end=first), "json")
            cursor.execute(
                """
                insert into closed_rows
                select $month, $revision, $metric, generate_subscripts(list, 1), unnest(list)
                from (select from_json($rows::json, '["json"]') as list)
                """,
                {"month": first, "revision": revision, "metric": name, "rows": rows},
            )
        version.rise(cursor)
    return closings(warehouse, month)[-1]


def closings(warehouse: "Warehouse", month: str | None = None) -> list[Closing]:
    """Every closing, of one month or of all, the earliest revision of the earliest month first."""
    first = first_day(month) if month else None
    rows = warehouse.read_once(
        """
        select strftime(month, '%Y-%m'), revision, closed_at, closed_by, as_of, note
        from month_closings
        where $1 is null or month = $1::date
        order by all
        """,
        first,
    )
    return [Closing(*row) for row in rows]


def closing(warehouse: "Warehouse", month: str) -> Closing | None:
    """The newest closing of a month, or None where it is open."""
    found = closings(warehouse, month)
    return found[-1] if found else None


def frozen(warehouse: "Warehouse", month: str, revision: int | None = None) -> Mapping[str, "pandas.DataFrame"]:
    """The metrics of a closed month as they stood, by name, with the columns of then; InputError where it was not closed."""
    import pandas

    known = [each.revision for each in closings(warehouse, month) if revision in (None, each.revision)]
    if not known:
        raise InputError(f"{month} was not closed.", "Close it first.")
    with warehouse.cursor() as cursor:
        rows = cursor.execute(
            "select metric, figures from closed_rows where month = ? and revision = ? order by metric, place",
            [first_day(month), known[-1]],
        ).fetchall()
    return {name: pandas.DataFrame([json.loads(row) for metric, row in rows if metric == name]) for name in FROZEN}


def restatements(warehouse: "Warehouse", month: str | None = None) -> "pandas.DataFrame":
    """The metric `restatements`: clients whose MRR in a closed month is another one now; of one month or of all."""
    first = first_day(month) if month else None
    return metrics.read(warehouse, "restatements", start=first, end=first)


def save_note(warehouse: "Warehouse", month: str, note: str) -> None:
    """Keep what is written about a month, closed or not; a closing's own copy stays as it was. InputError where too long."""
    text = _checked(note)
    with warehouse.transaction() as cursor:
        _write_note(cursor, first_day(month), text)


def saved_note(warehouse: "Warehouse", month: str) -> str:
    """What was last written about a month; empty where nothing was."""
    return str(_one(warehouse, "select note from month_notes where month = ?", first_day(month)) or "")


def first_day(month: str) -> date:
    """The first day of a month written as `2026-10`; InputError where it is none."""
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise InputError(f"“{month}” is no month.", "Write it as 2026-01.") from error


def _next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _local_day(warehouse: "Warehouse", at: datetime) -> date:
    sql = "select timezone(time_zone, timezone('UTC', ?::timestamp))::date from params"
    day: date = _one(warehouse, sql, at)
    return day


def _checked(note: str) -> str:
    if len(note) > LONGEST_NOTE:
        raise InputError("The note is too long.", f"Shorten it to {LONGEST_NOTE} characters.")
    return note.strip()


def _write_note(cursor: Any, first: date, text: str) -> None:
    cursor.execute(
        """
        insert into month_notes values ($month, $note, $at)
        on conflict (month) do update set note = excluded.note, saved_at = excluded.saved_at
        """,
        {"month": first, "note": text, "at": clock.now()},
    )


def _one(warehouse: "Warehouse", sql: str, *values: Any) -> Any:
    rows = warehouse.read_once(sql, *values)
    return rows[0][0] if rows else None
