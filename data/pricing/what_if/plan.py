"""The plan: book and scenario put together, as what each client is worth in each month if it is still there.

Simulation and closed form both weigh these same numbers by who is still there, drawn or expected; so they can be compared.
Every amount is a whole minor unit and every hour a whole hundredth, so that sums are exact and the same on each machine.
"""

from dataclasses import dataclass

import numpy as np

from data.pricing.what_if.book import Book, Tier
from data.pricing.what_if.churn import Churn
from data.pricing.what_if.scenario import AT_RENEWAL, IN_PROPORTION, KEEP, NOW, Choice, Scenario

MEASURES = ("mrr", "clients", "hours", "received", "cash")
HUNDREDTHS = 100
RECEIVED = 3  # the place of `received`; `cash` follows


@dataclass(frozen=True)
class Shift:
    """Clients who may change tier by themselves: who, to which churn rate, how many a month, and what they are worth after it.

    `worth` (measure, month, client) holds from the month of the move; `once` (measure, month, client) adds in that month only.
    """

    clients: np.ndarray
    from_tier: int
    to_tier: int
    monthly_rate: float
    worth: np.ndarray
    once: np.ndarray


@dataclass(frozen=True)
class Plan:
    """What each client (`stay`: measure, month, client) and each newcomer of a tier (`listed`: measure, month, tier) is worth.

    `before` and `after` are each client's place in `rates` up to month `switch_at` and after it; in month `rise_at` its price
    rises (a month past the horizon = never). `tier_rates` is each tier's place in `rates`, `fixed` what is there in any case.
    """

    months: int
    stay: np.ndarray
    before: np.ndarray
    after: np.ndarray
    switch_at: np.ndarray
    rise_at: np.ndarray
    rates: tuple[Churn, ...]
    tier_rates: np.ndarray
    shifts: tuple[Shift, ...]
    listed: np.ndarray
    arrivals: np.ndarray
    fixed: np.ndarray
    extra_loss: tuple[float, float]


def plan(book: Book, scenario: Scenario) -> Plan:
    """The plan of that scenario on that book; InputError where the scenario speaks of what the book has not."""
    scenario.checked(book)
    prices = PriceChange(book, scenario)
    rates, tier_rates = _rates(book, scenario, prices.tiers)
    bills = Bills(book, scenario, prices)
    main = book.table.mains
    switches = prices.tier_after[main] != prices.tier_before[main]
    never = scenario.horizon_months + 1
    return Plan(
        months=scenario.horizon_months,
        stay=bills.stay(),
        before=tier_rates[prices.tier_before[main]],
        after=tier_rates[prices.tier_after[main]],
        switch_at=np.where(switches, prices.change_at[main], never),
        rise_at=_rise_at(book, prices, never),
        rates=rates,
        tier_rates=tier_rates,
        shifts=_shifts(scenario, prices, bills),
        listed=bills.listed(),
        arrivals=np.array([scenario.new_clients.get(tier.name, 0.0) for tier in prices.tiers]),
        fixed=bills.fixed(),
        extra_loss=scenario.extra_loss,
    )


class PriceChange:
    """Which line of the book changes its price, from what to what, and in which month."""

    def __init__(self, book: Book, scenario: Scenario) -> None:
        table, never = book.table, scenario.horizon_months + 1
        self.tiers = (*book.tiers, *scenario.new_tiers)
        places = {tier.name: place for place, tier in enumerate(self.tiers)}
        self.choices = choices(book, scenario)
        self.list_before = np.array([tier.price_minor for tier in self.tiers], dtype=np.float64)
        self.list_after = np.array(
            [scenario.prices_minor.get(tier.name, tier.price_minor) for tier in self.tiers], dtype=np.float64
        )
        self.tier_before = table.tier
        self.tier_after = table.tier.copy()
        for client, choice in enumerate(self.choices):
            if choice.tier:
                self.tier_after[table.mains[client]] = places[choice.tier]

        is_named = np.array([tier.name in scenario.prices_minor for tier in self.tiers], dtype=bool)
        factor = self.list_after / np.maximum(self.list_before, 1)
        if scenario.off_list == IN_PROPORTION:
            same_tier = np.floor(table.price * factor[table.tier] + 0.5)
        else:
            same_tier = self.list_after[table.tier] * table.quantity
        changes_tier = self.tier_after != table.tier
        self.after = np.where(
            changes_tier, self.list_after[self.tier_after], np.where(is_named[table.tier], same_tier, table.price)
        )

        actions = np.array([choice.action for choice in self.choices], dtype=object)[table.owner]
        waits = np.maximum(0, -((table.first - scenario.starts_in) // table.interval))
        at_renewal = table.first + waits * table.interval
        at = np.where(actions == NOW, scenario.starts_in, np.where(actions == AT_RENEWAL, at_renewal, never))
        self.change_at = np.where(self.after != table.price, np.minimum(at, never), never)
        self.change_at = np.where(changes_tier, np.minimum(at, never), self.change_at)


def choices(book: Book, scenario: Scenario) -> tuple[Choice, ...]:
    """What happens to each client of the book, in its order."""
    usual = Choice(scenario.existing_clients)
    return tuple(scenario.clients.get(client.id, usual) for client in book.clients)


class Bills:
    """What is earned, billed, worked and spent each month, for those who stay as planned, move by themselves, or come new."""

    def __init__(self, book: Book, scenario: Scenario, prices: PriceChange) -> None:
        self.book, self.scenario, self.prices, self.table = book, scenario, prices, book.table
        self.month = np.arange(scenario.horizon_months + 1)[:, None]
        table = self.table
        self.renews, self.remaining = table.terms(scenario.horizon_months)
        self.price = np.where(self.month >= prices.change_at, prices.after, table.price)
        self.price_before = np.vstack([table.price[None, :], self.price[:-1]])
        midterm = (self.month == prices.change_at) * (prices.after - table.price) * self.remaining
        self.billed = self.renews * self.price * table.interval + midterm
        self.mrr, self.received = self._per_client(self.price), self._per_client(self.billed)
        self.tier_hours = np.array([scenario.hours.get(tier.name, tier.hours) for tier in prices.tiers])
        self.tier_costs = np.array(
            [scenario.costs.tiers_minor.get(tier.name, tier.cost_minor) for tier in prices.tiers], dtype=float
        )
        self.hours_known = np.array([tier.name not in scenario.hours for tier in prices.tiers], dtype=bool)
        self.costs_known = np.array([tier.name not in scenario.costs.tiers_minor for tier in prices.tiers], dtype=bool)

    def stay(self) -> np.ndarray:
        """The worth of every client of the book that moves as the scenario plans: (measure, month, client)."""
        table, prices = self.table, self.prices
        mains, before, after = table.mains, prices.tier_before, prices.tier_after
        has_switched = self.month >= np.where(after != before, prices.change_at, self.scenario.horizon_months + 1)[mains]
        hours = np.where(has_switched, self.tier_hours[after[mains]], self._hours(before[mains]))
        costs = np.where(has_switched, self.tier_costs[after[mains]], self._costs(before[mains]))
        return self._worth(self.mrr, self.received, hours, costs)

    def moved(self, clients: np.ndarray, tier: int) -> tuple[np.ndarray, np.ndarray]:
        """The worth of these clients once they went to that tier, and what they pay once in the month of the move."""
        table, mains = self.table, self.table.mains[clients]
        price = self.prices.list_after[tier]
        others = self.received[:, clients] - self.billed[:, mains]
        received = others + self.renews[:, mains] * price * table.interval[mains]
        mrr = self.mrr[:, clients] - self.price[:, mains] + price
        worth = self._worth(mrr, received, self.tier_hours[tier], self.tier_costs[tier])
        once = np.zeros_like(worth)
        once[RECEIVED] = (price - self.price_before[:, mains]) * self.remaining[:, mains]
        once[RECEIVED + 1] = np.rint(once[RECEIVED] * (1 - self.scenario.costs.fee_rate))
        return worth, once

    def serving(self) -> np.ndarray:
        """What each client costs a month once it moved as planned, hours included, payment fees not."""
        tiers = self.prices.tier_after[self.table.mains]
        stays = tiers == self.prices.tier_before[self.table.mains]
        hours = np.where(stays, self._hours(tiers), self.tier_hours[tiers])
        costs = np.where(stays, self._costs(tiers), self.tier_costs[tiers])
        return np.asarray(costs + self.scenario.costs.hour_minor * hours)

    def listed(self) -> np.ndarray:
        """The worth of a newcomer of each tier, who pays the new list price monthly: (measure, month, tier)."""
        price = np.broadcast_to(self.prices.list_after, (len(self.month), len(self.prices.tiers)))
        return self._worth(price, price * (self.month > 0), self.tier_hours, self.tier_costs)

    def fixed(self) -> np.ndarray:
        """What is there whoever stays: (measure, month)."""
        fixed = np.zeros((len(MEASURES), len(self.month)))
        fixed[4, 1:] = -self.scenario.costs.overhead_minor
        return fixed

    def _worth(self, mrr: np.ndarray, received: np.ndarray, hours: np.ndarray, costs: np.ndarray) -> np.ndarray:
        """The measures stacked; hours and costs are of each month, or one for all."""
        terms = self.scenario.costs
        spent = terms.fee_rate * received + terms.fee_fixed_minor * (received != 0)
        spent += costs
        spent += terms.hour_minor * hours
        spent[0] = 0  # today is paid
        worth = np.empty((len(MEASURES), *mrr.shape))
        worth[0], worth[1], worth[2], worth[RECEIVED] = mrr, 1, np.rint(hours * HUNDREDTHS), received
        np.rint(received - spent, out=worth[RECEIVED + 1])
        return worth

    def _per_client(self, lines: np.ndarray) -> np.ndarray:
        if len(self.table.starts) == len(self.table.owner):
            return np.asarray(lines, dtype=np.float64)
        return np.add.reduceat(lines, self.table.starts, axis=1).astype(np.float64)

    def _hours(self, tiers: np.ndarray) -> np.ndarray:
        measured = ~np.isnan(self.table.hours) & self.hours_known[tiers]
        return np.where(measured, self.table.hours, self.tier_hours[tiers])

    def _costs(self, tiers: np.ndarray) -> np.ndarray:
        measured = ~np.isnan(self.table.costs) & self.costs_known[tiers]
        return np.where(measured, self.table.costs, self.tier_costs[tiers])


def _rates(book: Book, scenario: Scenario, tiers: tuple[Tier, ...]) -> tuple[tuple[Churn, ...], np.ndarray]:
    """The churn rates in use, and each tier's place among them; tiers under one measure share it, and its luck."""
    sources: dict[str, Churn] = {}
    used = []
    for tier in tiers:
        if tier.name in scenario.churn:
            key, churn = tier.name, scenario.churn[tier.name]
        elif "all" in scenario.churn:
            key, churn = "all", scenario.churn["all"]
        elif scenario.churn_by_tier and tier.name in book.churn_by_tier:
            key, churn = tier.name, book.churn_by_tier[tier.name]
        else:
            key, churn = "all", book.churn
        sources.setdefault(f"tier {key}" if key == tier.name else "all", churn)
        used.append(f"tier {key}" if key == tier.name else "all")
    keys = list(sources)
    return tuple(sources.values()), np.array([keys.index(key) for key in used], dtype=np.int64)


def _rise_at(book: Book, prices: PriceChange, never: int) -> np.ndarray:
    """The month in which each client is first asked for more in the tier it has."""
    rises = (prices.after > book.table.price) & (prices.tier_after == prices.tier_before)
    months = np.where(rises, prices.change_at, never)
    return np.minimum.reduceat(months, book.table.starts) if book.clients else months


def _shifts(scenario: Scenario, prices: PriceChange, bills: Bills) -> tuple[Shift, ...]:
    places = {tier.name: place for place, tier in enumerate(prices.tiers)}
    mains = bills.table.mains
    is_free = np.array([choice.action != KEEP and not choice.tier for choice in prices.choices], dtype=bool)
    shifts = []
    for move in scenario.moves:
        start, end = places[move.from_tier], places[move.to_tier]
        clients = np.flatnonzero(is_free & (prices.tier_before[mains] == start))
        worth, once = bills.moved(clients, end)
        shifts.append(Shift(clients, start, end, move.monthly_rate, worth, once))
    return tuple(shifts)
