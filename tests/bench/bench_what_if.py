"""What a projection costs beside drawing its chances alone, and how quick its exact mean is.

10,000 paths × 36 months × 100 clients. Reach: at most 4 × a bare numpy draw of one chance a client, month and path; the exact
mean, which a slider needs, within 2 ms.
"""

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from data.pricing.what_if import Book, Churn, Client, Costs, Line, Move, Scenario, Tier, closed_form, project

PATHS, MONTHS, CLIENTS = 10_000, 36, 100
TIERS = (Tier("Essential", 15_000, 1, 900), Tier("Growth", 35_000, 3, 1_700), Tier("Partner", 75_000, 8, 5_000))
RISE = {"prices_minor": {"Growth": 38_500}, "extra_loss": (0.0, 0.1), "existing_clients": "move_at_renewal"}
SCENARIOS = {
    "no lever": Scenario(horizon_months=MONTHS),
    "a higher price": Scenario(horizon_months=MONTHS, **RISE),
    "and new clients": Scenario(horizon_months=MONTHS, **RISE, new_clients={"Essential": 0.5, "Growth": 0.5, "Partner": 0.2}),
    "every lever": Scenario(
        horizon_months=MONTHS,
        **RISE,
        new_clients={"Essential": 0.5, "Growth": 0.5, "Partner": 0.2},
        moves=(Move("Essential", "Growth", 0.01), Move("Growth", "Partner", 0.01), Move("Growth", "Essential", 0.005)),
        churn={"Partner": Churn(1, 100)},
        costs=Costs(0.029, 30, 4_000, 100_000),
    ),
}


def main() -> None:
    """Print each scenario's time beside the bare draw, measured in turns."""
    book = _book()
    bare = _seconds(_draw, 5)
    print(f"bare draw of {PATHS:,} × {MONTHS} × {CLIENTS} chances   {1000 * bare:8.0f} ms")
    for name, scenario in SCENARIOS.items():
        played = _seconds(lambda scenario=scenario: project(book, scenario), 5)
        bare = _seconds(_draw, 3)
        exact = _seconds(lambda scenario=scenario: closed_form(book, scenario), 50)
        print(f"{name:16} projection {1000 * played:7.0f} ms = {played / bare:4.2f} × bare   exact mean {1000 * exact:5.2f} ms")


def _draw() -> None:
    np.random.Generator(np.random.PCG64(1)).random((MONTHS, CLIENTS, PATHS))


def _seconds(run: Callable[[], object], times: int) -> float:
    """The median of so many runs, after one that is not counted."""
    run()
    found = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return median(found)


def _book() -> Book:
    tiers = [TIERS[place % 3] for place in range(CLIENTS)]
    intervals = [(1, 1, 1, 3, 12)[place % 5] for place in range(CLIENTS)]
    clients = tuple(
        Client(
            f"c{place}", f"Client {place}", (Line(tier.name, tier.price_minor, interval, date(2027, 1 + place % 12, 5)),), 2.5
        )
        for place, (tier, interval) in enumerate(zip(tiers, intervals, strict=True))
    )
    return Book("usd", date(2026, 11, 21), TIERS, clients, Churn(9, 1200))


if __name__ == "__main__":
    main()
