"""What an e-mail says of an offer: every value its template needs, in the e-mail's language and register."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from data.pricing.price_book import PriceBook
from proposals import guard, needs, template
from proposals.answers import GROWTH, ONLY_IF_ASKED
from proposals.language import Language
from proposals.mailbox import mailbox
from proposals.offer import FEW_PLACES, Offer
from proposals.sender import Sender
from proposals.tiers import OfferedService, OfferedTier
from proposals.wording import plain

if TYPE_CHECKING:
    from proposals.brief import Brief

MOST_NAMES = 6
NEAR_DAYS = 300
LEGAL_FORM = re.compile(r"[ ,]+(?:s\.?r\.?l\.?|sarl|sasu?|eurl|ltd\.?|limited|llc|inc\.?|gmbh|pty ltd|plc)$", re.IGNORECASE)


def letter(offer: Offer, words: Language, register: str, sender: Sender) -> dict[str, Any]:
    """The values of `email.j2`, as strings, lists and flags; dates and money are written out."""
    brief = offer.brief
    client_currency = (brief.value("budget") or {}).get("currency")
    challenges = needs.challenges(offer, words, register)
    goals = needs.goals(offer, words, register)
    return {
        "v": template.voice(register),
        "first_name": first_name(brief),
        "company": company(brief),
        "call_day": _day(brief.value("call_date"), words, "weekday", client_currency),
        "challenges": challenges or needs.wishes(offer, words),
        "is_asked_only": not challenges,
        "goals": goals,
        "count_word": words.phrases["numbers"].get(str(len(offer.tiers)), str(len(offer.tiers))),
        "sites": _sites(brief, words, register),
        "tiers": [_tier(offer, tier, words, client_currency) for tier in offer.tiers],
        "objections": list(offer.added_value),
        "is_trial": offer.is_trial,
        "is_new_client": offer.is_new_client,
        "testimonials": sender.said(words.code) if offer.is_new_client else [],
        "start_day": _start(brief, words, client_currency),
        "payment": _payment(brief, words, client_currency),
        "prepay": _prepay(brief, words),
        "places": _places(offer, words),
        "decides_alone": brief.value("decision_maker"),
        "signature": sender.signature,
        "has_growth_goal": bool(brief.value("growth_goal")) and bool(goals),
        **_ground(offer, words),
        **_prices(offer, words, client_currency),
    }


def first_name(brief: "Brief") -> str:
    """The contact's first name, fit for a greeting; empty where the notes give none."""
    name = plain(str(brief.value("contact_first_name") or ""))
    is_name = bool(re.fullmatch(r"[^\W\d_][\w'’. -]{0,39}", name)) and not guard.find(name)
    return (name.title() if name.islower() else name) if is_name else ""


def company(brief: "Brief") -> str:
    """The prospect's name as one writes it: no legal form, capitals where the notes have none; empty where unfit to print."""
    name = LEGAL_FORM.sub("", plain(str(brief.value("company") or "")))
    if not name or len(name) > 60 or guard.find(name):
        return ""
    return " ".join(word[:1].upper() + word[1:] for word in name.split(" ")) if name.islower() else name


def mailbox_of(brief: "Brief") -> tuple[str, str] | None:
    """(name, address) to write to; None where the notes give no address that a header can hold."""
    return mailbox(str(brief.value("contact_name") or ""), str(brief.value("email") or ""))


def _tier(offer: Offer, tier: OfferedTier, words: Language, client_currency: str | None) -> dict[str, Any]:
    place = offer.tiers.index(tier)
    return {
        "name": plain(tier.name(words.code)),
        "price": words.money(tier.price_minor, tier.currency, client_currency),
        "is_recommended": tier.is_recommended,
        "below": plain(offer.tiers[place - 1].name(words.code)) if place else "",
        "lines": [_line(offer.book, service, words) for service in tier.new],
        "hours": _capital(words.count("hours_reserved", tier.hours)) if tier.hours else "",
    }


def _line(book: PriceBook, service: OfferedService, words: Language) -> str:
    name = plain(book.services[service.id].name(words.code))
    if not service.quantity or service.per not in words.phrases["per"]:
        return name
    per = words.phrases["per"][service.per]
    if service.id in words.phrases["volume"]:
        return words.spelt(words.phrases["volume"][service.id], service.quantity).replace("{per}", per)
    return f"{name} ({words.number(service.quantity)} {per})"


def _ground(offer: Offer, words: Language) -> dict[str, Any]:
    """The ground of the recommendation, and the services that it speaks of."""
    tier, top = offer.recommended_tier, offer.tiers[-1]
    wanted = _wanted(offer) if tier else set()
    inside = [service for service in tier.services if service.id in wanted] if tier else []
    held = {service.id for service in inside}
    outside = [service for service in top.services if service.id in wanted - held]

    def names(services: Sequence[OfferedService]) -> str:
        return words.listed(needs.service_name(offer.book, service.id, words) for service in services[:MOST_NAMES])

    return {
        "ground": offer.ground,
        "recommended": plain(tier.name(words.code)) if tier else "",
        "covered": names(inside),
        "uncovered": names(outside),
        "uncovered_tier": plain(needs.lowest_with(offer, *(s.id for s in outside)).name(words.code)) if outside else "",
        "pushes": names(_growing(top)),
        "adds_more": bool(inside) and not any(service.is_asked for service in _growing(top)),
        "top": plain(top.name(words.code)) if tier is not top else "",
        "top_pushes": names(_growing(top)),
    }


def _wanted(offer: Offer) -> set[str]:
    """Ids of the services asked for; where none was, and growth is not the ground, those that answer the challenges (R22)."""
    asked = {service.id for service in offer.tiers[-1].services if service.is_asked}
    if asked or offer.ground == "growth":
        return asked
    sure = [answer for answer in offer.answers if answer.kind == "challenge" and answer.is_sure]
    return {service for answer in sure for service in answer.services[:1]}


def _prices(offer: Offer, words: Language, client_currency: str | None) -> dict[str, Any]:
    """The recommended and the lowest tier's prices, and whether the one is above the other."""
    lowest, tier = offer.tiers[0], offer.recommended_tier
    return {
        "recommended_price": words.money(tier.price_minor, tier.currency, client_currency) if tier else "",
        "lowest": plain(lowest.name(words.code)),
        "lowest_price": words.money(lowest.price_minor, lowest.currency, client_currency),
        "is_above_lowest": tier is not None and tier is not lowest,
    }


def _growing(top: OfferedTier) -> list[OfferedService]:
    """Up to three services by which the top tier brings growth: those not asked for anyway, the strongest first."""
    order = {service: place for place, service in enumerate(GROWTH)}
    fit = [service for service in top.new if service.is_asked or service.id not in ONLY_IF_ASKED]
    growing = [service for service in fit if service.id in order] or fit
    fresh = [service for service in growing if not service.is_asked] or growing
    return sorted(fresh, key=lambda service: order.get(service.id, len(order)))[:3]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sites(brief: "Brief", words: Language, register: str) -> str:
    sites = brief.value("sites")
    if not sites or sites < 2:
        return ""
    return words.addressed(words.count("sites", sites), register)


def _start(brief: "Brief", words: Language, client_currency: str | None) -> str:
    start, call = _date(brief.value("start_date")), _date(brief.value("call_date"))
    is_near = bool(start and call and abs((start - call).days) <= NEAR_DAYS)
    return _day(start, words, "short" if is_near else "long", client_currency)


def _day(value: Any, words: Language, style: str, client_currency: str | None) -> str:
    day = _date(value)
    return words.day(day, style, client_currency) if day else ""


def _date(value: Any) -> dt.date | None:
    if isinstance(value, dt.date) or value is None:
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None


def _payment(brief: "Brief", words: Language, client_currency: str | None) -> str:
    ways = words.phrases["payment"]
    ways = {**ways, **ways.get(str(words.locale(client_currency)), {})}
    return str(ways.get(brief.value("payment_method") or "", ""))


def _prepay(brief: "Brief", words: Language) -> str:
    months = brief.value("prepay_months")
    return words.count("months", months) if months and months > 1 else ""


def _places(offer: Offer, words: Language) -> str:
    left = offer.capacity.places_left if offer.capacity else 0
    return words.count("places", left) if 0 < left <= FEW_PLACES else ""
