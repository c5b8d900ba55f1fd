"""What an e-mail names of the client's challenges and goals, each with the service that answers it (R10, R22).

The client's own words are used where they can be turned to the client; else the challenge is named by what its service is
for, and a goal by what it is about. An e-mail in another language than the notes names both in its own words.
"""

import re

from data.pricing.price_book import PriceBook
from proposals import guard
from proposals.answers import Answer, goal_kind, subject
from proposals.language import Language
from proposals.language import language as load_language
from proposals.offer import Offer, brief_language
from proposals.tiers import OfferedTier
from proposals.wording import folded, plain, spoken

MOST_CHALLENGES, MOST_GOALS = 6, 4
# A whole number that counts something: no percentage, no part of another number, no length of time.
NUMBER = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[ .,\u202f\u00a0]?\d{3})*(?![\w.,]*\d)(?!\s?%)(?! (?:month|week|year|mois|semaine|an|lun|sapt))"
)


def challenges(offer: Offer, words: Language, register: str) -> list[dict[str, str]]:
    """Up to six challenges, none twice: `text`, and at each service's first mention its name `answer` and its `benefit`."""
    found: list[dict[str, str]] = []
    answered: set[str] = set()
    thing = words.phrases.get("thing", {}).get(offer.book.id, "")
    for answer in offer.answers:
        text = _challenge(answer, offer, words, register, thing) if answer.kind == "challenge" else ""
        if not text or text in [item["text"] for item in found]:
            continue
        new = [service for service in answer.services if service not in answered] if answer.is_sure else []
        answered |= set(new[:1])
        found.append({"text": text, **_answer(new[:1], offer, words)})
    return found[:MOST_CHALLENGES]


def wishes(offer: Offer, words: Language) -> list[dict[str, str]]:
    """What was asked for, as topics: named where the notes hold no challenge."""
    asked = [service.id for service in offer.tiers[-1].services if service.is_asked]
    return [{"text": _topic(service, offer, words), **_answer([service], offer, words)} for service in asked[:MOST_CHALLENGES]]


def goals(offer: Offer, words: Language, register: str) -> list[dict[str, str]]:
    """Up to four goals, none twice: `text`, and with the first one the `services` that work towards it, as an enumeration."""
    found: list[dict[str, str]] = []
    for answer in offer.answers:
        if answer.kind != "goal":
            continue
        text = _said(answer, offer, words, register, "") or _goal_topic(answer, offer, words)
        if text and text not in [item["text"] for item in found]:
            helping = [service_name(offer.book, service, words) for service in answer.services] if answer.is_sure else []
            found.append({"text": text, "services": "" if found else words.listed(helping)})
    if not found and offer.brief.value("growth_goal"):
        found = [{"text": str(words.phrases["goals"]["other"]["topic"]), "services": ""}]
    return found[:MOST_GOALS]


def service_name(book: PriceBook, service: str, words: Language) -> str:
    """A service's name to the client, in mid-sentence."""
    return words.in_sentence(plain(book.services[service].name(words.code)))


def lowest_with(offer: Offer, *services: str) -> OfferedTier:
    """The lowest tier that contains all these services; the top one where none does."""
    return next((tier for tier in offer.tiers if set(services) <= {s.id for s in tier.services}), offer.tiers[-1])


def _challenge(answer: Answer, offer: Offer, words: Language, register: str, thing: str) -> str:
    said = _said(answer, offer, words, register, thing)
    if said:
        return said
    pains, theirs = words.phrases["pains"], load_language(brief_language(offer.brief))
    if answer.is_sure:
        service = answer.services[0]
        return str(pains.get(service) or _topic(service, offer, words))
    return str(
        pains.get(subject(answer.quote, theirs), "")
    )  # what it is about is known, though no service of the book is for it


def _said(answer: Answer, offer: Offer, words: Language, register: str, thing: str) -> str | None:
    if answer.is_own:
        own = words.typeset(plain(answer.quote))
        return None if guard.find(own) else own[:1].upper() + own[1:]
    if brief_language(offer.brief) != words.code:
        return None
    return spoken(answer.quote, words, register, thing)


def _answer(services: list[str], offer: Offer, words: Language) -> dict[str, str]:
    """A service's name (with its tier, if the recommended one lacks it) and benefit; empty where the book states none."""
    service = offer.book.services[services[0]] if services else None
    benefit = words.in_sentence(plain(service.benefit(words.code))) if service else ""
    if not service or not benefit:
        return {"answer": "", "benefit": ""}
    name, tier = plain(service.name(words.code)), offer.recommended_tier
    if tier and service.id not in [inside.id for inside in tier.services]:
        name += f" ({plain(lowest_with(offer, service.id).name(words.code))})"
    return {"answer": name, "benefit": benefit}


def _topic(service: str, offer: Offer, words: Language) -> str:
    return str(words.phrases["topics"].get(service) or plain(offer.book.services[service].name(words.code)))


def _goal_topic(answer: Answer, offer: Offer, words: Language) -> str:
    """What the goal is about, with its number per month, week or year if stated; empty where its words tell nothing."""
    theirs = load_language(brief_language(offer.brief))
    kind = goal_kind(answer.quote, theirs)
    if kind == "other":
        return ""
    topic = str(words.phrases["goals"].get(kind, words.phrases["goals"]["other"])["topic"])
    text = folded(answer.quote)
    per = next((per for per, said in theirs.phrases["goal_per"].items() if re.search(rf"(?<!\w)(?:{said})\b", text)), None)
    numbers = NUMBER.findall(text)
    if not per or len(numbers) != 1:
        return topic
    return f"{topic} ({words.number(int(re.sub(r'[^0-9]', '', numbers[0])))} {words.phrases['per'][per]})"
