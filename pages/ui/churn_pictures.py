"""Pictures of churn as HTML: clients lost a month, and why they leave. Pure, as markup.py."""

from typing import Any

import pandas as pd

from data.frames import records
from pages.ui import formats
from pages.ui.markup import SMALL, Html, tag
from pages.ui.once import once
from pages.ui.palette import CHURN, FAINT

BAR = 150  # pixels of the highest bar
HATCH = f"repeating-linear-gradient(135deg,{CHURN} 0 4px,transparent 4px 7px)"


@once
def leavers(rates: pd.DataFrame, unfinished: str, finding: str) -> Html:
    """Clients lost a month: bars of `customers_churned`, each under its count, hatched in the unfinished month."""
    top = max(1, int(rates["customers_churned"].max()))
    bars = [_bar(row, top, is_running=str(row["month"])[:7] == unfinished) for row in records(rates)]
    step = max(1, -(-len(bars) // 5))
    marked = set(range(len(bars))[::-step])
    labels = [_month(month) if place in marked else _column() for place, month in enumerate(rates["month"])]
    return tag(
        "div",
        tag("div", *bars, style=f"display:flex;height:{BAR + 25}px;border-bottom:1px solid {FAINT}"),
        tag("div", *labels, style="display:flex;height:2.4rem;padding-top:0.3rem"),
        role="img",
        aria_label=finding,
        style=f"padding:0 0.5rem;{SMALL}",
    )


def _bar(row: dict[Any, Any], top: int, *, is_running: bool) -> Html:
    lost = 0 if formats.is_missing(row["customers_churned"]) else int(row["customers_churned"])
    told = f"{formats.of(lost, row['customers_opening'])} · {formats.rate(row['customer_churn_rate'])}"
    look = f"width:62%;height:{BAR * lost / top:.0f}px;background:{HATCH if is_running else CHURN};border-radius:3px 3px 0 0"
    parts = [tag("div", formats.count(lost)), tag("div", style=look)] if lost else []
    return _column(*parts, title=f"{formats.month(row['month'], short=True)}: {told}")


def _column(*parts: Html, title: str = "") -> Html:
    style = "flex:1 1 0;min-width:0;display:flex;flex-direction:column;justify-content:flex-end;align-items:center"
    return tag("div", *parts, style=style, title=title)


def _month(month: Any) -> Html:
    name, _, year = formats.month(month, short=True).rpartition(" ")
    written = tag("div", tag("div", name), tag("div", year), style="text-align:center;white-space:nowrap;height:2.4rem")
    return _column(written)


@once
def reasons(counted: pd.DataFrame, finding: str) -> Html:
    """Reasons for churn as bars, the most frequent on top, each with how many clients it took."""
    known = counted.sort_values(["clients", "reason"], ascending=[False, True])
    top = int(known["clients"].max())
    rows = [part for row in records(known) for part in _reason(formats.sentence(row["reason"]), int(row["clients"]), top)]
    style = (
        f"display:grid;grid-template-columns:fit-content(45%) 1fr;gap:7px 10px;align-items:center;padding-bottom:0.6rem;{SMALL}"
    )
    return tag("div", *rows, role="img", aria_label=finding, style=style)


def _reason(name: str, clients: int, top: int) -> tuple[Html, Html]:
    ends = "text-align:right;overflow:hidden;text-overflow:ellipsis;white-space:nowrap"
    bar = tag("div", style=f"width:{90 * clients / top:.1f}%;height:20px;background:{CHURN};border-radius:0 3px 3px 0")
    count = tag("div", formats.count(clients))
    return tag("div", name, style=ends, title=name), tag("div", bar, count, style="display:flex;align-items:center;gap:7px")
