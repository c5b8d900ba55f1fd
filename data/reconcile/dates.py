"""Differences that are a matter of dates: a start, an end or a change that counts a month earlier or later there."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.reconcile.cell import Cell
from data.reconcile.rules import Rule

if TYPE_CHECKING:
    import pandas

OURS = ("month", "client_id", "currency", "mrr_minor")
_OURS = "A month’s figure is that of its last instant."
RULES = (
    Rule("start_earlier", "A new client counts a month earlier there", _OURS),
    Rule("start_later", "A new client counts a month later there", _OURS),
    Rule("churn_earlier", "Churn is dated a month earlier there", _OURS),
    Rule("churn_later", "Churn is dated a month later there", _OURS),
    Rule("change_earlier", "A change counts a month earlier there", _OURS),
    Rule("change_later", "A change counts a month later there", _OURS),
)


def fitting(cells: "Sequence[Cell]", ours: "pandas.DataFrame") -> "dict[Cell, list[tuple[str, str]]]":
    """For each difference the dating rules under which their figure is ours of the month before or after."""
    known = {
        (month, client, currency): int(mrr)
        for month, client, currency, mrr in ours[list(OURS)].itertuples(index=False, name=None)
    }
    found: dict[Cell, list[tuple[str, str]]] = {}
    for cell in cells:
        before, after = (known.get((month, cell.client_id, cell.currency), 0) for month in _around(cell.month))
        found[cell] = [
            (f"{_kind(start, end)}_{when}", "")
            for when, start, end, shifted in (("later", before, cell.ours, before), ("earlier", cell.ours, after, after))
            if shifted == cell.theirs and start != end
        ]
    return found


def _kind(start: int, end: int) -> str:
    return "start" if not start else "churn" if not end else "change"


def _around(month: str) -> tuple[str, str]:
    first = date.fromisoformat(f"{month}-01")
    return f"{first - timedelta(days=1):%Y-%m}", f"{first + timedelta(days=32):%Y-%m}"
