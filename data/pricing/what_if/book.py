"""The book: today's clients with what each pays for what, how often, and what it costs to serve them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np

from data.pricing.what_if.churn import Churn, unchanging


@dataclass(frozen=True)
class Tier:
    """A tier: list price in minor units a month, and hours and costs a month of a client where nothing is measured.

    `is_sold` is false for what clients still pay for, but nobody new can have.
    """

    name: str
    price_minor: int
    hours: float = 0.0
    cost_minor: int = 0
    is_sold: bool = True


@dataclass(frozen=True)
class Line:
    """One thing a client pays for: what it is worth a month in minor units, and when it is billed (every how many months)."""

    tier: str
    price_minor: int
    interval_months: int = 1
    renews_on: date | None = None
    quantity: int = 1


@dataclass(frozen=True)
class Client:
    """A client with everything it pays for, and its hours and costs a month; None where they were never recorded."""

    id: str
    name: str
    lines: tuple[Line, ...]
    hours: float | None = None
    cost_minor: int | None = None

    @property
    def mrr_minor(self) -> int:
        """What it pays a month, in minor units."""
        return sum(line.price_minor for line in self.lines)

    @property
    def tier(self) -> str:
        """The tier of what it pays most for."""
        return self.lines[self.main].tier

    @property
    def main(self) -> int:
        """The place of what it pays most for."""
        return max(range(len(self.lines)), key=lambda place: self.lines[place].price_minor)


@dataclass(frozen=True)
class Book:
    """All clients of one currency on one day, the tiers they can be in, and the churn that was seen.

    `churn` is that of all clients together, `churn_by_tier` that of each tier; `won_by_tier` is how many came a month of late.
    """

    currency: str
    as_of: date
    tiers: tuple[Tier, ...]
    clients: tuple[Client, ...]
    churn: Churn = field(default_factory=Churn)
    churn_by_tier: Mapping[str, Churn] = field(default_factory=dict)
    won_by_tier: Mapping[str, float] = field(default_factory=dict)

    @property
    def mrr_minor(self) -> int:
        """What all clients pay a month, in minor units of the currency."""
        return sum(client.mrr_minor for client in self.clients)

    @property
    def largest(self) -> Client | None:
        """The client with the highest MRR; None where there is no client."""
        return max(self.clients, key=lambda client: client.mrr_minor, default=None)

    @property
    def hours(self) -> float:
        """Hours a month that today's clients take: those recorded, else those of their tier."""
        return float(sum(client.hours if client.hours is not None else self.tier(client.tier).hours for client in self.clients))

    def tier(self, name: str) -> Tier:
        """The tier of that name; KeyError where there is none."""
        return self.tier_by_name[name]

    @cached_property
    def tier_by_name(self) -> dict[str, Tier]:
        """Tiers by their name."""
        return {tier.name: tier for tier in self.tiers}

    @cached_property
    def paying_for(self) -> dict[str, tuple[Client, ...]]:
        """The clients that pay for each tier, by the tier's name, in the order of the book."""
        return {
            tier.name: tuple(client for client in self.clients if any(line.tier == tier.name for line in client.lines))
            for tier in self.tiers
        }

    def without(self, client_id: str) -> "Book":
        """The same book without that client."""
        return replace(self, clients=tuple(client for client in self.clients if client.id != client_id))

    @cached_property
    def table(self) -> "Table":
        """The lines of all clients as arrays, made once for every scenario."""
        return Table.of(self)


@dataclass(frozen=True)
class Table:
    """A book's lines as arrays, clients in order: owner, tier (place in the book's tiers), price, interval, first renewal.

    `starts` and `mains` are the places of each client's first and main line; `hours`, `costs` are a client's, NaN if unknown.
    """

    owner: np.ndarray
    starts: np.ndarray
    mains: np.ndarray
    tier: np.ndarray
    price: np.ndarray
    quantity: np.ndarray
    interval: np.ndarray
    first: np.ndarray
    hours: np.ndarray
    costs: np.ndarray
    known_terms: dict[int, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, book: Book) -> "Table":
        """The arrays of that book; `first` counts months from today's, and is at least 1."""
        places = {tier.name: place for place, tier in enumerate(book.tiers)}
        lines = [line for client in book.clients for line in client.lines]
        counts = np.array([len(client.lines) for client in book.clients], dtype=np.int64)
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64) if len(counts) else counts
        return cls(
            owner=np.repeat(np.arange(len(counts)), counts),
            starts=starts,
            mains=starts + np.array([client.main for client in book.clients], dtype=np.int64),
            tier=np.array([places[line.tier] for line in lines], dtype=np.int64),
            price=np.array([line.price_minor for line in lines], dtype=np.float64),
            quantity=np.array([line.quantity for line in lines], dtype=np.float64),
            interval=np.array([line.interval_months for line in lines], dtype=np.int64),
            first=np.array([_first_renewal(line, book.as_of) for line in lines], dtype=np.int64),
            hours=_known(client.hours for client in book.clients),
            costs=_known(client.cost_minor for client in book.clients),
        )

    def terms(self, months: int) -> tuple[np.ndarray, np.ndarray]:
        """Whether each line is billed in a month, and the months then left of what is billed: (month, line) each.

        Made once for a horizon; not to be written to.
        """
        if months not in self.known_terms:
            month = np.arange(months + 1)[:, None]
            ahead = self.first - month
            renews = (ahead <= 0) & (ahead % self.interval == 0) & (month > 0)
            remaining = np.where(renews, 0, np.where(ahead > 0, ahead, ahead % self.interval))
            self.known_terms[months] = unchanging(renews), unchanging(remaining)
        return self.known_terms[months]


def _known(values: Iterable[float | None]) -> np.ndarray:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _first_renewal(line: Line, today: date) -> int:
    """Months until the line is billed next, this month's billing being over; unknown dates count as a whole term away."""
    if line.interval_months == 1:
        return 1
    on = line.renews_on
    ahead = (on.year - today.year) * 12 + on.month - today.month if on else line.interval_months
    return ahead if ahead > 0 else (ahead - 1) % line.interval_months + 1
