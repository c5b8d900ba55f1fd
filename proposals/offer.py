"""From a brief and a price book to an offer: cumulative tiers, the recommended one with its reasons, and what is added.

Prices come from the price book or from the user; nothing that stands in the notes can change one. Money is in minor units of
the book's currency, a month.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from data.pricing.price_book import PriceBook
from proposals.answers import Answer, challenge_answers, goal_answer
from proposals.language import codes, language
from proposals.reasons import Advice, advice, reasons
from proposals.recommendation import recommend
from proposals.tiers import OfferedTier, offered, prices

if TYPE_CHECKING:
    from proposals.brief import Brief

FEW_PLACES = 5  # more than that is no scarcity worth a line (R9)


@dataclass(frozen=True)
class Capacity:
    """Places left for retainer clients, as counted by whoever knows the hours; never guessed (R9)."""

    places_left: int

    @classmethod
    def from_hours(cls, available: float, sold: float, hours_a_place: float) -> "Capacity":
        """Places that the unsold hours of a month still hold, at so many hours a place."""
        return cls(max(0, int((available - sold) // hours_a_place)) if hours_a_place > 0 else 0)


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

    def to_dict(self, code: str = "en") -> dict[str, Any]:
        """The offer as plain data, names in that language; without brief and price book (whose id it carries).

        A tier's `services` are the ids of all it contains, `new` of those that it adds; `services` says what each id means.
        """
        return {
            "price_book": self.book.id,
            "currency": self.book.currency,
            "recommended_tier": self.recommended,
            "ground": self.ground,
            "reasons": list(self.reasons),
            "tiers": [
                {
                    "id": tier.id,
                    "name": tier.name(code),
                    "price_minor": tier.price_minor,
                    "currency": tier.currency,
                    "per": "month",
                    "hours": tier.hours,
                    "services": [service.id for service in tier.services],
                    "new": [service.id for service in tier.new],
                    "is_recommended": tier.is_recommended,
                    "is_affordable": tier.is_affordable,
                    "is_below_floor": tier.is_below_floor,
                }
                for tier in self.tiers
            ],
            "services": {
                service.id: {
                    "name": self.book.services[service.id].name(code),
                    "benefit": self.book.services[service.id].benefit(code),
                    "is_asked": service.is_asked,
                    "quantity": service.quantity,
                    "per": service.per,
                }
                for service in self.tiers[-1].services
            },
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
    amounts = prices(price_book, prices_minor or {})
    asked = [fact for fact in brief.services if _is_sold(fact.value, price_book)]
    wanted = {fact.value for fact in asked}
    budget = brief.budget.value if brief.budget else None
    has_growth_goal = bool(brief.growth_goal and brief.growth_goal.value)
    choice = recommend(price_book, amounts, wanted, has_growth_goal, budget, rates)
    tiers = tuple(offered(tier, price_book, amounts, choice, brief, wanted, budget, rates) for tier in price_book.tiers)
    words = language(brief_language(brief))
    objections = tuple(dict.fromkeys(fact.value for fact in brief.objections))
    return Offer(
        brief=brief,
        book=price_book,
        tiers=tiers,
        recommended=choice.tier,
        ground=choice.ground,
        reasons=reasons(choice, tiers, price_book, wanted, brief),
        answers=(
            *chain.from_iterable(challenge_answers(fact, asked, price_book, choice.tier, words) for fact in brief.challenges),
            *(goal_answer(fact, [fact.value for fact in asked], price_book, choice.tier) for fact in brief.goals),
        ),
        added_value=objections,
        is_trial="results" in objections,
        is_new_client=is_new_client,
        capacity=capacity,
        advice=tuple(advice(price_book, tiers, choice, brief, capacity.places_left if capacity else None, rates)),
    )


def brief_language(brief: "Brief") -> str:
    """The language of the notes, as far as it is one that e-mails can be written in; else English."""
    return brief.language if brief.language in codes() else "en"


def _is_sold(service: str, book: PriceBook) -> bool:
    return any(service in tier.adds for tier in book.tiers)
