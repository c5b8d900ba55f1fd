"""The exact mean of a projection, without drawing anything: who is expected to be there, times what each is worth.

The mean over a rate that is not known is that of its posterior: E[(1 − rate)^k], not (1 − E[rate])^k.
"""

import numpy as np

from data.pricing.what_if.book import Book
from data.pricing.what_if.churn import since
from data.pricing.what_if.plan import HUNDREDTHS, RECEIVED, Plan, Shift, plan
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
        moving, moved = chances.moving(shift)
        mean = mean + np.einsum("mtc,tc->mt", shift.worth, moved)
        mean[RECEIVED:] += np.einsum("mtc,tc->mt", shift.once[RECEIVED:], moving)
    if planned.arrivals.any():
        mean = mean + np.einsum("mtk,tk->mt", planned.listed, chances.newcomers())
    return mean


class _Chances:
    """How likely each client is to be where, month by month."""

    def __init__(self, planned: Plan) -> None:
        self.plan = planned
        self.month = np.arange(planned.months + 1)[:, None]
        self.survival = np.stack([rate.survival(planned.months) for rate in planned.rates])
        self.agreeing = 1 - sum(planned.extra_loss) / 2
        places = len(planned.listed[0, 0])
        # The last place is for who moves nowhere by itself.
        self.leaving_tier, self.from_tier = np.zeros(places + 1), np.full(len(planned.before), places)
        for shift in planned.shifts:
            self.leaving_tier[shift.from_tier] += shift.monthly_rate
            self.from_tier[shift.clients] = shift.from_tier

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
        return there * ((1 - self.leaving_tier) ** month)[:, self.from_tier]

    def moving(self, shift: Shift) -> tuple[np.ndarray, np.ndarray]:
        """The chance of the clients of a shift to move in a month, and to have moved and be there: (month, client) each."""
        planned, clients = self.plan, shift.clients
        if not len(clients):
            return (empty := np.zeros((planned.months + 1, 0))), empty
        before, after = int(planned.before[clients[0]]), int(planned.tier_rates[shift.to_tier])
        choosing, rise_at = self._choosing(shift.from_tier, shift.monthly_rate), planned.rise_at[clients]
        agrees = np.where(self.month >= rise_at, self.agreeing, 1.0)
        # Sums over all earlier months of the move; what was chosen from `rise_at` on counts for those who agreed.
        moved = np.zeros((planned.months + 1, planned.months + 2))
        np.cumsum(self._since(before, after) * choosing, axis=1, out=moved[:, 1:])
        moved_by = self.agreeing * moved[:, -1:] + (1 - self.agreeing) * moved[:, np.minimum(rise_at, planned.months + 1)]
        return (choosing * self.survival[before])[:, None] * agrees, moved_by

    def _choosing(self, tier: int, monthly_rate: float) -> np.ndarray:
        """The chance to choose another tier in each month, having chosen none before: none today."""
        chosen = np.empty(self.plan.months + 1)
        chosen[0] = 0.0
        chosen[1:] = (1 - self.leaving_tier[tier]) ** np.arange(self.plan.months) * monthly_rate
        return chosen

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
        both = self._since(int(self.plan.tier_rates[tier]), int(self.plan.tier_rates[to_tier]))
        moved: np.ndarray = (both * self._choosing(tier, monthly_rate)).sum(axis=1)
        return moved[: self.plan.months]

    def _since(self, first: int, second: int) -> np.ndarray:
        rates = self.plan.rates
        # Rates that are measured apart have each its own luck, however alike they are.
        return since(rates[first], rates[second], self.plan.months, is_one=first == second)
