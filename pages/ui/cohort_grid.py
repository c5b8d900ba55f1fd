"""The cohort heat map as a table that can be read: rows are first months, columns ages, each cell says and shows its share."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from data.frames import records
from pages.ui import formats, palette
from pages.ui.markup import Html, tag
from pages.ui.once import once
from pages.ui.palette import CONTRACTION, EXPANSION, NEW

# As many as have room for their figures on a telephone; every age is in the download.
AGES = (0, 1, 3, 6, 12, 18, 24, 36, 48, 60)
MEASURES = {"clients": ("clients_in_force", "clients"), "mrr": ("mrr_minor", "mrr_start_minor")}
NARROW = "padding:0 0 0.3rem;font-weight:400;text-align:center;border:0"


def ages(oldest: int) -> Sequence[int]:
    """The ages that have a column: all of them in young accounts, then those of AGES that a cohort has reached."""
    return range(oldest + 1) if oldest < len(AGES) else [age for age in AGES if age <= oldest]


@once
def cohorts(cells: pd.DataFrame, measure: str, finding: str) -> Html:
    """Months of the first payment, newest on top, by months since; a cell is the share still in force.

    `measure` is `clients` (cells say how many) or `mrr` (share of the first month's MRR in per cent, can be above 100).
    """
    part, whole = MEASURES[measure]
    rows: dict[str, dict[int, dict[Any, Any]]] = {}
    for cell in records(cells[cells[whole] > 0]):
        cell["share"] = cell[part] / cell[whole]
        rows.setdefault(str(cell["cohort_month"]), {})[int(cell["age_months"])] = cell
    shown = ages(max((max(row) for row in rows.values()), default=0))
    heads = [tag("th", formats.count(age), scope="col", style=NARROW) for age in shown]
    title = tag("th", "Months since the first payment", colspan=str(len(shown)), scope="colgroup", style=NARROW)
    corner = tag("td", style="width:6.3rem;border:0")
    body = [_row(month, rows[month], shown, measure) for month in sorted(rows, reverse=True)]
    return tag(
        "table",
        tag("thead", tag("tr", corner, title), tag("tr", tag("td", style="border:0"), *heads)),
        tag("tbody", *body),
        aria_label=finding,
        style="width:100%;table-layout:fixed;border-collapse:separate;border-spacing:2px;font-size:0.8rem;line-height:1.25",
    )


def _row(month: str, cells: dict[int, dict[Any, Any]], shown: Sequence[int], measure: str) -> Html:
    name = formats.month(month, short=True)
    size = int(next(iter(cells.values()))["clients"])
    head = tag(
        "th", f"{name} ({formats.count(size)})", scope="row", style=f"{NARROW};text-align:right;white-space:nowrap;padding:0"
    )
    return tag("tr", head, *(_cell(cells.get(age), name, measure) for age in shown))


def _cell(cell: dict[Any, Any] | None, name: str, measure: str) -> Html:
    if cell is None:
        return tag("td", style="border:0")
    share = formats.rate(cell["share"], 0)
    kept = formats.of(cell["clients_in_force"], cell["clients"])
    said = f"{name}, after {formats.count(cell['age_months'], 'month')}: {share}, {kept} clients"
    ground = colour(cell["share"])
    look = f"background:{ground};color:{palette.on(ground)};text-align:center;padding:0.25rem 0;border:0;border-radius:2px"
    return tag("td", formats.count(cell["clients_in_force"]) if measure == "clients" else share, title=said, style=look)


def colour(share: float) -> str:
    """The colour of a share: from orange at 0 over pale teal at a half to teal at 1 and above."""
    start, end, way = (CONTRACTION, EXPANSION, share * 2) if share < 0.5 else (EXPANSION, NEW, share * 2 - 1)
    mixed = (round(a + (b - a) * min(way, 1)) for a, b in zip(palette.channels(start), palette.channels(end), strict=True))
    return "#" + "".join(f"{channel:02X}" for channel in mixed)
