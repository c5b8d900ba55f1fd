"""Looking back: the projection as it would have been made some months ago, from the data of then, against what happened.

The book of then is read as of the last instant of its month; what happened is what stands now for the month it speaks of.
What counts is the date of a change, not when it became known (definitions.md, Money and time). Tiers cost what they did.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd

from data import metrics
from data.pricing import price_book
from data.pricing.what_if import measured
from data.pricing.what_if.book import Book
from data.pricing.what_if.projection import PATHS, project
from data.pricing.what_if.scenario import MOST_NEW, Scenario

if TYPE_CHECKING:
    from data.warehouse import Warehouse

Row = dict[str, Any]

OVER = (6, 12)
STEP = 3
LEAST_BEFORE = 6
MOST_STARTS = 9
COLUMNS = [
    "currency", "start_month", "end_month", "months", "with_newcomers", "mrr_then_minor", "mrr_p10_minor", "mrr_p50_minor",
    "mrr_p90_minor", "mrr_happened_minor", "is_mrr_inside", "changed_minor", "clients_then", "clients_p10", "clients_p50",
    "clients_p90", "clients_happened", "are_clients_inside",
]  # fmt: skip


@dataclass(frozen=True)
class LookBack:
    """Every projection of the past that can be checked, a row each (`rows`, see `look_back`), and how much history there is.

    `history` counts the full months in which anybody paid; `needed` says by horizon how many it takes.
    """

    currency: str
    rows: pd.DataFrame
    history: int

    @property
    def needed(self) -> dict[int, int]:
        """Full months of history that a look back over so many months takes."""
        return {months: months + LEAST_BEFORE + 1 for months in OVER}

    def of(self, months: int, *, with_newcomers: bool) -> pd.DataFrame:
        """The projections over that many months, the newest start first."""
        rows = self.rows
        chosen = rows[(rows["months"] == months) & (rows["with_newcomers"] == with_newcomers)]
        return chosen.sort_values("start_month", ascending=False, ignore_index=True)


def look_back(
    warehouse: "Warehouse", currency: str, paths: int = PATHS, one: Callable[[str], Sequence[Row]] | None = None
) -> LookBack:
    """The projections over 6 and 12 months made 6, 9, 12, … (nine) months before the last full month.

    Each twice: only the clients of then (what no lever shows), and with newcomers at the pace of the twelve months before
    (`with_newcomers`). Columns: currency, start_month, end_month, months; then, of MRR in minor units and of clients, what
    stood then, the edges of 80 % of all paths, what happened, and whether that lies between them, the edges included;
    changed_minor is how much of the MRR that happened came from other prices and tiers of the clients of then.
    `one` gives the rows of a start month from elsewhere, as from a cache; without it they are made here.
    """
    full = full_months(warehouse, currency)
    rows = [row for month in starts(full) for row in (one(month) if one else rows_from(warehouse, currency, month, paths))]
    return LookBack(currency, pd.DataFrame(rows, columns=COLUMNS), _index(full[-1]) - _index(full[0]) + 1 if full else 0)


def full_months(warehouse: "Warehouse", currency: str) -> list[str]:
    """The months that are over and in which anybody paid in that currency, as `2026-05`, oldest first."""
    this_month = f"{_today(warehouse):%Y-%m}"
    return sorted({month for month in _paid(warehouse, currency)["month"] if month < this_month})


def starts(full: Sequence[str]) -> list[str]:
    """The months of those at whose end a projection is made, newest first."""
    if not full:
        return []
    first, last = _index(full[0]), _index(full[-1])
    newest = last - min(OVER)
    return [_month(place) for place in range(newest, newest - STEP * MOST_STARTS, -STEP) if place - first >= LEAST_BEFORE]


def _paid(warehouse: "Warehouse", currency: str) -> pd.DataFrame:
    rows = metrics.read(warehouse, "client_mrr", currency=currency)
    return rows[rows["mrr_minor"] > 0].assign(month=lambda frame: frame["month"].astype(str))


def book_of(warehouse: "Warehouse", currency: str, month: str) -> Book:
    """The book at the last instant of that month (`2026-05`), tiers at the price that most paid; without hours and costs."""
    first_after = _first_day(_index(month) + 1)
    at = datetime(first_after.year, first_after.month, 1, tzinfo=ZoneInfo(warehouse.time_zone))
    settings = warehouse.settings
    texts = (metrics.text(name) for name in measured.METRICS)
    with warehouse.seen_from(at.astimezone(UTC).replace(tzinfo=None) - timedelta(microseconds=1), *texts) as cursor:
        prices = price_book.in_use(settings)
        found = measured.book(
            lambda name: metrics.read_by(cursor, name) if name in measured.METRICS else measured.NO_EFFORT,
            currency,
            prices,
            first_after - timedelta(days=1),
        )
    return replace(
        found, tiers=tuple(replace(tier, price_minor=_usual(found, tier.name) or tier.price_minor) for tier in found.tiers)
    )


def rows_from(warehouse: "Warehouse", currency: str, start: str, paths: int = PATHS) -> list[Row]:
    """The rows of `look_back` for one start month; none where nobody paid then."""
    book, paid, last = book_of(warehouse, currency, start), _paid(warehouse, currency), full_months(warehouse, currency)[-1]
    if not book.clients:
        return []
    coming = {tier: min(number, float(MOST_NEW)) for tier, number in book.won_by_tier.items() if number}
    paid_then = {client.id: client.mrr_minor for client in book.clients}
    rows: list[Row] = []
    for with_newcomers, scenario in ((False, Scenario()), (True, Scenario(new_clients=coming))):
        played = project(book, scenario, paths=paths)
        mrr, clients = played.measure("mrr"), played.measure("clients")
        for months in (months for months in OVER if _index(start) + months <= _index(last)):
            end = _month(_index(start) + months)
            there = paid[paid["month"] == end]
            old = there[there["client_id"].isin(paid_then)]
            there = there if with_newcomers else old
            happened, people = int(there["mrr_minor"].sum()), len(there)
            changed = int(old["mrr_minor"].sum()) - sum(paid_then[client] for client in old["client_id"])
            edges = [int(edge[months]) for edge in (mrr.p10, mrr.p50, mrr.p90, clients.p10, clients.p50, clients.p90)]
            figures = (
                currency, start, end, months, with_newcomers, book.mrr_minor, *edges[:3], happened,
                edges[0] <= happened <= edges[2], changed, len(book.clients), *edges[3:], people,
                edges[3] <= people <= edges[5],
            )  # fmt: skip
            rows.append(dict(zip(COLUMNS, figures, strict=True)))
    return rows


def finding(found: LookBack, months: int, *, with_newcomers: bool) -> str:
    """How many of the projections over that many months came true, in a sentence; or why there is none to check."""
    rows = found.of(months, with_newcomers=with_newcomers)
    if rows.empty:
        return (
            f"Too little history to look back over {months} months: it takes {found.needed[months]} full months, "
            f"{LEAST_BEFORE} of them to learn from, and there {'is' if found.history == 1 else 'are'} {found.history}."
        )
    inside, count = int(rows["is_mrr_inside"].sum()), len(rows)
    above = int((rows["mrr_happened_minor"] > rows["mrr_p90_minor"]).sum())
    sides = [f"{number} ended {side}" for number, side in ((above, "above it"), (count - inside - above, "below it")) if number]
    rest = f"; {', '.join(sides)}" if sides else ""
    overlap = " One says little." if count == 1 else " They overlap, so they are not so many separate trials."
    return (
        f"Over {months} months, MRR ended inside the band of 8 in 10 in {inside} of {count} projections{rest}; "
        f"by the number of clients, {int(rows['are_clients_inside'].sum())} of {count} did.{overlap}"
    )


def _usual(book: Book, tier: str) -> int:
    prices = Counter(line.price_minor // line.quantity for client in book.clients for line in client.lines if line.tier == tier)
    return max(prices, key=lambda price: (prices[price], price), default=0)


def _today(warehouse: "Warehouse") -> date:
    return warehouse.as_of.replace(tzinfo=UTC).astimezone(ZoneInfo(warehouse.time_zone)).date()


def _index(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _first_day(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


def _month(index: int) -> str:
    return f"{_first_day(index):%Y-%m}"
