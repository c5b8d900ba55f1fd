"""The page's levers, by the name each has in a link: where they stand by themselves, and the scenario that they make.

Prices, hours' worth and costs are in major units, rates and shares in per cent, clients are ids. `price_`, `new_`, `churn_`,
`hours_`, `cost_` and `to_` stand before a tier's name in small letters (`added` is the new tier's).
"""

import math
import re
from collections.abc import Mapping
from typing import Any

from data.errors import InputError
from data.money import to_major, to_minor
from data.pricing.what_if.book import Book, Tier
from data.pricing.what_if.churn import Churn
from data.pricing.what_if.scenario import (
    AT_RENEWAL,
    GRANDFATHER,
    IN_PROPORTION,
    KEEP,
    NOW,
    TO_LIST,
    Choice,
    Costs,
    Move,
    Scenario,
)

Levers = Mapping[str, Any]
WHEN = {"Next month": NOW, "At renewal": AT_RENEWAL, "Only new clients": GRANDFATHER}
OFF_LIST = {"In proportion": IN_PROPORTION, "To the list": TO_LIST}
SINGLE = {"keep": KEEP, "old": GRANDFATHER, "now": NOW, "renew": AT_RENEWAL}
USUAL_LOSS = (0, 10)
MOST_MOVES = 3
ADDED = "added"


def slugs(book: Book) -> dict[str, str]:
    """What stands for each tier of the book in a lever's name, by the tier's name; no two are the same."""
    found: dict[str, str] = {}
    for tier in book.tiers:
        plain = re.sub(r"\W+", "_", tier.name.lower()).strip("_") or "tier"
        taken = {ADDED, *found.values()}
        found[tier.name] = next(
            name for name in (plain, *(f"{plain}_{number}" for number in range(2, len(book.tiers) + 3))) if name not in taken
        )
    return found


def tiers(book: Book) -> list[str]:
    """The tiers that somebody pays for, the one that brings most first."""
    worth = {
        name: sum(line.price_minor for client in clients for line in client.lines if line.tier == name)
        for name, clients in book.paying_for.items()
        if clients
    }
    return sorted(worth, key=lambda name: -worth[name])


def sold(book: Book) -> list[Tier]:
    """The tiers that a new client can have."""
    return [tier for tier in book.tiers if tier.is_sold]


def suggested_price(book: Book, tier: str) -> float:
    """A tenth above the list price, in whole major units: where the price of the largest tier stands at first."""
    return float(max(1, math.ceil(to_major(book.tier(tier).price_minor, book.currency) * 11 / 10)))


def usual(book: Book) -> dict[str, Any]:
    """Every lever where the page first shows it: the largest tier a tenth dearer, all else as it is today."""
    first = next(iter(tiers(book)), None)
    start = untouched(book) | {"loss": USUAL_LOSS}
    return start | ({f"price_{slugs(book)[first]}": suggested_price(book, first)} if first else {})


def untouched(book: Book) -> dict[str, Any]:
    """Every lever where nothing is changed."""
    names = slugs(book)
    ladder = [tier.name for tier in sold(book)] or [tier.name for tier in book.tiers]
    moves = {
        f"move{number}{part}": value
        for number in range(1, MOST_MOVES + 1)
        for part, value in (("", 0.0), ("_from", ladder[0]), ("_to", ladder[min(1, len(ladder) - 1)]))
    }
    return {
        **{f"price_{name}": _major(book.tier(tier).price_minor, book) for tier, name in names.items()},
        **{f"{kind}_{name}": value for name in names.values() for kind, value in _by_tier().items()},
        **{f"{kind}_{ADDED}": value for kind, value in _by_tier().items()},
        **{"when": "Next month", "from": 1, "off": "In proportion", "loss": (0, 0), "months": 12, "hours": None},
        **{kind: [] for kind in SINGLE},
        **{"hour": 0.0, "fee": 0.0, "fee_fixed": 0.0, "overhead": 0.0, "churn": None, "own_churn": False},
        **{"tier_name": "", "tier_price": 0.0, "tier_hours": 0.0, "tier_cost": 0.0},
        **moves,
    }


def _by_tier() -> dict[str, Any]:
    return {"new": 0.0, "churn": None, "hours": None, "cost": None, "to": []}


def scenario(book: Book, levers: Levers) -> Scenario:
    """The scenario of these levers, the others where they stand untouched; InputError where one is out of its range."""
    set_to = untouched(book) | dict(levers)
    new_tiers = added(book, set_to)
    names = slugs(book) | {tier.name: ADDED for tier in new_tiers}

    def of_tiers(kind: str) -> dict[str, Any]:
        return {tier: set_to[f"{kind}_{name}"] for tier, name in names.items() if set_to[f"{kind}_{name}"] is not None}

    prices = {tier: to_minor(set_to[f"price_{name}"], book.currency) for tier, name in slugs(book).items()}
    low, high = set_to["loss"]
    return Scenario(
        horizon_months=int(set_to["months"]),
        starts_in=int(set_to["from"]),
        prices_minor={tier: price for tier, price in prices.items() if price != book.tier(tier).price_minor},
        existing_clients=WHEN[set_to["when"]],
        off_list=OFF_LIST[set_to["off"]],
        clients=_choices(book, set_to, names),
        new_clients={tier: number for tier, number in of_tiers("new").items() if number},
        moves=_moves(set_to, names),
        churn={
            **({"all": Churn(rate=_share(set_to["churn"]))} if set_to["churn"] is not None else {}),
            **{tier: Churn(rate=_share(rate)) for tier, rate in of_tiers("churn").items()},
        },
        churn_by_tier=bool(set_to["own_churn"]),
        extra_loss=(_share(low), _share(high)),
        new_tiers=new_tiers,
        hours={tier: hours for tier, hours in of_tiers("hours").items() if tier in slugs(book)},
        hours_available=set_to["hours"],
        costs=Costs(
            fee_rate=_share(set_to["fee"]),
            fee_fixed_minor=to_minor(set_to["fee_fixed"], book.currency),
            hour_minor=to_minor(set_to["hour"], book.currency),
            overhead_minor=to_minor(set_to["overhead"], book.currency),
            tiers_minor={tier: to_minor(cost, book.currency) for tier, cost in of_tiers("cost").items() if tier in slugs(book)},
        ),
    ).checked(book)


def levers(book: Book, made: Scenario) -> dict[str, Any]:
    """Where each lever stands for that scenario; InputError where it says what no lever of the page can say."""
    made.checked(book)
    names = slugs(book) | {tier.name: ADDED for tier in made.new_tiers[:1]}
    labels = {action: label for label, action in WHEN.items()}
    set_to: dict[str, Any] = untouched(book) | {
        "months": made.horizon_months,
        "from": made.starts_in,
        "when": labels.get(made.existing_clients, "Only new clients"),
        "off": {rule: label for label, rule in OFF_LIST.items()}[made.off_list],
        "loss": tuple(round(100 * share) for share in made.extra_loss),
        "own_churn": made.churn_by_tier,
        "hours": made.hours_available,
        "fee": _percent(made.costs.fee_rate),
        **{name: _major(getattr(made.costs, f"{name}_minor"), book) for name in ("hour", "fee_fixed", "overhead")},
        **{f"price_{names[tier]}": _major(price, book) for tier, price in made.prices_minor.items() if tier in names},
        **{f"new_{names[tier]}": number for tier, number in made.new_clients.items() if tier in names},
        **{f"hours_{names[tier]}": hours for tier, hours in made.hours.items() if tier in names},
        **{f"cost_{names[tier]}": _major(cost, book) for tier, cost in made.costs.tiers_minor.items() if tier in names},
        **{f"churn_{names[tier]}": _percent(one.observed) for tier, one in made.churn.items() if tier in names},
    }
    if "all" in made.churn:
        set_to["churn"] = _percent(made.churn["all"].observed)
    for tier in made.new_tiers[:1]:
        price, cost = (_major(amount, book) for amount in (tier.price_minor, tier.cost_minor))
        set_to |= {"tier_name": tier.name, "tier_price": price, "tier_hours": tier.hours, "tier_cost": cost}
    for number, move in enumerate(made.moves[:MOST_MOVES], 1):
        set_to |= {f"move{number}_from": move.from_tier, f"move{number}_to": move.to_tier}
        set_to[f"move{number}"] = _percent(move.monthly_rate)
    for kind, action in SINGLE.items():
        set_to[kind] = [client for client, choice in made.clients.items() if choice.action == action]
    for tier_name, name in names.items():
        set_to[f"to_{name}"] = [client for client, choice in made.clients.items() if choice.tier == tier_name]
    _same(book, made, set_to)
    return set_to


def _same(book: Book, made: Scenario, set_to: Levers) -> None:
    """InputError where the levers say something else than the scenario."""
    again = scenario(book, set_to)
    differs = [lever for lever in set(made.changed()) | set(again.changed()) if getattr(made, lever) != getattr(again, lever)]
    other = sorted(set(differs) - {"name", "currency"})
    stale = {tier: price for tier, price in made.prices_minor.items() if book.tier(tier).price_minor != price}
    if other == ["prices_minor"] and dict(again.prices_minor) == stale:
        return  # the list price has meanwhile become the scenario's own
    if other:
        raise InputError(
            "This scenario says more than the levers of the page can.",
            f"Answer it with python -m data what-if; it is about {', '.join(other)}.",
        )


def added(book: Book, set_to: Levers) -> tuple[Tier, ...]:
    """The new tier that the levers add: none until it has a name and a price."""
    name, price = " ".join(str(set_to["tier_name"] or "").split()), to_minor(set_to["tier_price"], book.currency)
    if not name or price <= 0:
        return ()
    return (Tier(name, price, float(set_to["tier_hours"]), to_minor(set_to["tier_cost"], book.currency)),)


def _choices(book: Book, set_to: Levers, names: Mapping[str, str]) -> dict[str, Choice]:
    """What is chosen for single clients, in the order of the book."""
    chosen = {client: action for kind, action in SINGLE.items() for client in set_to[kind]}
    to_tier = {client: tier for tier, name in names.items() for client in set_to[f"to_{name}"]}
    usual_action = WHEN[set_to["when"]]
    for client in to_tier:
        if chosen.get(client) in (KEEP, GRANDFATHER):
            raise InputError(
                f"{_name(book, client)} can’t both stay as it is and change tier.", "Take it out of one of the lists."
            )
        chosen.setdefault(client, usual_action if usual_action in (NOW, AT_RENEWAL) else NOW)
    return {client.id: Choice(chosen[client.id], to_tier.get(client.id, "")) for client in book.clients if client.id in chosen}


def _name(book: Book, client_id: str) -> str:
    return next((client.name for client in book.clients if client.id == client_id), client_id)


def _moves(set_to: Levers, names: Mapping[str, str]) -> tuple[Move, ...]:
    rows = [(set_to[f"move{n}_from"], set_to[f"move{n}_to"], set_to[f"move{n}"]) for n in range(1, MOST_MOVES + 1)]
    return tuple(Move(start, end, _share(rate)) for start, end, rate in rows if rate and {start, end} <= set(names))


def _share(percent: float) -> float:
    return round(float(percent) / 100, 10)


def _percent(share: float) -> float:
    return round(100 * share, 8)


def _major(amount_minor: int, book: Book) -> float:
    return float(to_major(amount_minor, book.currency))
