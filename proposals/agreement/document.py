"""The terms of an agreement in words: title, parties, numbered clauses, signatures and change log, in the client's language.

A document is plain data, every text of it final: what a revision keeps, and what its PDF is made from, whatever the templates
say by then.
"""

import calendar
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.numbers import format_decimal

from data.errors import InputError
from proposals import guard, template
from proposals.agreement import clauses, parameters
from proposals.agreement.lines import one_line, paragraphs
from proposals.agreement.terms import Party, Terms
from proposals.language import FOLDER, Language, language

REMEDY_DAYS = 15  # after a written request, to put a serious breach right


@dataclass(frozen=True)
class Change:
    """One entry of the change log: what changed in a revision, by whom, on which day it was sent."""

    revision: int
    on: date
    author: str
    note: str


@dataclass(frozen=True)
class Review:
    """Who reviewed the wording, and when (F17)."""

    reviewer: str
    on: date


def compose(
    terms: Terms, log: Sequence[Change], *, home: Path | None = None, review: Review | None = None, is_draft: bool = False
) -> dict[str, Any]:
    """The document of the revision that ends the log.

    Without a review it says on its first page that it is no legal advice. InputError where a template can't be used.
    """
    words, text = language(terms.language), texts(terms.language)
    last = log[-1]
    values = _values(terms, words, text)
    return {
        "language": terms.language,
        "title": text["title"],
        "revision": last.revision,
        "revision_label": text["revision"].replace("{n}", str(last.revision)),
        "draft_label": text["draft"] if is_draft else "",
        "dated": text["dated"].replace("{date}", words.day(last.on, "long", terms.currency)),
        "dated_on": [last.on.year, last.on.month, last.on.day],
        "page_words": text["page"],
        "initials": text["initials"] if terms.has_initials else "",
        "parties": [_party(terms.provider, text["provider"], text), _party(terms.client, text["client"], text)],
        "clauses": _clauses(terms, values, words, home),
        "notice": text["notice"] if review is None else "",
        "reviewed": _reviewed(review, words, text, terms.currency),
        "signature": _signature(terms, text),
        "log": {
            "title": text["log"]["title"],
            "headings": text["log"]["headings"],
            "rows": [
                [str(change.revision), words.day(change.on, "long", terms.currency), change.author, change.note]
                for change in log
                if change.note
            ],
        },
    }


def plain_text(document: Mapping[str, Any]) -> str:
    """Every text of a document, a line each, in its order."""
    lines = [document["title"], document["revision_label"], document["dated"], document["notice"], document["reviewed"]]
    for party in document["parties"]:
        lines += [party["role"], *party["lines"]]
    for clause in document["clauses"]:
        lines += [clause["title"], *(line for block in clause["blocks"] for line in block["lines"])]
    lines += [cell for row in document["log"]["rows"] for cell in row]
    return "\n".join(line for line in lines if line)


def refuse_discounts(document: Mapping[str, Any], terms: Terms) -> None:
    """InputError where the document names a discount outside the parties' own names (R16)."""
    names = (terms.client.name, terms.provider.name, terms.client.signatory, terms.provider.signatory)
    for line in plain_text(document).splitlines():
        for hit in guard.find(line):
            if not any(hit.word in name for name in names):
                raise InputError(f"The agreement would say “{hit.word}”.", hit.suggestion)


def fingerprint(terms: Terms, home: Path | None) -> str:
    """SHA-256 of the wording that this agreement uses, whoever the client: what a lawyer's review is of (F17)."""
    own = {clause.id: (clause.title, clause.text) for clause in terms.own}
    return clauses.fingerprint(terms.language, [key for key, is_on in terms.clauses if is_on], own, home)


@cache
def texts(code: str) -> dict[str, Any]:
    """The words around the clauses in that language."""
    return tomllib.loads((FOLDER / code / "agreement" / "words.toml").read_text(encoding="utf-8"))


def last_day(starts_on: date, months: int) -> date:
    """The last day of a term of so many months."""
    index = starts_on.year * 12 + starts_on.month - 1 + months
    year, month = divmod(index, 12)
    day = min(starts_on.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day) - timedelta(days=1)


def _values(terms: Terms, words: Language, text: Mapping[str, Any]) -> dict[str, Any]:
    given, months = terms.parameters, int(terms.parameters["payment_every"])
    day = int(given["payment_day"])
    return {
        "p": given,
        "v": template.voice("formal"),
        "said": _said(terms, words, text),
        "tier": terms.tier,
        "services": list(terms.services),
        "not_covered": list(terms.not_covered),
        "fee": words.money(terms.monthly_minor, terms.currency),
        "per_payment": words.money(terms.monthly_minor * months, terms.currency),
        "rate": words.money(given["hourly_rate_minor"], terms.currency) if given["hourly_rate_minor"] else "",
        "hours": terms.hours,
        "basis": terms.basis,
        "period": text["period"][given["allowance_period"]],
        "backup_contents": text["backup_contents"][given["backup_contents"]],
        "every": text["every"][given["payment_every"]],
        "way": text["way"][given["payment_way"]],
        "payment_day": text["first_day"] if day == 1 else text["day"].replace("{n}", str(day)),
        "client_email": terms.client.email,
        "starts_on": words.day(terms.starts_on, "long", terms.currency),
        "ends_on": words.day(last_day(terms.starts_on, given["term_months"]), "long", terms.currency),
        "has_plugins": terms.has_plugins,
        "has_initials": terms.has_initials,
    }


def _said(terms: Terms, words: Language, text: Mapping[str, Any]) -> dict[str, str]:
    """Numbers of the terms with their words, as “30 days”, “99.5%”."""
    locale = Locale.parse(words.phrases["locale"])
    pattern = locale.percent_formats[None].pattern.replace("0", "0.###", 1)

    def counted(noun: str, number: float) -> str:
        return words.spelt(text["plural"][noun], number)

    found = {"hours": counted("hours", terms.hours or 0), "remedy_days": counted("days", REMEDY_DAYS)}
    for name, parameter in parameters.parameters().items():
        value = terms.parameters[name]
        if parameter.noun:
            found[name] = counted(parameter.noun, value)
        elif parameter.kind == "share":
            found[name] = format_decimal(value / 100, format=pattern, locale=locale) if value else ""
    return found


def _clauses(terms: Terms, values: Mapping[str, Any], words: Language, home: Path | None) -> list[dict[str, Any]]:
    own = {clause.id: clause for clause in terms.own}
    found = []
    for key, is_on in terms.clauses:
        if is_on and key in own:
            found.append((key, one_line(own[key].title), _blocks(clauses.own_words(paragraphs(own[key].text)))))
        elif is_on:
            title, blocks = clauses.words(key, terms.language, values, home)
            found.append((key, words.typeset(title), _blocks(blocks, words)))
    return [{"id": key, "title": title, "blocks": blocks} for key, title, blocks in found]


def _blocks(blocks: Sequence[template.Block], words: Language | None = None) -> list[dict[str, Any]]:
    def shown(text: str) -> str:
        return words.typeset(text) if words else text

    return [
        {
            "kind": "items" if block.kind == "items" else "paragraph",
            "lines": [shown(text) for text, _ in block.lines]
            if block.kind == "items"
            else [shown(" ".join(text for text, _ in block.lines))],
        }
        for block in blocks
    ]


def _party(party: Party, role: str, text: Mapping[str, Any]) -> dict[str, Any]:
    lines = [party.name or f"[{text['no_name']}]", party.address]
    lines += [text["number"].replace("{name}", party.number)] if party.number else []
    lines += [text["signatory"].replace("{name}", party.signatory)] if party.signatory else []
    return {"role": role[:1].upper() + role[1:], "lines": [line for line in (*lines, party.email) if line]}


def _reviewed(review: Review | None, words: Language, text: Mapping[str, Any], currency: str) -> str:
    if review is None:
        return ""
    return str(text["reviewed"]).replace("{date}", words.day(review.on, "long", currency)).replace("{name}", review.reviewer)


def _signature(terms: Terms, text: Mapping[str, Any]) -> dict[str, Any]:
    labels = text["signature"]
    sides = [(labels["for_provider"], terms.provider), (labels["for_client"], terms.client)]
    return {
        "title": labels["title"],
        "labels": [labels["name"], labels["place"], labels["signature"]],
        "sides": [{"role": role, "name": party.name, "signatory": party.signatory} for role, party in sides],
    }
