"""Goal seek: what it takes to expect a given MRR by a given month: by signing clients, by price, or by upgrades (R6, R12)."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from data.money import minor_digits
from data.pricing.what_if.answers import expected_mrr
from data.pricing.what_if.book import Book
from data.pricing.what_if.scenario import MOST_NEW, NOW, Choice, Scenario

HIGHEST_FACTOR = 4


@dataclass(frozen=True)
class Way:
    """One way to the goal. `kind` is `clients`, `price` or `upgrades`.

    clients: `number` clients of `tier` signed evenly until then. price: the list price of `tier` set to `price_minor`.
    upgrades: `number` clients of `tier`, next month, go to `to_tier`. `reaches_minor` is the MRR then expected.
    """

    kind: str
    tier: str
    number: int | None
    price_minor: int | None
    to_tier: str
    reaches_minor: int


@dataclass(frozen=True)
class Goal:
    """The MRR wanted in month `month` against what the scenario expects, and the ways there, the fewest people first."""

    target_minor: int
    month: int
    expected_minor: int
    ways: tuple[Way, ...]

    @property
    def is_reached(self) -> bool:
        """Whether the scenario as it stands is expected to get there."""
        return self.expected_minor >= self.target_minor


def seek(book: Book, scenario: Scenario, target_minor: int, month: int) -> Goal:
    """Every single lever that reaches the goal, all else as in the scenario; no way where it is reached already."""
    scenario.checked(book)
    expects = expected_mrr(book, scenario, month)
    goal = Goal(target_minor, month, round(expects), ())
    if goal.is_reached:
        return goal
    ways = [*_clients(book, scenario, target_minor, month, expects), *_prices(book, scenario, target_minor, month)]
    return replace(goal, ways=(*ways, *_upgrades(book, scenario, target_minor, month)))


def _clients(book: Book, scenario: Scenario, target: int, month: int, expects: float) -> list[Way]:
    ways = []
    for tier in (tier for tier in (*book.tiers, *scenario.new_tiers) if tier.is_sold):
        if scenario.new_clients.get(tier.name, 0.0) + 1 > MOST_NEW:
            continue

        def signing(number: int, tier: str = tier.name) -> Scenario:
            rates = dict(scenario.new_clients)
            rates[tier] = rates.get(tier, 0.0) + number / month
            return replace(scenario, new_clients=rates)

        # The mean is a straight line in the number who come, so that one more tells all.
        per_client = expected_mrr(book, signing(1), month) - expects
        if per_client <= 0:
            continue
        number = math.ceil((target - expects) / per_client - 1e-9)
        if scenario.new_clients.get(tier.name, 0.0) + number / month <= MOST_NEW:
            reaches = round(expects + number * per_client)
            ways.append(Way("clients", tier.name, number, None, "", reaches))
    return sorted(ways, key=lambda way: way.number or 0)


def _prices(book: Book, scenario: Scenario, target: int, month: int) -> list[Way]:
    unit = 10 ** minor_digits(book.currency)
    ways = []
    for tier in book.tiers:
        start = scenario.prices_minor.get(tier.name, tier.price_minor)

        def at(step: int, tier: str = tier.name, start: int = start) -> float:
            # Prices are whole major units: nobody sells at 387.42.
            return expected_mrr(
                book, replace(scenario, prices_minor={**scenario.prices_minor, tier: _price(start, step, unit)}), month
            )

        steps = _fewest(lambda step, at=at: at(step) >= target, start * (HIGHEST_FACTOR - 1) // unit)  # type: ignore[misc]
        if steps is not None:
            ways.append(Way("price", tier.name, None, _price(start, steps, unit), "", round(at(steps))))
    return sorted(ways, key=lambda way: (way.price_minor or 0) / book.tier(way.tier).price_minor)


def _price(start: int, step: int, unit: int) -> int:
    return (start // unit + step) * unit


def _upgrades(book: Book, scenario: Scenario, target: int, month: int) -> list[Way]:
    """Upgrades to the next dearer tier, of those who are asked nothing else; the last in the book's order first."""
    sold = [tier for tier in (*book.tiers, *scenario.new_tiers) if tier.is_sold]
    dearer = sorted(sold, key=lambda tier: scenario.prices_minor.get(tier.name, tier.price_minor))
    ways = []
    for tier, to_tier in pairwise(dearer):
        free = [client.id for client in book.clients if client.tier == tier.name and client.id not in scenario.clients]

        def moving(number: int, free: list[str] = free, to_tier: str = to_tier.name) -> Scenario:
            chosen = {client: Choice(NOW, to_tier) for client in free[::-1][:number]}
            return replace(scenario, clients={**scenario.clients, **chosen})

        number = _fewest(
            lambda number, moving=moving: expected_mrr(book, moving(number), month) >= target,  # type: ignore[misc]
            len(free),
        )
        if number is not None:
            reaches = round(expected_mrr(book, moving(number), month))
            ways.append(Way("upgrades", tier.name, number, None, to_tier.name, reaches))
    return sorted(ways, key=lambda way: way.number or 0)


def _fewest(is_enough: Callable[[int], bool], most: int) -> int | None:
    """The smallest number from 1 to `most` that is enough, if more is never worse; None where even `most` is not."""
    if most < 1 or not is_enough(most):
        return None
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    return high
