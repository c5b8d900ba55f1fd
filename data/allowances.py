"""What each client may use in a month, and what was used: hours, repairs (F7b), restores (F8).

A signed agreement goes before the price book; where neither says a limit, none is assumed.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from data import frames, metrics

if TYPE_CHECKING:
    import pandas

COLUMNS = (
    "month", "client_id", "client_name", "tier", "basis", "hours_used", "hours_allowed", "repairs_used", "repairs_allowed",
    "restores_used", "restores_allowed", "period", "is_over",
)  # fmt: skip


def allowances(read: Callable[[str], "pandas.DataFrame"], month: str) -> "pandas.DataFrame":
    """One row a client with MRR in that month (`2026-11`), in COLUMNS; those over a limit first.

    `read` gives the frame of a metric. Hours are those of the month; repairs and restores those of the month
    or of the calendar year so far, as `period` says. Empty is not known, never 0. `basis` names the agreement's revision,
    or the price book.
    """
    import pandas

    booked = read("client_allowances")
    agreed = _agreed(read) if "agreement_allowances" in metrics.names() else {}
    rows = [_row(row, agreed.get(row["client_id"])) for row in frames.rows(booked[booked["month"] == month])]
    rows.sort(key=lambda row: (not row["is_over"], str(row["client_name"]).casefold()))
    return pandas.DataFrame(rows, columns=list(COLUMNS))


def _agreed(read: Callable[[str], "pandas.DataFrame"]) -> dict[str, dict[str, Any]]:
    """The newest signed terms of each client."""
    rows = sorted(frames.rows(read("agreement_allowances")), key=lambda row: str(row["signed_on"]))
    return {row["client_id"]: row for row in rows}


def _row(row: dict[str, Any], agreed: dict[str, Any] | None) -> dict[str, Any]:
    period = (agreed or row)["period"] or "year"
    limits = {name: agreed[name] if agreed else row[f"{name}_allowed"] for name in ("hours", "repairs", "restores")}
    used = {"hours": row["hours_used"], **{name: row[f"{name}_in_{period}"] for name in ("repairs", "restores")}}
    return {
        **{name: row[name] for name in ("month", "client_id", "client_name", "tier")},
        "basis": f"Agreement, revision {int(agreed['revision'])}" if agreed else "Price book",
        **{f"{name}_used": value for name, value in used.items()},
        **{f"{name}_allowed": value for name, value in limits.items()},
        "period": period,
        "is_over": any(used[name] is not None and limit is not None and used[name] > limit for name, limit in limits.items()),
    }
