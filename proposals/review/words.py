"""The month in one paragraph, said only from its figures; the sentences are `languages/<code>/review.j2`."""

import re
import tomllib
from datetime import date
from functools import cache
from typing import Any

from proposals import language as languages
from proposals import template
from proposals.review import facts as facts_module
from proposals.review.facts import GAINS, LOSSES, Facts, Mover
from proposals.review.figures import Figures, fill, is_missing
from proposals.review.frames import Frames

NAMED = 3
UNSAID = ("subscription started", "agreement", "canceled")  # what everybody expects of a client who came or left
_CANCELED = re.compile(r"canceled(?:: ([^(]*?))?(?: (\(.*\)))?")


def paragraph(frames: Frames, language: str = "en", *, today: date | None = None, locale: str = "") -> str:
    """One paragraph on the month whose frames these are (as `gather` reads them), plain text, data in it unescaped.

    `today` says whether the month is over; figures follow `locale` (empty: the language's own). InputError where the
    language is unknown.
    """
    return tell(facts_module.read(frames, today), figures(language, locale), today)


def figures(language: str, locale: str = "") -> Figures:
    """How figures and words look in a language and locale; InputError where there is no such language."""
    known = languages.language(language)
    return Figures(known, locale or str(known.phrases.get("home_money", known.phrases["locale"])), _words(language))


def tell(facts: Facts, look: Figures, today: date | None = None) -> str:
    """The paragraph of these facts."""
    _, blocks = template.render("review", look.language.code, _values(facts, look, today))
    sentences = [text[:1].upper() + text[1:] for block in blocks for text, _ in block.lines]
    return " ".join(sentences)


def cause(text: str, look: Figures, *, is_short: bool = False) -> str:
    """What caused a movement, in the language where it is a known cause; `is_short` leaves out a client's own comment."""
    known, told = look.words["causes"], _CANCELED.fullmatch(text)
    if not told:
        return str(known[text]) if text in known else _of_an_item(text, look)
    reason, comment = told.groups("")
    why = look.words["reasons"].get(reason, reason)
    short = fill(look.words["because"], name=known["canceled"], why=why) if why else str(known["canceled"])
    return f"{short} {comment}" if comment and not is_short else short


def _of_an_item(text: str, look: Figures) -> str:
    for ending, words in look.words["endings"].items():
        if text.endswith(ending):
            return text.removesuffix(ending) + str(words)
    return text.replace(": quantity ", look.words["quantity"])


def _values(facts: Facts, look: Figures, today: date | None) -> dict[str, Any]:
    step, summary, currency = facts.step, facts.summary, facts.currency
    opening, customers = int(step["opening_minor"]), int(summary["customers"])
    largest = facts.largest[0].name if facts.largest and not is_missing(summary["largest_client_share"]) else ""
    return {
        "month": look.month(facts.month),
        "unfinished": facts.is_unfinished,
        "way": facts.way,
        "opening": look.money(opening, currency),
        "closing": look.money(step["closing_minor"], currency),
        "net": look.money(abs(facts.net_minor), currency),
        "share": look.rate(facts.net_minor / opening, signed=True) if opening else "",
        "gains": look.listed(_group(facts, look, kind) for kind in GAINS if facts.counts[kind]),
        "losses": look.listed(_group(facts, look, kind) for kind in LOSSES if facts.counts[kind]),
        "churn": _churn(summary, look),
        "paying": look.counted("paying", customers) if customers else "",
        "arpa": look.money(summary["arpa_minor"], currency),
        "only_client": largest if customers == 1 else "",
        "largest": largest,
        "largest_share": look.share(summary["largest_client_share"]),
        "top3_share": look.share(summary["top3_share"]) if customers > 3 else "",
        "without_largest": look.money(summary["mrr_without_largest_minor"], currency),
        **_cash(facts, look),
        "as_of": look.day(today) if today else "",
        "leaving": look.counted("leaving", len(facts.leavers)) if facts.leavers else "",
        "leaving_mrr": look.money(sum(leaver.mrr_minor for leaver in facts.leavers), currency),
        "leavers": look.listed(
            _named([f"{leaver.name} ({look.day(leaver.leaves_on)})" for leaver in facts.leavers], look, most=5)
        ),
    }


def _group(facts: Facts, look: Figures, kind: str) -> str:
    amount = look.money(facts.step[f"{kind}_minor"], facts.currency)
    who = [_who(mover, look) for mover in facts.movers[kind]]
    return f"{look.counted(kind, facts.counts[kind], amount=amount)} ({look.listed(_named(who, look))})"


def _who(mover: Mover, look: Figures) -> str:
    why = "" if mover.cause in UNSAID else cause(mover.cause, look, is_short=True)
    return fill(look.words["who"], name=mover.name, why=why) if why else mover.name


def _named(names: list[str], look: Figures, most: int = NAMED) -> list[str]:
    return names if len(names) <= most + 1 else [*names[:most], look.counted("others", len(names) - most)]


def _churn(summary: dict[str, Any], look: Figures) -> str:
    opening, lost = int(summary["customers_opening"]), int(summary["customers_churned"])
    if not opening:
        return ""
    if not lost:
        return look.counted("stayed", opening)
    return look.counted("left", lost, m=look.count(opening), rate=look.rate(lost / opening))


def _cash(facts: Facts, look: Figures) -> dict[str, str]:
    if not facts.cash:
        return dict.fromkeys(("collected", "refunded", "disputed", "regained", "failed"), "")
    disputed = int(facts.cash.get("disputed_minor") or 0)  # months closed long ago don't tell
    money = {name: look.money(facts.cash[f"{name}_minor"], facts.currency) for name in ("collected", "refunded", "failed")}
    number = int(facts.cash["failed_charges"])
    return {
        "collected": money["collected"],
        "refunded": money["refunded"] if int(facts.cash["refunded_minor"]) else "",
        "disputed": look.money(disputed, facts.currency) if disputed > 0 else "",
        "regained": look.money(-disputed, facts.currency) if disputed < 0 else "",
        "failed": look.counted("failed", number, amount=money["failed"]) if number else "",
    }


@cache
def _words(language: str) -> dict[str, Any]:
    return tomllib.loads((languages.FOLDER / language / "review.toml").read_text(encoding="utf-8"))
