"""What a projection means, in the figures an owner decides by: how many may leave, when hours run out, what hangs on whom."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from data.pricing.what_if.book import Book
from data.pricing.what_if.churn import Churn
from data.pricing.what_if.closed_form import expected
from data.pricing.what_if.plan import Bills, PriceChange, plan
from data.pricing.what_if.projection import Projection
from data.pricing.what_if.scenario import Scenario


@dataclass(frozen=True)
class BreakEven:
    """How much of the book whose price changes may leave before the change costs money.

    `share` is g·p ÷ (p(1 + g) − c) over all of them together; negative for a lower price: the share that must come instead.
    None where even a client at the new price costs more than it pays. `may_leave` of `clients` is that share in whole clients
    (`must_come` likewise). `gain_minor` is what the change brings a month if all stay.
    """

    clients: int
    gain_minor: int
    share: float | None
    may_leave: int | None
    must_come: int | None


def break_even(book: Book, scenario: Scenario) -> BreakEven:
    """The break-even loss of the scenario's price changes, each client's own costs, fees and hours counted."""
    prices = PriceChange(book, scenario)
    changed = prices.change_at <= scenario.horizon_months
    clients = np.unique(book.table.owner[changed])
    if not len(clients):
        return BreakEven(0, 0, 0.0, None, None)
    worth = Bills(book, scenario, prices)
    before = np.add.reduceat(book.table.price, book.table.starts)[clients]
    after = np.add.reduceat(np.where(changed, prices.after, book.table.price), book.table.starts)[clients]
    costs = worth.serving()[clients] + scenario.costs.fee_fixed_minor
    return of_prices(before, after, costs, scenario.costs.fee_rate)


def of_prices(before: Iterable[float], after: Iterable[float], costs: Iterable[float], fee_rate: float = 0.0) -> BreakEven:
    """The break-even loss of clients who pay `before`, would pay `after` and cost `costs`, all a month in minor units.

    `fee_rate` is the share of each payment that taking it costs.
    """
    old, new, cost = (np.array(list(values), dtype=np.float64) for values in (before, after, costs))
    gain, margin = float((new - old).sum()), float((new * (1 - fee_rate) - cost).sum())
    share = gain * (1 - fee_rate) / margin if margin > 0 else None
    number = len(old)
    whole = share * number if share is not None else 0.0
    return BreakEven(
        clients=number,
        gain_minor=round(gain),
        share=share,
        may_leave=min(number, math.floor(whole + 1e-9)) if share is not None and gain >= 0 else None,
        must_come=math.ceil(-whole - 1e-9) if share is not None and gain < 0 else None,
    )


@dataclass(frozen=True)
class Capacity:
    """Hours against what there is: `full_in` is the first month whose expected hours exceed it, `tight_in` the first in which

    one path of ten does; None where that never happens. `places` is how many more clients of each tier fit in today.
    """

    hours: float
    available: float | None
    full_in: date | None
    tight_in: date | None
    places: dict[str, int]


def capacity(projection: Projection) -> Capacity:
    """When the hours run out (R9, F1), by the scenario's `hours_available`."""
    book, scenario = projection.book, projection.scenario
    hours, available = projection.measure("hours"), scenario.hours_available
    today = float(hours.closed_form[0])
    if available is None:
        return Capacity(today, None, None, None, {})
    sold = [tier for tier in (*book.tiers, *scenario.new_tiers) if tier.is_sold]
    tiers = {tier.name: scenario.hours.get(tier.name, tier.hours) for tier in sold}
    return Capacity(
        hours=today,
        available=available,
        full_in=_first(projection, hours.closed_form > available + 1e-9),
        tight_in=_first(projection, hours.p90 > available + 1e-9),
        places={name: max(0, math.floor((available - today) / each + 1e-9)) for name, each in tiers.items() if each > 0},
    )


def _first(projection: Projection, holds: np.ndarray) -> date | None:
    return projection.months[int(np.argmax(holds))] if holds.any() else None


@dataclass(frozen=True)
class Largest:
    """What hangs on the largest client: its share of today's MRR, and the MRR expected in `month` with and without it."""

    client_id: str
    name: str
    mrr_minor: int
    share: float
    left_minor: int
    month: int
    expected_minor: int
    expected_without_minor: int


def largest(book: Book, scenario: Scenario, month: int = 12) -> Largest | None:
    """The effect of losing the largest client today; None where there is no client."""
    client = book.largest
    if client is None or not book.mrr_minor:
        return None
    others = {key: choice for key, choice in scenario.clients.items() if key != client.id}
    with_it = expected_mrr(book, scenario, month)
    without = expected_mrr(book.without(client.id), replace(scenario, clients=others), month)
    left = book.mrr_minor - client.mrr_minor
    return Largest(
        client.id, client.name, client.mrr_minor, client.mrr_minor / book.mrr_minor, left, month, round(with_it), round(without)
    )


def expected_mrr(book: Book, scenario: Scenario, month: int) -> float:
    """The exact mean of MRR in that month, in minor units."""
    return float(expected(plan(book, scenario))[0, month])


@dataclass(frozen=True)
class Swing:
    """How far one input alone moves the MRR expected: at the low and the high end of what it may be."""

    cause: str
    low: float
    high: float
    mrr_at_low_minor: int
    mrr_at_high_minor: int

    @property
    def span_minor(self) -> int:
        """How far apart both ends are."""
        return abs(self.mrr_at_high_minor - self.mrr_at_low_minor)


def tornado(book: Book, scenario: Scenario, month: int = 12) -> tuple[Swing, ...]:
    """What the outcome hangs on most, widest first: each input at the ends of its 80 % range, the others as expected.

    Causes: `churn`, `extra_loss`, `new_clients` (a factor), `prices` (no rise, double the rise), `moves` (a factor),
    `largest` (1 = the largest client leaves now). Inputs that nothing can move are left out.
    """
    swings = []

    def swing(cause: str, low: float, high: float, at_low: Scenario, at_high: Scenario) -> None:
        ends = (round(expected_mrr(book, end, month)) for end in (at_low, at_high))
        swings.append(Swing(cause, low, high, *ends))

    rates = scenario.churn.get("all", book.churn)
    low, high = (rates.quantile(0.1), rates.quantile(0.9)) if not rates.is_fixed else (rates.observed / 2, rates.observed * 1.5)
    if high > low and book.clients:
        at_low, at_high = ({**scenario.churn, "all": Churn(rate=min(1.0, rate))} for rate in (low, high))
        swing("churn", low, high, replace(scenario, churn=at_low), replace(scenario, churn=at_high))
    if scenario.extra_loss[1] > scenario.extra_loss[0] and _is_asked(book, scenario):
        ends = (replace(scenario, extra_loss=(share, share)) for share in scenario.extra_loss)
        swing("extra_loss", *scenario.extra_loss, *ends)
    if scenario.new_clients:
        least, most = _arrivals_range(sum(scenario.new_clients.values()), month)
        ends = (
            replace(scenario, new_clients={tier: number * factor for tier, number in scenario.new_clients.items()})
            for factor in (least, most)
        )
        swing("new_clients", least, most, *ends)
    if scenario.prices_minor:
        doubled = {tier: max(1, 2 * price - _list_price(book, scenario, tier)) for tier, price in scenario.prices_minor.items()}
        swing("prices", 0, 2, scenario.without_change(), replace(scenario, prices_minor=doubled))
    if scenario.moves:
        ends = (
            replace(scenario, moves=tuple(replace(move, monthly_rate=move.monthly_rate * factor) for move in scenario.moves))
            for factor in (0.5, 1.0)
        )
        swing("moves", 0.5, 1, *ends)
    biggest = largest(book, scenario, month)
    if biggest:
        swings.append(Swing("largest", 0, 1, biggest.expected_minor, biggest.expected_without_minor))
    return tuple(sorted(swings, key=lambda one: -one.span_minor))


def _is_asked(book: Book, scenario: Scenario) -> bool:
    return bool((plan(book, scenario).rise_at <= scenario.horizon_months).any())


def _list_price(book: Book, scenario: Scenario, tier: str) -> int:
    return {one.name: one.price_minor for one in (*book.tiers, *scenario.new_tiers)}[tier]


def _arrivals_range(a_month: float, months: int) -> tuple[float, float]:
    """How many times the expected number may come by chance alone: 80 % of a Poisson count, by its normal approximation."""
    if a_month <= 0:
        return 1.0, 1.0
    width = 1.2816 / math.sqrt(a_month * months)
    return max(0.0, 1 - width), 1 + width
