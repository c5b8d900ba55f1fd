"""A link to a scenario: which of its values can't be meant, in words; each lever's value stands in the address by its name."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from data.pricing.what_if.book import Book
from data.pricing.what_if.levers import ADDED, MOST_MOVES, OFF_LIST, SINGLE, WHEN, slugs
from data.pricing.what_if.scenario import LONGEST, MOST_NEW, SHORTEST

MOST_LOSS = 50
LATEST_START = 12
HIGHEST_PRICE = 1e9
MOST_HOURS = 10_000.0
MOST_TIER_HOURS = 744.0
MOST_FEE = 50.0
LONGEST_NAME = 60

Test = tuple[Callable[[Sequence[str]], bool], str]


def labels(book: Book) -> dict[str, str]:
    """A name for each client by which a link can tell it from all others."""
    names = Counter(client.name for client in book.clients)
    return {client.id: client.name if names[client.name] == 1 else f"{client.name} ({client.id})" for client in book.clients}


def refused(
    link: Mapping[str, Sequence[str]], book: Book, currencies: Sequence[str] = (), views: Sequence[str] = ()
) -> dict[str, str]:
    """Why a value of a link can't be used, by its name; that lever then stands where it stands by itself.

    `currencies` are those that anybody pays in, without them that of the book; `views` are the parts of the page.
    """
    tests = _tests(link, book) | {
        "currency": (_one_of(currencies or [book.currency]), "no currency that anybody pays in"),
        "view": (_one_of(views), "no part of this page"),
    }
    return {
        key: f"“{key}={_shown(link[key])}” is {fault}."
        for key, (is_right, fault) in tests.items()
        if key in link and not is_right(list(link[key]))
    }


def _tests(link: Mapping[str, Sequence[str]], book: Book) -> dict[str, Test]:
    amount: Test = (_number(0, HIGHEST_PRICE), "no amount")
    tier_names = [*(tier.name for tier in book.tiers), *link.get("tier_name", [])]
    by_tier: dict[str, Test] = {
        "new": (_number(0, MOST_NEW), "no number of new clients"),
        "churn": (_empty_or(_number(0, 100)), "no churn rate in per cent"),
        "hours": (_empty_or(_number(0, MOST_TIER_HOURS)), "no number of hours"),
        "cost": (_empty_or(amount[0]), "no amount"),
        "to": (_among([*labels(book).values(), ""]), "not all clients of this book"),
    }
    names = list(slugs(book).values())
    return {
        **{f"price_{name}": (_number(1e-9, HIGHEST_PRICE), "no price") for name in names},
        **{f"{kind}_{name}": test for name in (*names, ADDED) for kind, test in by_tier.items()},
        **{kind: (_among([*labels(book).values(), ""]), "not all clients of this book") for kind in SINGLE},
        **{f"move{n}": (_number(0, 100), "no share of clients in per cent") for n in range(1, MOST_MOVES + 1)},
        **{f"move{n}_{end}": (_one_of(tier_names), "no tier") for n in range(1, MOST_MOVES + 1) for end in ("from", "to")},
        **dict.fromkeys(("hour", "fee_fixed", "overhead", "tier_price", "tier_cost"), amount),
        "when": (_one_of(WHEN), "no way to move clients to a new price"),
        "off": (_one_of(OFF_LIST), "no way to move prices off the list"),
        "loss": (_is_range, f"no range of losses from 0 to {MOST_LOSS} %"),
        "months": (_number(SHORTEST, LONGEST), f"no horizon of {SHORTEST} to {LONGEST} months"),
        "from": (_number(1, LATEST_START), f"no month from 1 to {LATEST_START}"),
        "hours": (_empty_or(_number(0, MOST_HOURS)), "no number of hours"),
        "fee": (_number(0, MOST_FEE), f"no fee from 0 to {MOST_FEE:.0f} %"),
        "churn": by_tier["churn"],
        "own_churn": (_one_of(("true", "false", "True", "False", "TRUE", "FALSE")), "neither true nor false"),
        "tier_name": (lambda values: len(values) == 1 and len(values[0]) <= LONGEST_NAME, "no name of a tier"),
        "tier_hours": (_number(0, MOST_TIER_HOURS), "no number of hours"),
        "goal": (_empty_or(_number(1, HIGHEST_PRICE)), "no amount to reach"),
        "by": (_number(1, LONGEST), "no number of months"),
    }


def _one_of(known: Iterable[str]) -> Callable[[Sequence[str]], bool]:
    return lambda values: len(values) == 1 and values[0] in set(known)


def _among(known: Iterable[str]) -> Callable[[Sequence[str]], bool]:
    return lambda values: set(values) <= set(known)


def _number(low: float, high: float) -> Callable[[Sequence[str]], bool]:
    def is_right(values: Sequence[str]) -> bool:
        try:
            return len(values) == 1 and low <= float(values[0]) <= high
        except ValueError:
            return False

    return is_right


def _empty_or(test: Callable[[Sequence[str]], bool]) -> Callable[[Sequence[str]], bool]:
    return lambda values: list(values) == [""] or test(values)


def _is_range(values: Sequence[str]) -> bool:
    return len(values) == 2 and all(_number(0, MOST_LOSS)([value]) for value in values)


def _shown(values: Sequence[str], longest: int = 40) -> str:
    text = ", ".join(values)
    return text if len(text) <= longest else f"{text[:longest]}…"
