"""Closed months whose figures are others now (definitions.md, restatements): to look at, and to close again."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from data.due.facts import Facts, required
from data.due.item import DueItem, Kind
from data.frames import rows

if TYPE_CHECKING:
    import pandas

KINDS = (
    Kind(
        "restated_month",
        "Look at restated months",
        "month",
        "Open month",
        "revenue.py",
        settled="The month was closed again, or its figures agree again.",
        done="Looked at",
    ),
)


def items(facts: Facts) -> Iterator[DueItem]:
    """An item for each closed month that later data changed."""
    yield from restated(facts.frame("restated_figures"), facts.frame("restatements"), facts.today)


def restated(figures: "pandas.DataFrame", clients: "pandas.DataFrame", today: date) -> Iterator[DueItem]:
    """One item a month, which is another one when the differences are."""
    found: dict[str, list[dict[str, object]]] = {}
    for row in (*rows(figures), *rows(clients)):
        found.setdefault(str(row["month"]), []).append(row)
    for month, changed in found.items():
        closed_on = max(str(row["closed_at"]) for row in changed)
        size = sum(abs(int(str(row["difference"]))) for row in changed if row.get("figure"))
        first = required(f"{month}-01")
        yield DueItem(
            id=f"restated:{month}:{closed_on}:{size}",
            kind="restated_month",
            rule="R24",
            subject=f"{first:%B %Y}",
            detail="Figures of this closed month have changed since. See what did, and close it again if it is right.",
            due_on=today,
            opens={"month": month},
        )
