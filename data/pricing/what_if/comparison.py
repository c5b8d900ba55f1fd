"""A scenario beside the same months without its change: what differs is the change's alone, since both share their luck."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from data.pricing.what_if import answers
from data.pricing.what_if.answers import BreakEven, Capacity, Largest, Swing
from data.pricing.what_if.book import Book
from data.pricing.what_if.plan import PriceChange
from data.pricing.what_if.projection import PATHS, Measure, project
from data.pricing.what_if.scenario import Scenario

AT = 12


@dataclass(frozen=True)
class Comparison:
    """What a change brings, all amounts in minor units: MRR with and without it, and what follows in `at` months.

    `chance_pays` is how likely more cash is left after costs by the horizon than without the change, None where nothing
    differs; `more_cash_minor` is how much more is expected; `chance_below` how likely MRR is then below today's.
    """

    months: tuple[date, ...]
    mrr: Measure
    unchanged: Measure
    even: BreakEven
    at: int
    today_minor: int
    chance_pays: float | None
    more_cash_minor: int
    chance_below: float
    chance_below_unchanged: float
    chance_all_stay: float
    capacity: Capacity
    largest: Largest | None
    swings: tuple[Swing, ...]

    @property
    def more_mrr_minor(self) -> int:
        """How much more MRR is expected in `at` months than without the change."""
        return round(float(self.mrr.closed_form[self.at] - self.unchanged.closed_form[self.at]))


def compare(book: Book, scenario: Scenario, seed: int = 1, paths: int = PATHS) -> Comparison:
    """Play the scenario with and without its change; the same seed gives the same figures."""
    played, unchanged = (project(book, one, seed, paths) for one in (scenario, scenario.without_change()))
    cash, cash_unchanged = played.paths[4].sum(axis=0), unchanged.paths[4].sum(axis=0)
    differs = bool((cash != cash_unchanged).any())
    return Comparison(
        months=played.months,
        mrr=played.measure("mrr"),
        unchanged=unchanged.measure("mrr"),
        even=answers.break_even(book, scenario),
        at=AT,
        today_minor=book.mrr_minor,
        chance_pays=float(np.mean(cash > cash_unchanged)) if differs else None,
        more_cash_minor=round(float(played.exact[4].sum() - unchanged.exact[4].sum())),
        chance_below=played.chance_below(book.mrr_minor, AT),
        chance_below_unchanged=unchanged.chance_below(book.mrr_minor, AT),
        chance_all_stay=float(np.mean(played.paths[1, AT] >= len(book.clients))),
        capacity=answers.capacity(played),
        largest=answers.largest(book, scenario, AT),
        swings=answers.tornado(book, scenario, AT),
    )


def changes(book: Book, scenario: Scenario) -> pd.DataFrame:
    """Whose price changes, the largest change first: a row a client.

    Columns: client_id, client_name, tier, now_minor, then_minor, more_minor (a month), from_month (`2026-12`), hour_minor
    (what an hour of work then brings, by the recorded hours; missing where none are).
    """
    prices, table = PriceChange(book, scenario), book.table
    rows = []
    for place, client in enumerate(book.clients):
        lines = np.flatnonzero(table.owner == place)
        months = prices.change_at[lines]
        if months.min() > scenario.horizon_months:
            continue
        after = int(np.where(months <= scenario.horizon_months, prices.after[lines], table.price[lines]).sum())
        start = book.as_of.year * 12 + book.as_of.month - 1 + int(months.min())
        rows.append(
            {
                "client_id": client.id,
                "client_name": client.name,
                "tier": client.tier,
                "now_minor": client.mrr_minor,
                "then_minor": after,
                "more_minor": after - client.mrr_minor,
                "from_month": f"{start // 12}-{start % 12 + 1:02d}",
                "hour_minor": round(after / client.hours) if client.hours else None,
            }
        )
    columns = ["client_id", "client_name", "tier", "now_minor", "then_minor", "more_minor", "from_month", "hour_minor"]
    return pd.DataFrame(rows, columns=columns).sort_values("more_minor", ascending=False, kind="stable", ignore_index=True)
