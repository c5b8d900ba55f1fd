"""The page's question, “What if I raise a tier’s price?”: its levers, as they stand in a link, and the scenario they make."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from data.money import to_major, to_minor
from data.pricing.what_if.book import Book, Tier
from data.pricing.what_if.scenario import AT_RENEWAL, GRANDFATHER, KEEP, MOST_NEW, NOW, Choice, Costs, Scenario

WHEN = {"Next month": NOW, "At renewal": AT_RENEWAL, "Only new clients": GRANDFATHER}
HORIZONS = (12, 24, 36)
MOST_LOSS = 50
HIGHEST_PRICE = 1e9
MOST_HOURS = 10_000.0


@dataclass(frozen=True)
class Levers:
    """What is asked, as people say it: the price in major units, losses in per cent, clients by their id."""

    tier: str
    price: float
    when: str = "Next month"
    loss: tuple[int, int] = (0, 0)
    keep: Sequence[str] = ()
    at_renewal: Sequence[str] = ()
    new_clients: Mapping[str, float] = field(default_factory=dict)
    horizon: int = 12
    hours_available: float | None = None
    hour_value: float = 0.0


def tiers(book: Book) -> list[str]:
    """The tiers whose price can be asked about: those that somebody pays for, the one that brings most first."""
    paid = {name: clients for name, clients in book.paying_for.items() if clients}
    worth = {
        name: sum(line.price_minor for client in paid[name] for line in client.lines if line.tier == name) for name in paid
    }
    return sorted(paid, key=lambda name: -worth[name])


def sold(book: Book) -> list[Tier]:
    """The tiers a new client can have."""
    return [tier for tier in book.tiers if tier.is_sold]


def suggested_price(book: Book, tier: str) -> float:
    """Where the price lever stands at first: a tenth above the list price, in whole major units."""
    now = to_major(book.tier(tier).price_minor, book.currency)
    return float(max(1, math.ceil(now * 11 / 10)))


def scenario(book: Book, levers: Levers) -> Scenario:
    """The scenario of these levers; InputError where one is out of its range."""
    price = to_minor(levers.price, book.currency)
    asked = {client.id for client in book.paying_for[levers.tier]}
    chosen = {client: Choice(AT_RENEWAL) for client in levers.at_renewal} | {client: Choice(KEEP) for client in levers.keep}
    return Scenario(
        horizon_months=levers.horizon,
        prices_minor={levers.tier: price} if price != book.tier(levers.tier).price_minor else {},
        existing_clients=WHEN[levers.when],
        clients={client: choice for client, choice in chosen.items() if client in asked},
        new_clients={tier: number for tier, number in levers.new_clients.items() if number},
        extra_loss=(levers.loss[0] / 100, levers.loss[1] / 100),
        hours_available=levers.hours_available,
        costs=Costs(hour_minor=to_minor(levers.hour_value, book.currency)),
    ).checked(book)


def labels(book: Book) -> dict[str, str]:
    """A name for each client by which a link can tell it from all others."""
    names = [client.name for client in book.clients]
    return {
        client.id: client.name if names.count(client.name) == 1 else f"{client.name} ({client.id})" for client in book.clients
    }


def refused(link: Mapping[str, Sequence[str]], book: Book, currencies: Sequence[str] = ()) -> dict[str, str]:
    """Why a value of a link can't be used, by its name; that lever then stands where it stands by itself.

    `currencies` are those that anybody pays in; without them that of the book.
    """
    known = set(labels(book).values())
    tests: dict[str, tuple[Callable[[Sequence[str]], bool], str]] = {
        "currency": (lambda values: _one_of(values, currencies or [book.currency]), "no currency that anybody pays in"),
        "tier": (lambda values: _one_of(values, tiers(book)), "no tier that anybody pays for"),
        "price": (lambda values: _number(values, 1, HIGHEST_PRICE), "no price"),
        "when": (lambda values: _one_of(values, WHEN), "no way to move clients to a new price"),
        "loss": (_is_range, "no range of losses from 0 to 50 %"),
        "keep": (lambda values: set(values) <= known | {""}, "not all clients of this book"),
        "renew": (lambda values: set(values) <= known | {""}, "not all clients of this book"),
        "months": (lambda values: _one_of(values, map(str, HORIZONS)), "no horizon of 12, 24 or 36 months"),
        "hours": (lambda values: values == [""] or _number(values, 0, MOST_HOURS), "no number of hours"),
        "goal": (lambda values: values == [""] or _number(values, 1, HIGHEST_PRICE), "no amount to reach"),
        "by": (lambda values: _number(values, 1, HORIZONS[-1]), "no number of months"),
        "hour": (lambda values: _number(values, 0, HIGHEST_PRICE), "no worth of an hour"),
        **{
            f"new{place}": (lambda values: _number(values, 0, MOST_NEW), "no number of new clients")
            for place in range(len(sold(book)))
        },
    }
    return {
        key: f"“{key}={_shown(link[key])}” is {fault}."
        for key, (is_right, fault) in tests.items()
        if key in link and not is_right(list(link[key]))
    }


def _one_of(values: Sequence[str], known: object) -> bool:
    return len(values) == 1 and values[0] in list(known)  # type: ignore[call-overload]


def _number(values: Sequence[str], low: float, high: float) -> bool:
    try:
        return len(values) == 1 and low <= float(values[0]) <= high
    except ValueError:
        return False


def _is_range(values: Sequence[str]) -> bool:
    return len(values) == 2 and all(_number([value], 0, MOST_LOSS) for value in values)


def _shown(values: Sequence[str], longest: int = 40) -> str:
    text = ", ".join(values)
    return text if len(text) <= longest else f"{text[:longest]}…"
