"""The exact mean of a projection, without drawing anything: who is expected to be there, times what each is worth.

The mean over a rate that is not known is that of its posterior: E[(1 − rate)^k], not (1 − E[rate])^k.
"""

import numpy as np

from data.pricing.what_if.book import Book
from data.pricing.what_if.plan import HUNDREDTHS, Plan, plan
from data.pricing.what_if.scenario import Scenario


def closed_form(book: Book, scenario: Scenario) -> dict[str, np.ndarray]:
    """The mean of each measure in each month from today's (0): `mrr`, `received`, `cash` in minor units, `clients`, `hours`."""
    mean = expected(plan(book, scenario))
    return {"mrr": mean[0], "clients": mean[1], "hours": mean[2] / HUNDREDTHS, "received": mean[3], "cash": mean[4]}


def expected(planned: Plan) -> np.ndarray:
    """The mean of every measure in every month: (measure, month), hours in hundredths."""
    chances = _Chances(planned)
    mean = planned.fixed + np.einsum("mtc,tc->mt", planned.stay, chances.staying())
    for shift in planned.shifts:
        moving, moved = chances.moving(shift.clients, shift.to_tier, shift.monthly_rate)
        mean = mean + np.einsum("mtc,tc->mt", shift.worth, moved) + np.einsum("mtc,tc->mt", shift.once, moving)
    if planned.arrivals.any():
        mean = mean + np.einsum("mtk,tk->mt", planned.listed, chances.newcomers())
    return mean


class _Chances:
    """How likely each client is to be where, month by month."""

    def __init__(self, planned: Plan) -> None:
        self.plan = planned
        self.month = np.arange(planned.months + 1)[:, None]
        self.survival = np.stack([rate.survival(planned.months) for rate in planned.rates])
        self.known: dict[tuple[int, int], np.ndarray] = {}
        self.agreeing = 1 - sum(planned.extra_loss) / 2
        places = len(planned.listed[0, 0])
        self.leaving_tier = np.zeros(places)
        for shift in planned.shifts:
            self.leaving_tier[shift.from_tier] += shift.monthly_rate
        self.move_rate = np.zeros(len(planned.before))
        for shift in planned.shifts:
            self.move_rate[shift.clients] = self.leaving_tier[shift.from_tier]

    def staying(self) -> np.ndarray:
        """The chance of each client to be there and not to have moved by itself: (month, client)."""
        planned, month = self.plan, self.month
        there = self.survival[planned.before, month]
        for client in np.flatnonzero((planned.switch_at <= planned.months) & (planned.before != planned.after)):
            at = int(planned.switch_at[client])
            later = self.survival[planned.after[client], : planned.months + 1 - at]
            there[at:, client] = self.survival[planned.before[client], at] * later
        there = np.where(month >= planned.rise_at, there * self.agreeing, there)
        if not planned.shifts:
            return there
        unmoved = np.vstack([np.ones_like(self.move_rate), np.tile(1 - self.move_rate, (planned.months, 1))])
        return there * np.cumprod(unmoved, axis=0)

    def moving(self, clients: np.ndarray, to_tier: int, monthly_rate: float) -> tuple[np.ndarray, np.ndarray]:
        """The chance of these clients to move in a month, and to have moved and be there: (month, client) each."""
        planned, months = self.plan, self.plan.months
        moving, moved = np.zeros((months + 1, len(clients))), np.zeros((months + 1, len(clients)))
        if not len(clients):
            return moving, moved
        before, after = int(planned.before[clients[0]]), int(planned.tier_rates[to_tier])
        stays = (1 - self.move_rate[clients]) ** np.maximum(self.month - 1, 0)
        agrees = np.where(self.month >= planned.rise_at[clients], self.agreeing, 1.0)
        chosen = np.where(self.month > 0, stays * monthly_rate * agrees, 0.0)
        return chosen * self.survival[before][:, None], self._since(before, after) @ chosen

    def newcomers(self) -> np.ndarray:
        """How many newcomers are expected in each tier, those who moved on included: (month, tier)."""
        planned, months = self.plan, self.plan.months
        there = np.zeros((months + 1, len(planned.arrivals)))
        ages = np.arange(months)
        for tier in map(int, np.flatnonzero(planned.arrivals)):
            by_age = self.survival[planned.tier_rates[tier], ages] * (1 - self.leaving_tier[tier]) ** ages
            there[1:, tier] += planned.arrivals[tier] * np.cumsum(by_age)
            for shift in planned.shifts:
                if shift.from_tier == tier:
                    moved = self._moved_by_age(tier, shift.to_tier, shift.monthly_rate)
                    there[1:, shift.to_tier] += planned.arrivals[tier] * np.cumsum(moved)
        return there

    def _moved_by_age(self, tier: int, to_tier: int, monthly_rate: float) -> np.ndarray:
        chosen = (1 - self.leaving_tier[tier]) ** np.maximum(self.month[:, 0] - 1, 0) * monthly_rate * (self.month[:, 0] > 0)
        both = self._since(int(self.plan.tier_rates[tier]), int(self.plan.tier_rates[to_tier]))
        moved: np.ndarray = both @ chosen
        return moved[: self.plan.months]

    def _since(self, first: int, second: int) -> np.ndarray:
        """The chance to be there in month t after a move in month k ≤ t, from one rate to the other: (t, k)."""
        if (first, second) not in self.known:
            months = np.arange(self.plan.months + 1)
            later = months[:, None] - months
            self.known[first, second] = np.where(later >= 0, self._both(first, second)[months, np.maximum(later, 0)], 0.0)
        return self.known[first, second]

    def _both(self, first: int, second: int) -> np.ndarray:
        """The chance to survive i months under one rate, then k under the other: (i, k); one rate has one luck."""
        months = self.plan.months
        if first == second:
            longer = self.plan.rates[first].survival(2 * months)
            return longer[np.add.outer(np.arange(months + 1), np.arange(months + 1))]
        return np.outer(self.survival[first], self.survival[second])
