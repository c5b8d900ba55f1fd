"""Which tier to recommend, and on what ground: from the budget, the services asked for, and a goal to grow.

- affordable(tier): no budget stated; or price ≤ ceiling; or, without a ceiling, price ≤ 1.25 × the budget's upper figure.
  Currencies are compared with fixed planning rates; a budget without a currency is read in the book's.
- (a) neither services nor a growth goal: no recommendation.
- (b) growth goal and top tier affordable: the top tier.
- (c) else the lowest tier that, with those below it, covers all services asked for (none: the lowest tier); if that one
  is not affordable, the highest affordable tier; if none is, the lowest tier.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from data.money import to_major
from data.pricing.price_book import PriceBook

TOLERANCE = 1e-9


@dataclass(frozen=True)
class Recommendation:
    """A tier's id (None: no ground to recommend one) and the ground.

    Grounds: `growth` (b); `covers` and `start` (c: lowest that covers; no service asked for); `budget` (highest affordable);
    `above_budget` (none is affordable); `none` (a).
    """

    tier: str | None
    ground: str


@cache
def planning_rates() -> Mapping[str, float]:
    """US dollars a unit of each currency (upper-case ISO), from planning_rates.toml."""
    table = tomllib.loads((Path(__file__).parent / "planning_rates.toml").read_text("utf-8"))["usd"]
    return {code.upper(): float(rate) for code, rate in table.items()}


def is_affordable(
    price_minor: int, currency: str, budget: Mapping[str, Any] | None, rates: Mapping[str, float] | None = None
) -> bool:
    """Whether a monthly price in minor units of a currency lies within a budget in major units of its own currency."""
    if not budget:
        return True
    limit = budget.get("ceiling")
    if limit is None:
        if budget.get("high") is None:
            return True
        limit = 1.25 * float(budget["high"])
    rates = planning_rates() if rates is None else rates
    theirs = (budget.get("currency") or currency).upper()
    exchange = 1.0 if theirs == currency.upper() else rates.get(theirs, 1.0) / rates.get(currency.upper(), 1.0)
    return float(to_major(price_minor, currency)) <= float(limit) * exchange + TOLERANCE


def recommend(
    book: PriceBook,
    prices_minor: Mapping[str, int],
    services: set[str],
    has_growth_goal: bool,
    budget: Mapping[str, Any] | None,
    rates: Mapping[str, float] | None = None,
) -> Recommendation:
    """The tier and its ground, by the rule above; `prices_minor` holds each tier's price, `services` ids of the book."""
    if not services and not has_growth_goal:
        return Recommendation(None, "none")
    can = [is_affordable(prices_minor[tier.id], book.currency, budget, rates) for tier in book.tiers]
    if has_growth_goal and can[-1]:
        return Recommendation(book.tiers[-1].id, "growth")
    wanted = _lowest_that_covers(book, services)
    if can[wanted]:
        return Recommendation(book.tiers[wanted].id, "covers" if services else "start")
    within = [place for place, is_within in enumerate(can) if is_within]
    return Recommendation(book.tiers[within[-1] if within else 0].id, "budget" if within else "above_budget")


def _lowest_that_covers(book: PriceBook, services: set[str]) -> int:
    covered: set[str] = set()
    for place, tier in enumerate(book.tiers):
        covered |= set(tier.adds)
        if services <= covered:
            return place
    return len(book.tiers) - 1
