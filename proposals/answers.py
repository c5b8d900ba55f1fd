"""Which service answers a challenge or a goal (R10: find the pains, then say how they are solved).

A service answers when the notes ask for it in the same words (the spans overlap), and when the words are about what it does
(stems in `languages/<code>/phrases.toml`, for the user's own services the words of their name). Where nothing says so, a
service of the recommended tier stands in and is marked as not sure: the offer shows it, the e-mail does not claim it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from data.pricing.price_book import PriceBook, Service
from proposals.language import Language
from proposals.wording import folded

if TYPE_CHECKING:
    from proposals.brief import Fact

# Services that bring growth, the strongest first; of a book that has none of them, the recommended tier's own ones do.
GROWTH = (
    "growth_strategy",
    "influencer_outreach",
    "strategic_collaborations",
    "video_creation",
    "campaign_monitoring",
    "strategic_promotion",
    "scheduled_daily_posts",
    "content_creation",
    "seo_content",
    "landing_pages",
    "store_care",
    "analytics_review",
    "strategy_call",
    "partnership_deals",
    "daily_community_management",
    "performance_tuning",
    "content_changes",
)
# Between commas and semicolons, without the “and” after them; a comma inside a number parts nothing.
CLAUSE = re.compile(r"(?:^|[,;])\s*(?:(?:and|et|și|si)\s+)?((?:[^,;]|(?<=\d),(?=\d))+?)\s*(?=[,;](?!\d)|$)")
LONGEST, MOST_CLAUSES = 300, 5
OVERLAP = 6  # asking for a service in the same words tells as much as a stem of six letters
ONLY_IF_ASKED = frozenset(["store_care"])  # brings growth only to who has an online shop


@dataclass(frozen=True)
class Answer:
    """A challenge or goal in the client's words, where they stand in the notes, and the services that answer it, best first."""

    kind: str
    quote: str
    start: int | None
    end: int | None
    services: tuple[str, ...]
    is_sure: bool

    @property
    def is_own(self) -> bool:
        """Whether the user wrote these words, rather than the notes."""
        return self.start is None


def challenge_answers(
    fact: "Fact", asked: Sequence["Fact"], book: PriceBook, tier: str | None, language: Language
) -> list[Answer]:
    """What answers a challenge; one answer a clause, where a sentence of the notes lists several and each has its own."""
    whole = _challenge_answer(fact, asked, book, tier, language)
    clauses = [_challenge_answer(clause, asked, book, tier, language) for clause in _clauses(fact)]
    firsts = [answer.services[:1] for answer in clauses]
    are_apart = len(clauses) > 1 and all(answer.is_sure for answer in clauses) and len(set(firsts)) == len(firsts)
    return clauses if are_apart else [whole]


def _challenge_answer(fact: "Fact", asked: Sequence["Fact"], book: PriceBook, tier: str | None, language: Language) -> Answer:
    """Services asked for first, then those of the tier, the most telling words first."""
    wanted = [service.value for service in asked]
    overlapping = {service.value for service in asked if _overlap(service, fact)}
    reach = {service.id for service in book.included(tier or book.tier_ids[-1])}
    weights = _worded(str(fact.value), book, language)
    weights |= {service: weights.get(service, 0) + OVERLAP for service in sorted(overlapping)}
    sure = sorted(weights, key=lambda service: (service not in wanted, service not in reach, -weights[service]))
    if sure:
        return Answer("challenge", str(fact.value), fact.start, fact.end, tuple(sure[:2]), True)
    return Answer("challenge", str(fact.value), fact.start, fact.end, _stand_ins(wanted, book, tier), False)


def _clauses(fact: "Fact") -> list["Fact"]:
    """The parts of a quote between commas and semicolons, at their places; none if one is a single word."""
    if fact.start is None or fact.value != fact.quote or len(fact.value) > LONGEST:
        return []
    parts = list(CLAUSE.finditer(str(fact.value)))
    if len(parts) > MOST_CLAUSES or any(len(part[1].split()) < 2 for part in parts):
        return []
    return [
        replace(fact, value=part[1], quote=part[1], start=fact.start + part.start(1), end=fact.start + part.end(1))
        for part in parts
    ]


def goal_answer(fact: "Fact", wanted: Iterable[str], book: PriceBook, tier: str | None) -> Answer:
    """What works towards a goal: growth services of the recommended tier, those asked for first, at most three."""
    reach = [service.id for service in book.included(tier or book.tier_ids[-1])]
    asked = set(wanted)
    growth = [service for service in GROWTH if service in reach and (service in asked or service not in ONLY_IF_ASKED)]
    found = sorted(growth, key=lambda service: service not in asked)[:3]
    own = list(reversed(reach))
    return Answer("goal", str(fact.value), fact.start, fact.end, tuple(found or own[:2]), bool(found))


def goal_kind(quote: str, language: Language) -> str:
    """What a goal is about, as `orders` or `audience`; `other` where its words don't say."""
    text = folded(quote)
    goals: Mapping[str, Any] = language.phrases["goals"]
    hits = {
        kind: min((at for stem in row["stems"] if (at := _found(stem, text)) >= 0), default=-1) for kind, row in goals.items()
    }
    first = min((at, kind) for kind, at in {**hits, "other": len(text)}.items() if at >= 0)
    return first[1]


def subject(quote: str, language: Language) -> str:
    """The shipped service whose words tell most of the quote, in whatever book; empty where none does."""
    text = folded(quote)
    lengths = {
        service: max((len(word) for word in words if _found(word, text) >= 0), default=0)
        for service, words in language.phrases["stems"].items()
    }
    best = max(lengths, key=lambda service: lengths[service])
    return best if lengths[best] else ""


def _overlap(one: "Fact", other: "Fact") -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return one.start < other.end and other.start < one.end


def _worded(quote: str, book: PriceBook, language: Language) -> dict[str, int]:
    """Services whose words occur in the quote, with the length of the longest one (the longer, the more telling)."""
    text = folded(quote)
    stems = language.phrases["stems"]
    hits = {}
    for service in book.services.values():
        words = stems.get(service.id) or _own_words(service, language)
        longest = max((len(word) for word in words if _found(word, text) >= 0), default=0)
        if longest and any(service.id in tier.adds for tier in book.tiers):
            hits[service.id] = longest
    return hits


def _own_words(service: Service, language: Language) -> list[str]:
    return list(re.findall(r"\w{5,}", folded(service.name(language.code))))


def _found(stem: str, text: str) -> int:
    match = re.search(rf"(?<!\w){re.escape(stem)}", text)
    return match.start() if match else -1


def _stand_ins(wanted: list[str], book: PriceBook, tier: str | None) -> tuple[str, ...]:
    reach = [service.id for service in book.included(tier or book.tier_ids[0])]
    asked = [service for service in wanted if service in reach]
    return tuple((asked or reach[-1:])[:1])
