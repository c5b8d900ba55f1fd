"""Whom a scenario's price change concerns, and by when each is to be told: what a planned price change is made of."""

import calendar
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from data.pricing.what_if.book import Book, Line
from data.pricing.what_if.plan import PriceChange
from data.pricing.what_if.scenario import Scenario


@dataclass(frozen=True)
class ChangedLine:
    """One thing a client pays for, before and after: minor units a month, and every how many months it is billed."""

    tier: str
    tier_after: str
    now_minor: int
    then_minor: int
    interval_months: int
    effective_on: date


@dataclass(frozen=True)
class Telling:
    """A client to be told: the lines whose price or tier changes, the day the first does, and the day to tell it by.

    `now_minor` and `then_minor` are what those lines bring a month.
    """

    client_id: str
    client_name: str
    currency: str
    lines: tuple[ChangedLine, ...]
    tell_by: date

    @property
    def effective_on(self) -> date:
        """The first day of a new price."""
        return min(line.effective_on for line in self.lines)

    @property
    def now_minor(self) -> int:
        """What the changed lines bring a month now."""
        return sum(line.now_minor for line in self.lines)

    @property
    def then_minor(self) -> int:
        """What they bring a month afterwards."""
        return sum(line.then_minor for line in self.lines)

    def as_json(self) -> dict[str, Any]:
        """What is kept of it: names, sums and lines."""
        lines = [{**asdict(line), "effective_on": line.effective_on.isoformat()} for line in self.lines]
        sums = {"now_minor": self.now_minor, "then_minor": self.then_minor}
        return {"client_name": self.client_name, "currency": self.currency, **sums, "lines": lines}


def from_json(client_id: str, content: dict[str, Any], tell_by: date) -> Telling:
    """A telling as it was kept."""
    lines = tuple(
        ChangedLine(**{**line, "effective_on": date.fromisoformat(line["effective_on"])}) for line in content["lines"]
    )
    return Telling(client_id, content["client_name"], content["currency"], lines, tell_by)


def clients_to_tell(book: Book, scenario: Scenario, notice_days: int) -> tuple[Telling, ...]:
    """Every client of today whose price or tier the scenario changes, the first to be told first.

    A line changes on its own billing day in the scenario's month where it is billed then, else on the month's first.
    """
    prices, table = PriceChange(book, scenario), book.table
    names = [tier.name for tier in prices.tiers]
    found = []
    for place, client in enumerate(book.clients):
        lines = []
        for line, number in zip(client.lines, map(int, np.flatnonzero(table.owner == place)), strict=True):
            months = int(prices.change_at[number])
            if months <= scenario.horizon_months:
                after = names[int(prices.tier_after[number])]
                on = _billing_day(line, book.as_of, months)
                lines.append(
                    ChangedLine(line.tier, after, line.price_minor, int(prices.after[number]), line.interval_months, on)
                )
        if lines:
            first = min(line.effective_on for line in lines)
            by = first - timedelta(days=notice_days)
            found.append(Telling(client.id, client.name, book.currency, tuple(lines), by))
    return tuple(sorted(found, key=lambda one: (one.tell_by, -abs(one.then_minor - one.now_minor), one.client_name)))


def too_late(told: tuple[Telling, ...], today: date) -> Iterator[Telling]:
    """Those for whom the day to tell them by is over."""
    return (one for one in told if one.tell_by < today)


def _billing_day(line: Line, today: date, months: int) -> date:
    index = today.year * 12 + today.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if line.renews_on is None:
        return date(year, month, 1)
    ahead = index - (line.renews_on.year * 12 + line.renews_on.month - 1)
    day = line.renews_on.day if ahead % line.interval_months == 0 else 1
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
