"""The e-mail that tells a client of a new price: what it has first, then the price. No apology, no discount.

The words stand in `languages/<code>/price_change.j2`. What was done for the client comes from the care records, what it has
each month from the price book; where neither is known, the e-mail says only from when it pays what.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from data.pricing.price_book import PriceBook, Tier
from data.pricing.what_if.telling import ChangedLine, Telling
from proposals import guard, template
from proposals.email import Email, compose
from proposals.language import Language, codes, language
from proposals.mailbox import mailbox
from proposals.sender import Sender, checked_register
from proposals.wording import plain

WORK = ("updates_made", "backups_made", "incidents_handled", "hours_worked")
MOST_SERVICES = 8
FALLBACK = "en"


@dataclass(frozen=True)
class Addressee:
    """To whom a price change is told: a person's name and an address if known, a language, and what was done of late.

    `work` counts the last twelve months: updates_made, backups_made, incidents_handled, hours_worked; what is 0 is not told.
    """

    contact_name: str = ""
    email: str = ""
    language: str = ""
    work: Mapping[str, float] = field(default_factory=dict)

    def speaks(self) -> str:
        """The language to write in: its own where e-mails can be written in it, else English."""
        return self.language if self.language in codes() else FALLBACK


def price_change(
    told: Telling, to: Addressee, book: PriceBook, sender: Sender, code: str | None = None, register: str | None = None
) -> Email:
    """The e-mail in a language (default: the client's) and register (default: the sender's).

    InputError for an unknown language or register, a template that can't be used, and a discount word (R16).
    """
    words = language(code or to.speaks())
    register = checked_register(register or sender.register)
    values = _values(told, to, book, words, register, sender)
    subject, document = template.render("price_change", words.code, values, sender.home)
    return compose(subject, document, words, register, sender, mailbox(to.contact_name, to.email))


def _values(told: Telling, to: Addressee, book: PriceBook, words: Language, register: str, sender: Sender) -> dict[str, Any]:
    tiers = {tier.name(): tier for tier in book.tiers}
    main = max(told.lines, key=lambda line: line.then_minor)
    has, added = _services(book, tiers, main, words)
    return {
        "v": template.voice(register),
        "first_name": _first_name(to.contact_name),
        "subject_tier": _tier(tiers, main.tier_after, words),
        "from_day": words.day(told.effective_on, "long", told.currency),
        "work": [_done(name, to.work[name], words, register) for name in WORK if to.work.get(name)],
        "services": has,
        "added": added,
        "lines": [_line(told, line, tiers, words) for line in told.lines],
        "signature": sender.signature,
    }


def _done(name: str, number: float, words: Language, register: str) -> str:
    text = words.addressed(words.count(name, number), register)
    return text[:1].upper() + text[1:]


def _line(told: Telling, line: ChangedLine, tiers: Mapping[str, Tier], words: Language) -> dict[str, str]:
    def money(amount_minor: int) -> str:
        return words.money(amount_minor, told.currency)

    is_longer = line.interval_months > 1
    return {
        "tier": _tier(tiers, line.tier, words),
        "moves_to": _tier(tiers, line.tier_after, words) if line.tier_after != line.tier else "",
        "price": money(line.then_minor),
        "before": money(line.now_minor),
        "day": words.day(line.effective_on, "long", told.currency) if line.effective_on != told.effective_on else "",
        "billed": money(line.then_minor * line.interval_months) if is_longer else "",
        "term": words.count("months", line.interval_months) if is_longer else "",
    }


def _services(book: PriceBook, tiers: Mapping[str, Tier], main: ChangedLine, words: Language) -> tuple[list[str], list[str]]:
    """What the client has each month by its tier, and what a dearer tier adds; empty where the price book knows neither."""
    before, after = tiers.get(main.tier), tiers.get(main.tier_after)
    if after is None:
        return [], []
    inside = list(book.included(after.id))
    had = {service.id for service in (book.included(before.id) if before else inside)}
    # The tier's own services come before those of the tiers below it.
    has = [plain(service.name(words.code)) for service in reversed(inside) if service.id in had]
    return has[:MOST_SERVICES], [plain(service.name(words.code)) for service in inside if service.id not in had]


def _tier(tiers: Mapping[str, Tier], name: str, words: Language) -> str:
    return plain(tiers[name].name(words.code) if name in tiers else name)


def _first_name(contact: str) -> str:
    name = plain(contact or "").split(" ")[0]
    return name if re.fullmatch(r"[^\W\d_][\w'’.-]{0,39}", name) and not guard.find(name) else ""
