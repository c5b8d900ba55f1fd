"""A report to a client: value first, then what was agreed, security, what comes next; the same facts give the same bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.errors import InputError
from proposals import template
from proposals.care_report.addressee import Addressee
from proposals.care_report.facts import Facts
from proposals.care_report.words import Words
from proposals.email import Email
from proposals.email import compose as written
from proposals.language import language
from proposals.sender import Sender, checked_register
from proposals.template import Block
from proposals.wording import plain

MOST_SITES = 8
MOST_TILES = 4


@dataclass(frozen=True)
class Tile:
    """A headline figure: 99.98 % · uptime."""

    value: str
    label: str


@dataclass(frozen=True)
class Report:
    """A report or notice ready to be looked at, edited, kept or sent by the user's own mail program.

    `email` holds subject, text, HTML and .eml; `blocks` are its text as both forms on paper show it; `facts` is plain data.
    """

    kind: str
    report_id: str
    client_id: str
    client_name: str
    period: str
    starts_on: date
    ends_on: date
    dated_on: date
    title: str
    tiles: tuple[Tile, ...]
    email: Email
    blocks: tuple[Block, ...]
    names: tuple[str, ...]
    facts: Mapping[str, Any]
    page_words: str


def compose(facts: Facts, to: Addressee, sender: Sender, language_code: str | None = None) -> Report:
    """The care report of these facts, in a language (default: the addressee's) and the sender's register.

    InputError where the facts say nothing, the language is unknown, or the text would name a discount (R16).
    """
    words = Words(language_code or to.language, checked_register(sender.register))
    if facts.says_nothing:
        raise InputError(
            f"Nothing is recorded for {facts.client_name} in {facts.period.label}.",
            "Import care data, or agree deliverables with the client and enter what came of them.",
        )
    tiles = _tiles(facts, words)
    values = {
        "subject": _subject(facts, words),
        "greeting": words.say("greeting_name", name=to.greeted) if to.greeted else words.say("greeting"),
        "lead": _opening(facts, words),
        "is_calm": not any(line.is_met is False for line in facts.agreed) and all(event.is_over for event in facts.events),
        "done": _done(facts, words),
        "security": _security(facts, words),
        "missed": [words.agreed(line) for line in facts.agreed if line.is_met is False],
        "kept": [words.agreed(line) for line in facts.agreed if line.is_met],
        "next_steps": [plain(step) for step in to.next_steps],
        "signature": sender.signature,
        "v": template.voice(words.register),
    }
    subject, blocks = template.render("care_report", words.language.code, values, sender.home)
    names = (*facts.sites, plain(facts.client_name))
    email = written(subject, blocks, words.language, words.register, sender, to.mailbox, names)
    return Report(
        kind="report",
        report_id=f"{facts.client_id}:{facts.period.label}",
        client_id=facts.client_id,
        client_name=facts.client_name,
        period=facts.period.label,
        starts_on=facts.period.starts_on,
        ends_on=facts.period.ends_on,
        dated_on=facts.until,
        title=words.say("title", period=words.period(facts.period)),
        tiles=tiles,
        email=email,
        blocks=template.blocks(email.source)[1],
        names=names,
        facts=facts.as_data(),
        page_words=words.table["page"],
    )


def rewritten(source: str, before: Report, to: Addressee, sender: Sender) -> Report:
    """The report after the user has edited its text; InputError where the edit names a discount (R16) or leaves nothing."""
    subject, blocks = template.blocks(source)
    if not blocks:
        raise InputError("The report is empty.", "Write at least one line, or start again from the facts.")
    words = language(before.email.language)
    email = written(subject or before.email.subject, blocks, words, before.email.register, sender, to.mailbox, before.names)
    return Report(**{**before.__dict__, "email": email, "blocks": template.blocks(email.source)[1]})


def _when(facts: Facts, words: Words) -> str:
    period = words.within(facts.period)
    return words.say("so_far", period=period, day=words.day(facts.until)) if facts.is_unfinished else period


def _subject(facts: Facts, words: Words) -> str:
    """Value first, at most three figures; without any, the title."""
    told = _lead(facts, words)[:3]
    if not told:
        return words.say("title", period=words.period(facts.period))
    return words.say("subject", sites=_sites(facts, words), period=_when(facts, words), lead=words.language.listed(told))


def _opening(facts: Facts, words: Words) -> str:
    told = _lead(facts, words)
    if not told:
        return words.say("lead_bare", period=_when(facts, words))
    return words.say("lead", sites=_sites(facts, words), period=_when(facts, words), lead=words.language.listed(told))


def _sites(facts: Facts, words: Words) -> str:
    return words.counted("sites", max(len(facts.sites), 1))


def _lead(facts: Facts, words: Words) -> list[str]:
    """The figures worth naming first: uptime of the site that had the least, updates, backups, attacks stopped."""
    stopped = sum(event.is_over for event in facts.of("security"))
    lowest = facts.lowest_uptime
    form = "lead_uptime" if len(facts.sites) == 1 or lowest == 1 else "lead_uptimes"
    told = [] if lowest is None else [words.say(form, share=words.share(lowest))]
    told += [words.counted(_noun(noun, facts), facts.sums[name] or 0) for noun, name in _COUNTS if facts.sums[name]]
    return told + ([words.counted("attacks_stopped", stopped)] if stopped else [])


def _noun(noun: str, facts: Facts) -> str:
    """The words for a count; others where the count is a least number."""
    return f"{noun}_at_least" if noun.startswith("backups") and facts.is_backups_floor else noun


_COUNTS = (("updates", "updates_done"), ("backups", "backups_done"))


def _tiles(facts: Facts, words: Words) -> tuple[Tile, ...]:
    labels, found = words.table["tiles"], list[Tile]()
    if facts.lowest_uptime is not None:
        found.append(Tile(words.share(facts.lowest_uptime), labels["uptime"]))
    for noun, name in _COUNTS:
        if facts.sums[name]:
            tile = _tile(labels[noun], facts.sums[name] or 0, words)
            found.append(tile if _noun(noun, facts) == noun else Tile(f"≥ {tile.value}", tile.label))
    stopped = sum(event.is_over for event in facts.of("security"))
    return tuple([*found, *([_tile(labels["attacks"], stopped, words)] if stopped else [])][:MOST_TILES])


def _tile(forms: Mapping[str, str], number: float, words: Words) -> Tile:
    return Tile(words.language.number(number), words.language.spelt(forms, number))


def _done(facts: Facts, words: Words) -> list[str]:
    told = []
    if len(facts.uptimes) == 1 and len(facts.sites) == 1:
        one = facts.uptimes[0]
        form = "uptime" if one.months == 1 else "uptime_mean"
        told.append(words.say(form, share=words.share(one.share), day=words.day(one.known_on), n=str(one.months)))
    elif facts.uptimes:
        shares = [f"{one.site} {words.share(one.share)}" for one in facts.uptimes[:MOST_SITES]]
        day = words.day(max(one.known_on for one in facts.uptimes))
        told.append(words.say("uptimes", shares=", ".join(shares), day=day))
    if facts.sums["updates_done"]:
        secure = facts.sums["security_updates"] or 0
        more = words.counted("for_security", secure) if secure else ""
        told.append(words.counted("updates_made", facts.sums["updates_done"], more=more))
    if facts.sums["backups_done"]:
        away = facts.sums["backups_off_site"] or 0
        is_all = away == facts.sums["backups_done"]
        if is_all and not facts.is_backups_floor:
            more = words.say("all_off_site")
        elif is_all and away > 1:
            more = words.say("known_off_site")
        else:
            more = words.counted("off_site", away) if away else ""
        told.append(words.counted(_noun("backups_made", facts), facts.sums["backups_done"], more=more))
    told += [words.say("restore", day=words.day(one.tested_on), site=one.site) for one in facts.restores]
    outages = facts.of("downtime")
    if outages:
        known = [event.minutes for event in outages if event.minutes is not None]
        length = words.say("for_long", length=words.minutes(sum(known))) if len(known) == len(outages) else ""
        told.append(words.counted("outages", len(outages), length=length))
    return told


def _security(facts: Facts, words: Words) -> list[str]:
    return [
        words.say("attack_over" if event.is_over else "attack_open", day=words.day(event.happened_on), site=event.site)
        for event in facts.of("security")
    ]
