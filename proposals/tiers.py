"""The tiers of an offer: cumulative by construction, at the price book's prices or the user's own (R12–R14)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.errors import InputError
from data.pricing.price_book import PriceBook, Tier
from proposals.recommendation import Recommendation, is_affordable

if TYPE_CHECKING:
    from proposals.brief import Brief


@dataclass(frozen=True)
class OfferedService:
    """A service of a tier: its id, whether this tier brings it, whether the notes ask for it, and the volume they state."""

    id: str
    is_new: bool
    is_asked: bool
    quantity: float | None = None
    per: str | None = None


@dataclass(frozen=True)
class OfferedTier:
    """One of the tiers: all it contains, the lower tiers' services first; `price_minor` a month."""

    id: str
    names: Mapping[str, str]
    price_minor: int
    currency: str
    hours: float | None
    services: tuple[OfferedService, ...]
    is_recommended: bool
    is_affordable: bool
    is_below_floor: bool

    def name(self, code: str) -> str:
        """The tier's name in that language, else in English, else the id in words."""
        return self.names.get(code) or self.names.get("en") or self.id.replace("_", " ").capitalize()

    @property
    def new(self) -> tuple[OfferedService, ...]:
        """The services that this tier adds to the one below it."""
        return tuple(service for service in self.services if service.is_new)


def prices(book: PriceBook, own: Mapping[str, int]) -> dict[str, int]:
    """Each tier's price in minor units; `own` wins. InputError: unknown tier, price not above 0, prices that do not rise."""
    unknown = set(own) - set(book.tier_ids)
    if unknown:
        raise InputError(f"The price book has no tier “{sorted(unknown)[0]}”.", f"It has {', '.join(book.tier_ids)}.")
    found = {tier.id: own.get(tier.id, tier.price_minor) for tier in book.tiers}
    amounts = list(found.values())
    if min(amounts, default=1) <= 0 and any(own.get(tier, 1) <= 0 for tier in found):
        raise InputError("A price must be above 0.", "A trial is paid too; to give more, add value.")
    if amounts != sorted(set(amounts)):
        raise InputError("Prices must rise from tier to tier.", "Each tier contains the one below it, and costs more.")
    return found


def offered(
    tier: Tier,
    book: PriceBook,
    prices: Mapping[str, int],
    choice: Recommendation,
    brief: "Brief",
    wanted: set[str],
    budget: Mapping[str, Any] | None,
    rates: Mapping[str, float] | None,
) -> OfferedTier:
    """A tier as it is offered: everything it contains, what the notes ask for, and the volumes that they state."""
    volumes = {fact.value["service"]: fact.value for fact in reversed(brief.volumes)}
    services = tuple(
        OfferedService(
            service.id,
            service.id in tier.adds,
            service.id in wanted,
            volumes.get(service.id, {}).get("quantity"),
            volumes.get(service.id, {}).get("per"),
        )
        for service in book.included(tier.id)
    )
    price = prices[tier.id]
    return OfferedTier(
        id=tier.id,
        names=tier.names,
        price_minor=price,
        currency=book.currency,
        hours=tier.hours,
        services=services,
        is_recommended=tier.id == choice.tier,
        is_affordable=is_affordable(price, book.currency, budget, rates),
        is_below_floor=price < book.floor_minor,
    )
