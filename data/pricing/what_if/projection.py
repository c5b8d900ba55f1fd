"""The projection: client by client, many times over, with everything that is not known drawn from what is.

In each month, in this order: clients leave (each by its own chance, at a rate drawn once a path), prices change and the extra
loss with them, clients change tier, newcomers arrive. That a client leaves with the same chance c each month is drawn at once:
its months here are 1 + ⌊E ÷ −log(1 − c)⌋ with E exponential, which is the same as 36 separate draws, and quicker.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from data.pricing.what_if.book import Book
from data.pricing.what_if.closed_form import expected
from data.pricing.what_if.plan import HUNDREDTHS, MEASURES, Plan, plan
from data.pricing.what_if.scenario import Scenario

PATHS = 10_000
BAND = (0.1, 0.5, 0.9)
BLOCK = 1_000
MOST_AT_ONCE = 1_000_000
# OpenBLAS spreads a product of more multiplications than 2¹⁸ over all processors; on busy ones its threads wait for each other.
MOST_ON_ONE_PROCESSOR = 200_000


@dataclass(frozen=True)
class Measure:
    """One figure by month from today's (0): what it is in the middle and at the edges of 80 % of all paths, and its mean.

    `closed_form` is the exact mean; `mean` must agree with it within a few of its `standard_error`.
    """

    p10: np.ndarray
    p50: np.ndarray
    p90: np.ndarray
    mean: np.ndarray
    standard_error: np.ndarray
    closed_form: np.ndarray


@dataclass(frozen=True)
class Projection:
    """What came of every path: `paths` is (measure, month, path), amounts in minor units, hours in hundredths."""

    book: Book
    scenario: Scenario
    seed: int
    paths: np.ndarray
    exact: np.ndarray

    @cached_property
    def months(self) -> tuple[date, ...]:
        """The first days of today's month and of each month projected."""
        start = self.book.as_of.year * 12 + self.book.as_of.month - 1
        return tuple(date((start + step) // 12, (start + step) % 12 + 1, 1) for step in range(self.paths.shape[1]))

    def measure(self, name: str) -> Measure:
        """`mrr`, `received`, `cash` (minor units), `clients` or `hours`, month by month."""
        place = MEASURES.index(name)
        return summary(self.paths[place], self.exact[place], HUNDREDTHS if name == "hours" else 1)

    def total(self, name: str) -> Measure:
        """The same added up since today."""
        place = MEASURES.index(name)
        return summary(np.cumsum(self.paths[place], axis=0), np.cumsum(self.exact[place]), 1)

    def chance_below(self, mrr_minor: int, month: int = 12) -> float:
        """The chance that MRR is below that amount in that month."""
        return float(np.mean(self.paths[0, month] < mrr_minor))


def summary(paths: np.ndarray, exact: np.ndarray, unit: int) -> Measure:
    """The measure that these paths (month, path) make; edges are values that occurred, not means of two."""
    count = paths.shape[1]
    places = [max(0, int(np.ceil(share * count)) - 1) for share in BAND]
    ordered = np.partition(paths, places, axis=1)
    error = paths.std(axis=1, ddof=1) / np.sqrt(count) if count > 1 else np.zeros(len(paths))
    p10, p50, p90 = (ordered[:, place] / unit for place in places)
    return Measure(p10, p50, p90, paths.mean(axis=1) / unit, error / unit, exact / unit)


def project(book: Book, scenario: Scenario, seed: int = 1, paths: int = PATHS) -> Projection:
    """Play the scenario on the book `paths` times; the same seed gives the same figures, on each machine.

    Two scenarios under one seed share their luck, client by client, so that their difference is the levers' alone.
    InputError where the scenario speaks of a tier, client or currency that the book has not.
    """
    planned = plan(book, scenario)
    luck = iter(np.random.Generator(np.random.PCG64(child)) for child in np.random.SeedSequence(seed).spawn(5))
    played = _play(planned, luck, paths)
    return Projection(book, scenario, seed, played, expected(planned))


def _play(planned: Plan, luck: Iterator[np.random.Generator], paths: int) -> np.ndarray:
    never = planned.months + 1
    rates = next(luck)
    with np.errstate(divide="ignore", invalid="ignore"):
        hazards = -np.log1p(-np.stack([rate.draw(rates, paths) for rate in planned.rates]))
        left = next(luck).standard_exponential((len(planned.before), paths))
        leaves_at = _months(left, hazards[planned.before], never)
        switching = np.flatnonzero((planned.switch_at <= planned.months) & (planned.before != planned.after))
        _go_on(leaves_at, left, hazards, planned, switching, planned.switch_at[switching, None], planned.after[switching])
        moves_at, moves_to = _moves(planned, next(luck), paths)
        _refuse(planned, next(luck), leaves_at, moves_at)
        for number, shift in enumerate(planned.shifts):
            goes = np.where(moves_to[shift.clients] == number, moves_at[shift.clients], never)
            later = np.full(len(shift.clients), planned.tier_rates[shift.to_tier])
            _go_on(leaves_at, left, hazards, planned, shift.clients, goes, later)
        total = _add_up(planned, leaves_at, moves_at, moves_to)
        if planned.arrivals.any():
            total += _newcomers(planned, hazards, next(luck), paths)
    return total


def _months(left: np.ndarray, hazard: np.ndarray, never: int) -> np.ndarray:
    """The month in which each leaves: 1, 2, …, or `never` for any month past the horizon."""
    return np.minimum(left / hazard, never - 1).astype(np.int16) + np.int16(1)


def _go_on(
    leaves_at: np.ndarray,
    left: np.ndarray,
    hazards: np.ndarray,
    planned: Plan,
    clients: np.ndarray,
    since: np.ndarray,
    rates: np.ndarray,
) -> None:
    """Let these clients, if still there in month `since`, live on at another rate: what is left of an exponential is one."""
    before = planned.before[clients]
    if (before == rates).all():
        return
    rest = np.maximum(left[clients] - since * hazards[before], 0)
    later = np.fmin(since + np.floor(rest / hazards[rates]) + 1, planned.months + 1)
    current = leaves_at[clients]
    leaves_at[clients] = np.where(current > since, later, current).astype(np.int16)


def _moves(planned: Plan, luck: np.random.Generator, paths: int) -> tuple[np.ndarray, np.ndarray]:
    """For each client and path the month of its own change of tier, and by which of the shifts."""
    never = planned.months + 1
    if not planned.shifts:
        return np.full((len(planned.before), 1), never, dtype=np.int16), np.full((len(planned.before), 1), -1, dtype=np.int8)
    at = np.full((len(planned.before), paths), never, dtype=np.int16)
    to = np.full((len(planned.before), paths), -1, dtype=np.int8)
    for tier in sorted({shift.from_tier for shift in planned.shifts}):
        ways = [(number, shift) for number, shift in enumerate(planned.shifts) if shift.from_tier == tier]
        clients = ways[0][1].clients
        shares = np.cumsum([shift.monthly_rate for _, shift in ways])
        hazard = -np.log1p(-min(shares[-1], 1.0))
        at[clients] = _months(luck.standard_exponential((len(clients), paths)), hazard, never)
        which = np.searchsorted(shares[:-1], luck.random((len(clients), paths)) * shares[-1], side="right")
        to[clients] = np.array([number for number, _ in ways], dtype=np.int8)[which]
    return at, to


def _refuse(planned: Plan, luck: np.random.Generator, leaves_at: np.ndarray, moves_at: np.ndarray) -> None:
    """Let those leave who don't take the new price: a share drawn once a path, of those who get one."""
    low, high = planned.extra_loss
    asked = planned.rise_at[:, None]
    if not high or not (asked <= planned.months).any():
        return
    paths = leaves_at.shape[1]
    share = low + (high - low) * luck.random(paths)
    refuses = (luck.random(leaves_at.shape) < share) & (asked <= planned.months) & (moves_at >= asked)
    np.copyto(leaves_at, np.minimum(leaves_at, asked).astype(np.int16), where=refuses)


def _add_up(planned: Plan, leaves_at: np.ndarray, moves_at: np.ndarray, moves_to: np.ndarray) -> np.ndarray:
    """Every measure in every month and path, over all clients of the book: (measure, month, path)."""
    paths = leaves_at.shape[1]
    total = np.empty((len(MEASURES), planned.months + 1, paths))
    pays_once = [np.flatnonzero(shift.once.any(axis=(0, 1))) for shift in planned.shifts]
    for start in range(0, paths, BLOCK):
        block = slice(start, start + BLOCK)
        gone, moved = leaves_at[:, block], moves_at[:, block] if planned.shifts else moves_at
        total[:, :, block] = planned.fixed[:, :, None]
        _add(total[:, :, block], planned.stay, None, np.minimum(gone, moved))
        for number, shift in enumerate(planned.shifts):
            mine = (moves_to[shift.clients, block] == number) & (moved[shift.clients] < gone[shift.clients])
            since = np.where(mine, moved[shift.clients], np.int16(planned.months + 1))
            _add(total[:, :, block], shift.worth, since, gone[shift.clients])
            once = pays_once[number]
            _add(total[:, :, block], shift.once[:, :, once], since[once], since[once] + np.int16(1))
    return total


def _add(total: np.ndarray, worth: np.ndarray, since: np.ndarray | None, until: np.ndarray) -> None:
    """Add what each is worth, in each month from `since` to before `until`, a block of paths that fits a processor's cache."""
    there = np.empty(until.shape)
    for month in range(total.shape[1]):
        there[...] = until > month if since is None else (since <= month) & (until > month)
        _add_product(total[:, month], worth[:, month], there)


def _add_product(total: np.ndarray, worth: np.ndarray, there: np.ndarray) -> None:
    """Add worth (measure, client) times presence (client, path), in pieces that stay on the processor that asks."""
    piece = max(1, MOST_ON_ONE_PROCESSOR // max(worth.size, 1))
    for start in range(0, there.shape[1], piece):
        total[:, start : start + piece] += worth @ there[:, start : start + piece]


def _newcomers(planned: Plan, hazards: np.ndarray, luck: np.random.Generator, paths: int) -> np.ndarray:
    """The same over whoever comes new, one by one: Poisson many in each month, each with its own months here."""
    total = np.zeros((len(MEASURES), planned.months + 1, paths))
    block = max(1, min(paths, round(MOST_AT_ONCE / (planned.arrivals.sum() * planned.months))))
    for start in range(0, paths, block):
        rates = hazards[planned.tier_rates, start : start + block]
        steps = np.zeros((len(rates), planned.months + 2, rates.shape[1]))
        for tier in map(int, np.flatnonzero(planned.arrivals)):
            _arrive(steps, planned, tier, rates, luck)
        there = np.cumsum(steps, axis=1)
        for month in range(1, planned.months + 1):
            _add_product(total[:, month, start : start + block], planned.listed[:, month], there[:, month])
    return total


def _arrive(steps: np.ndarray, planned: Plan, tier: int, rates: np.ndarray, luck: np.random.Generator) -> None:
    """Count those who come to that tier in and out of every tier: +1 and −1 in `steps` (tier, month, path)."""
    never, paths = planned.months + 1, steps.shape[2]
    each = np.repeat(np.arange(planned.months * paths), luck.poisson(planned.arrivals[tier], planned.months * paths))
    month, path = each // paths + 1, each % paths
    left, rate = luck.standard_exponential(len(each)), rates[tier, path]
    gone = np.fmin(month + np.floor(left / rate) + 1, never).astype(np.int64)
    ways = [shift for shift in planned.shifts if shift.from_tier == tier]
    shares = np.cumsum([shift.monthly_rate for shift in ways])
    until = gone
    if ways and shares[-1]:
        wait = luck.standard_exponential(len(each)) / -np.log1p(-min(shares[-1], 1.0))
        moves = np.fmin(month + np.floor(wait) + 1, never).astype(np.int64)
        which = np.searchsorted(shares[:-1], luck.random(len(each)) * shares[-1], side="right")
        until = np.minimum(gone, moves)
        for number, shift in enumerate(ways):
            goes = (which == number) & (moves < gone)
            at, there = moves[goes], path[goes]
            rest = np.maximum(left[goes] - (at - month[goes]) * rate[goes], 0)
            later = np.fmin(at + np.floor(rest / rates[shift.to_tier, there]) + 1, never).astype(np.int64)
            _count(steps[shift.to_tier], at, later, there)
    _count(steps[tier], month, until, path)


def _count(steps: np.ndarray, since: np.ndarray, until: np.ndarray, path: np.ndarray) -> None:
    """One more from month `since` on, one fewer from month `until` on, in each path named."""
    size, paths = steps.size, steps.shape[1]
    changes = np.bincount(since * paths + path, minlength=size) - np.bincount(until * paths + path, minlength=size)
    steps += changes.reshape(steps.shape)
