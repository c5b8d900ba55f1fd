"""Why a tier is recommended, and what the user should know before sending: sentences for the user, in English."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.pricing.price_book import PriceBook
from proposals.recommendation import Recommendation, planning_rates
from proposals.tiers import OfferedTier

if TYPE_CHECKING:
    from proposals.brief import Brief


@dataclass(frozen=True)
class Advice:
    """Something the user should know before sending: the rule it comes from, and one sentence."""

    rule: str
    text: str


def reasons(
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


def advice(
    book: PriceBook,
    tiers: tuple[OfferedTier, ...],
    choice: Recommendation,
    brief: "Brief",
    places_left: int | None,
    rates: Mapping[str, float] | None,
) -> list[Advice]:
    """What should be settled before the e-mail goes out, each with the rule that it comes from."""
    found = [
        Advice(
            "R12", f"{tier.name('en')} costs less than the floor of your price book: a retainer below it doesn't carry itself."
        )
        for tier in tiers
        if tier.is_below_floor
    ]
    found += _promises(brief)
    if choice.ground == "above_budget":
        found.append(Advice("R16", "The budget lies below your lowest tier. Keep the price: add value, or offer less work."))
    budget = brief.budget.value if brief.budget else {}
    known = planning_rates() if rates is None else rates
    currency = (budget.get("currency") or book.currency).upper()
    if currency != book.currency.upper() and currency in known:
        text = f"The budget is in {currency}, your prices in {book.currency.upper()}: the e-mail names {book.currency.upper()}."
        found.append(Advice("R12", text))
    elif currency != book.currency.upper():
        found.append(Advice("R12", f"There is no planning rate for {currency}; one unit was counted as one US dollar."))
    hours = brief.hours_per_month.value if brief.hours_per_month else None
    most = max((tier.hours for tier in tiers if tier.hours is not None), default=None)
    if hours and most is not None and hours > most:
        found.append(Advice("R2", f"The notes ask for {hours:g} hours a month; your largest tier holds {most:g}."))
    method = brief.payment_method.value if brief.payment_method else None
    if method not in (None, "card", "direct_debit") and not brief.prepay_months:
        found.append(Advice("F38", "Who doesn't pay by card pays 3, 6 or 12 months ahead: agree on the term."))
    if places_left is not None and places_left <= 0:
        found.append(Advice("R9", "You have no place left: agree on a later start before you send this."))
    return found


def _promises(brief: "Brief") -> list[Advice]:
    """What the e-mail promises beyond the tiers, so that nobody sends a promise unread."""
    objections = brief.values("objections")
    sites = brief.value("sites") or 1
    lines = [
        ("money" in objections, "R16", "For the price objection the e-mail adds a written review in the first month."),
        (
            "results" in objections,
            "R18",
            "For the doubt of results the e-mail offers one paid trial month at the tier's price.",
        ),
        (sites > 1, "R2", f"The e-mail says that each option covers all {sites} sites at its price."),
    ]
    return [Advice(rule, text) for is_promised, rule, text in lines if is_promised]
