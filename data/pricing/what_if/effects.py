"""What each lever does by itself: the scenario against the same scenario with that one lever put back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from data.pricing.what_if.book import Book
from data.pricing.what_if.closed_form import closed_form
from data.pricing.what_if.scenario import NOW, Costs, Scenario


@dataclass(frozen=True)
class Effect:
    """One lever (`lever`, and the tier or client group it is `of`) and what is expected more because of it alone.

    `more_mrr_minor` a month in month `at`, `more_cash_minor` over the whole horizon, `more_hours` a month in month `at`.
    """

    lever: str
    of: str
    more_mrr_minor: int
    more_cash_minor: int
    more_hours: float


def effects(book: Book, scenario: Scenario, at: int = 12) -> tuple[Effect, ...]:
    """The effect of every lever that is moved, the largest on MRR first; exact means, so that no luck is in them."""
    whole = closed_form(book, scenario)
    found = []
    for lever, of, put_back in _one_put_back(scenario):
        other = closed_form(book, put_back)
        found.append(
            Effect(
                lever,
                of,
                round(float(whole["mrr"][at] - other["mrr"][at])),
                round(float(np.sum(whole["cash"] - other["cash"]))),
                round(float(whole["hours"][at] - other["hours"][at]), 2),
            )
        )
    return tuple(sorted(found, key=lambda one: (-abs(one.more_mrr_minor), -abs(one.more_cash_minor))))


def _one_put_back(scenario: Scenario) -> Iterator[tuple[str, str, Scenario]]:
    for lever in ("prices_minor", "new_clients", "hours", "churn"):
        for of in getattr(scenario, lever):
            rest: Any = _less(getattr(scenario, lever), of)
            yield lever, of, replace(scenario, **{lever: rest})
    for place, move in enumerate(scenario.moves):
        others = scenario.moves[:place] + scenario.moves[place + 1 :]
        yield "moves", f"{move.from_tier} → {move.to_tier}", replace(scenario, moves=others)
    for tier in scenario.new_tiers:
        yield "new_tiers", tier.name, scenario.without_tiers({tier.name})
    if scenario.extra_loss[1]:
        yield "extra_loss", "", replace(scenario, extra_loss=(0.0, 0.0))
    if scenario.clients:
        yield "clients", "", replace(scenario, clients={})
    if scenario.existing_clients != NOW and scenario.prices_minor:
        yield "existing_clients", "", replace(scenario, existing_clients=NOW)
    if scenario.churn_by_tier:
        yield "churn_by_tier", "", replace(scenario, churn_by_tier=False)
    if scenario.costs != Costs():
        yield "costs", "", replace(scenario, costs=Costs())


def _less(values: Mapping[str, object], key: str) -> dict[str, object]:
    return {name: value for name, value in values.items() if name != key}
