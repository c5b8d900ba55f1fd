"""Which tier of the price book a Stripe product may be: by its name, else by what it costs a month."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from data.pricing.price_book import PriceBook

# A product as far from a tier's price as this, in parts of that price, is more likely something else.
NEAR = Fraction(1, 5)
MONTHS = {"month": Fraction(1), "year": Fraction(12), "week": Fraction(12, 52), "day": Fraction(12, 365)}


@dataclass(frozen=True)
class Suggestion:
    """A product that no tier claims: its Stripe id (its price's where it has none), clients and MRR now, and the tier that
    fits.

    `tier` is a tier's English name, empty where none fits; `why` says what it was found by. Money in minor units of `currency`.
    """

    stripe_id: str
    name: str
    currency: str
    clients: int
    mrr_minor: int
    tier: str
    why: str


def suggest(unmapped: Iterable[Mapping[Any, Any]], book: PriceBook) -> list[Suggestion]:
    """A suggestion for each product in rows of the metric unmapped_prices, the one with the most MRR first."""
    products: dict[str, list[Mapping[Any, Any]]] = {}
    for row in unmapped:
        products.setdefault(str(row["product_id"] or row["price_id"]), []).append(row)
    found = [_suggestion(stripe_id, rows, book) for stripe_id, rows in products.items()]
    return sorted(found, key=lambda each: (-each.mrr_minor, -each.clients, each.name))


def _suggestion(stripe_id: str, rows: list[Mapping[Any, Any]], book: PriceBook) -> Suggestion:
    main = max(rows, key=lambda row: (row["mrr_minor"], row["clients_ever"]))
    tier, why = _by_name(str(main["product_name"]), book) or _by_price(main, book) or ("", "")
    same = [row for row in rows if row["currency"] == main["currency"]]
    return Suggestion(
        stripe_id,
        str(main["product_name"]),
        str(main["currency"]),
        sum(int(row["clients"]) for row in same),
        sum(int(row["mrr_minor"]) for row in same),
        tier,
        why,
    )


def _by_name(name: str, book: PriceBook) -> tuple[str, str] | None:
    words = _words(name)
    for tier in reversed(book.tiers):
        if any(_words(known) and _words(known) <= words for known in (*tier.names.values(), tier.id)):
            return tier.name(), "by its name"
    return None


def _by_price(row: Mapping[Any, Any], book: PriceBook) -> tuple[str, str] | None:
    monthly = _monthly(row)
    if monthly is None or str(row["currency"]) != book.currency:
        return None
    nearest = min(book.tiers, key=lambda tier: abs(tier.price_minor - monthly))
    if abs(nearest.price_minor - monthly) > NEAR * nearest.price_minor:
        return None
    return nearest.name(), "by its price, the list’s" if monthly == nearest.price_minor else "by its price, near the list’s"


def _monthly(row: Mapping[Any, Any]) -> Fraction | None:
    """What one unit costs a month; where the price has no amount of its own, what a client pays on average."""
    amount = row["unit_amount_minor"]
    if amount is not None and amount == amount and int(amount) > 0:  # a frame's empty cell is unequal to itself
        return Fraction(int(amount)) / (MONTHS.get(str(row["interval"]), Fraction(1)) * int(row["interval_count"]))
    return Fraction(int(row["mrr_minor"]), int(row["clients"])) if row["clients"] and row["mrr_minor"] else None


def _words(text: str) -> frozenset[str]:
    flat = unicodedata.normalize("NFKD", text.casefold().replace("_", " "))
    return frozenset("".join(sign if sign.isalnum() else " " for sign in flat if not unicodedata.combining(sign)).split())
