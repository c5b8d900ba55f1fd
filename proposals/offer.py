"""From a brief and a price book to an offer: cumulative tiers, the recommended one with its reasons, and what is added.

Prices come from the price book or from the user; nothing that stands in the notes can change one. Money is in minor units of
the book's currency, a month.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from data.errors import InputError
from data.pricing.price_book import PriceBook, Tier
from proposals.answers import Answer, challenge_answer, goal_answer
from proposals.language import codes, language
from proposals.recommendation import Recommendation, is_affordable, planning_rates, recommend

if TYPE_CHECKING:
    from proposals.brief import Brief

FEW_PLACES = 5  # more than that is no scarcity worth a line (R9)


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


@dataclass(frozen=True)
class Capacity:
    """Places left for retainer clients, as counted by whoever knows the hours; never guessed (R9)."""

    places_left: int

    @classmethod
    def from_hours(cls, available: float, sold: float, hours_a_place: float) -> "Capacity":
        """Places that the unsold hours of a month still hold, at so many hours a place."""
        return cls(max(0, int((available - sold) // hours_a_place)) if hours_a_place > 0 else 0)


@dataclass(frozen=True)
class Advice:
    """Something the user should know before sending: the rule it comes from, and one sentence."""

    rule: str
    text: str


@dataclass(frozen=True)
class Offer:
    """Everything an e-mail, a page or a record of the proposal needs; frozen.

    `recommended` is a tier's id or None. `ground` is recommendation.Recommendation's. `added_value` holds the objections
    (money, value, results) for each of which something is added. `is_trial` says whether a paid trial month is offered (R18).
    """

    brief: "Brief"
    book: PriceBook
    tiers: tuple[OfferedTier, ...]
    recommended: str | None
    ground: str
    reasons: tuple[str, ...]
    answers: tuple[Answer, ...]
    added_value: tuple[str, ...]
    is_trial: bool
    is_new_client: bool
    capacity: Capacity | None
    advice: tuple[Advice, ...]

    def tier(self, tier_id: str) -> OfferedTier:
        """The tier of that id; KeyError where there is none."""
        return {tier.id: tier for tier in self.tiers}[tier_id]

    @property
    def recommended_tier(self) -> OfferedTier | None:
        """The recommended tier, or None."""
        return self.tier(self.recommended) if self.recommended else None

    def to_dict(self) -> dict[str, Any]:
        """The offer as plain data, without brief and price book (whose id it carries)."""
        return {
            "price_book": self.book.id,
            "currency": self.book.currency,
            "recommended_tier": self.recommended,
            "ground": self.ground,
            "reasons": list(self.reasons),
            "tiers": [
                {**asdict(replace(tier, names=dict(tier.names))), "name": tier.name("en"), "new": [s.id for s in tier.new]}
                for tier in self.tiers
            ],
            "answers": [asdict(answer) for answer in self.answers],
            "added_value": list(self.added_value),
            "is_trial": self.is_trial,
            "is_new_client": self.is_new_client,
            "places_left": self.capacity.places_left if self.capacity else None,
            "advice": [asdict(advice) for advice in self.advice],
        }


def offer(
    brief: "Brief",
    price_book: PriceBook,
    *,
    rates: Mapping[str, float] | None = None,
    prices_minor: Mapping[str, int] | None = None,
    capacity: Capacity | None = None,
    is_new_client: bool = True,
) -> Offer:
    """The offer for a brief; `prices_minor` overrides prices by tier id, `rates` the planning rates (US dollars a unit).

    Raises InputError where an overridden price names no tier, is not above 0, or prices no longer rise from tier to tier.
    """
    prices = _prices(price_book, prices_minor or {})
    asked = [fact for fact in brief.services if _is_sold(fact.value, price_book)]
    wanted = {fact.value for fact in asked}
    budget = brief.budget.value if brief.budget else None
    has_growth_goal = bool(brief.growth_goal and brief.growth_goal.value)
    choice = recommend(price_book, prices, wanted, has_growth_goal, budget, rates)
    tiers = tuple(_tier(tier, price_book, prices, choice, brief, wanted, budget, rates) for tier in price_book.tiers)
    words = language(brief_language(brief))
    objections = tuple(dict.fromkeys(fact.value for fact in brief.objections))
    return Offer(
        brief=brief,
        book=price_book,
        tiers=tiers,
        recommended=choice.tier,
        ground=choice.ground,
        reasons=_reasons(choice, tiers, price_book, wanted, brief),
        answers=(
            *(challenge_answer(fact, asked, price_book, choice.tier, words) for fact in brief.challenges),
            *(goal_answer(fact, [fact.value for fact in asked], price_book, choice.tier) for fact in brief.goals),
        ),
        added_value=objections,
        is_trial="results" in objections,
        is_new_client=is_new_client,
        capacity=capacity,
        advice=tuple(_advice(price_book, tiers, choice, brief, capacity, rates)),
    )


def brief_language(brief: "Brief") -> str:
    """The language of the notes, as far as it is one that e-mails can be written in; else English."""
    return brief.language if brief.language in codes() else "en"


def _is_sold(service: str, book: PriceBook) -> bool:
    return any(service in tier.adds for tier in book.tiers)


def _prices(book: PriceBook, own: Mapping[str, int]) -> dict[str, int]:
    unknown = set(own) - set(book.tier_ids)
    if unknown:
        raise InputError(f"The price book has no tier “{sorted(unknown)[0]}”.", f"It has {', '.join(book.tier_ids)}.")
    prices = {tier.id: own.get(tier.id, tier.price_minor) for tier in book.tiers}
    amounts = list(prices.values())
    if min(amounts, default=1) <= 0 and any(own.get(tier, 1) <= 0 for tier in prices):
        raise InputError("A price must be above 0.", "A trial is paid too; to give more, add value.")
    if amounts != sorted(set(amounts)):
        raise InputError("Prices must rise from tier to tier.", "Each tier contains the one below it, and costs more.")
    return prices


def _tier(
    tier: Tier,
    book: PriceBook,
    prices: Mapping[str, int],
    choice: Recommendation,
    brief: "Brief",
    wanted: set[str],
    budget: Mapping[str, Any] | None,
    rates: Mapping[str, float] | None,
) -> OfferedTier:
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


def _reasons(
    choice: Recommendation, tiers: tuple[OfferedTier, ...], book: PriceBook, wanted: set[str], brief: "Brief"
) -> tuple[str, ...]:
    """The recommendation in words, for the user; each sentence stands on a fact of the notes."""
    if choice.tier is None:
        return ("The notes name neither a service nor a goal to grow, so no tier is recommended.",)
    tier = next(tier for tier in tiers if tier.is_recommended)
    inside = [service.id for service in tier.services if service.id in wanted]
    outside = sorted(wanted - set(inside))
    names = {key: service.name("en") for key, service in book.services.items()}
    goals = "; ".join(f"“{goal.value}”" for goal in brief.goals) or "stated in the notes"
    sentences = {
        "growth": f"There is a goal to grow ({goals}), and the top tier is within reach, so {tier.name('en')} is recommended.",
        "covers": f"{tier.name('en')} is the lowest tier that covers everything asked for.",
        "start": f"No service is asked for, and the top tier is out of reach, so {tier.name('en')} is the start.",
        "budget": f"{tier.name('en')} is the highest tier that the budget reaches.",
        "above_budget": f"No tier is within the budget; {tier.name('en')} is the lowest.",
    }
    found = [sentences[choice.ground]]
    if inside:
        found.append(f"It covers {', '.join(names[service] for service in inside)}.")
    if outside:
        found.append(f"Above it: {', '.join(names[service] for service in outside)}.")
    if brief.budget and brief.budget.quote:
        found.append(f"The budget: “{brief.budget.quote}”.")
    return tuple(found)


def _advice(
    book: PriceBook,
    tiers: tuple[OfferedTier, ...],
    choice: Recommendation,
    brief: "Brief",
    capacity: Capacity | None,
    rates: Mapping[str, float] | None,
) -> list[Advice]:
    found = [
        Advice(
            "R12", f"{tier.name('en')} costs less than the floor of your price book: a retainer below it doesn't carry itself."
        )
        for tier in tiers
        if tier.is_below_floor
    ]
    if choice.ground == "above_budget":
        found.append(Advice("R16", "The budget lies below your lowest tier. Keep the price: add value, or offer less work."))
    budget = brief.budget.value if brief.budget else {}
    known = planning_rates() if rates is None else rates
    currency = (budget.get("currency") or book.currency).upper()
    if currency != book.currency.upper() and currency not in known:
        found.append(Advice("R12", f"There is no planning rate for {currency}; one unit was counted as one US dollar."))
    hours = brief.hours_per_month.value if brief.hours_per_month else None
    most = max((tier.hours for tier in tiers if tier.hours is not None), default=None)
    if hours and most is not None and hours > most:
        found.append(Advice("R2", f"The notes ask for {hours:g} hours a month; your largest tier holds {most:g}."))
    method = brief.payment_method.value if brief.payment_method else None
    if method not in (None, "card", "direct_debit") and not brief.prepay_months:
        found.append(Advice("F38", "Who doesn't pay by card pays 3, 6 or 12 months ahead: agree on the term."))
    if capacity and capacity.places_left <= 0:
        found.append(Advice("R9", "You have no place left: agree on a later start before you send this."))
    return found
