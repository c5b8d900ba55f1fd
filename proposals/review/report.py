"""A month's review as one report, before its form: what HTML and PDF both show, every figure already text."""

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from data.closings import Closing
from proposals.review import facts as facts_module
from proposals.review import words
from proposals.review.facts import Facts
from proposals.review.figures import Figures, clean, fill, is_missing
from proposals.review.frames import Frames
from proposals.review.sections import Section
from proposals.review.sections import sections as parts


@dataclass(frozen=True)
class Headline:
    """One figure with its changes against the month and the year before."""

    label: str
    value: str
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """A whole review, in one language. `dated_on` is the month's end, or the day it is seen from where that comes first."""

    language: str
    month: str
    dated_on: date
    title: str
    states: tuple[str, ...]
    paragraph: str
    headlines: tuple[Headline, ...]
    sections: tuple[Section, ...]
    foot: tuple[str, ...]
    page_words: str
    note_title: str = ""
    note: tuple[str, ...] = field(default=())


def compose(
    frames: Frames,
    language: str = "en",
    *,
    today: date,
    as_of: datetime,
    locale: str = "",
    closing: Closing | None = None,
    note: str = "",
    book: Sequence[str] = (),
) -> Report:
    """The report of the month whose frames these are (as `gather` reads them).

    `book` names the price book's tiers from the cheapest up; `note` is shown as it is, `closing` as its date. InputError
    where the language is unknown.
    """
    look, facts = words.figures(language, locale), facts_module.read(frames, today)
    last_day = facts.month.replace(day=calendar.monthrange(facts.month.year, facts.month.month)[1])
    return Report(
        language=look.language.code,
        month=f"{facts.month:%Y-%m}",
        dated_on=min(last_day, today),
        title=f"{fill(look.words['title'], name=look.month(facts.month))} · {facts.currency.upper()}",
        states=_states(facts, look, today, closing),
        paragraph=words.tell(facts, look, today),
        headlines=_headlines(facts, look),
        sections=parts(frames, facts, look, book, is_closed=closing is not None),
        foot=(
            fill(look.words["as_of"], date=look.instant(as_of), name=look.words["basis"].get(str(facts.step["basis"]), "")),
            look.words["rule"],
        ),
        page_words=look.words["page"],
        note_title=look.words["sections"]["note"],
        note=tuple(clean(line) for line in note.splitlines() if clean(line)),
    )


def _states(facts: Facts, look: Figures, today: date, closing: Closing | None) -> tuple[str, ...]:
    if facts.is_unfinished:
        return (fill(look.words["so_far"], date=look.day(today)),)
    if closing is None:
        return (str(look.words["open"]),)
    form = look.words["closed_by" if closing.closed_by else "closed"]
    return (fill(form, date=look.day(closing.closed_at), name=clean(closing.closed_by)),)


def _headlines(facts: Facts, look: Figures) -> tuple[Headline, ...]:
    row, labels = facts.summary, look.words["labels"]

    def money(value: Any, signed: bool = False) -> str:
        return look.money(value, facts.currency, signed=signed)

    def count(value: Any, signed: bool = False) -> str:
        return look.count(value, signed=signed)

    lost = look.of(row["customers_churned"], row["customers_opening"])
    shown = [
        Headline(labels["mrr"], money(row["mrr_minor"]), _changes(row, "mrr_minor", look, facts, money)),
        Headline(labels["net_new"], money(row["net_new_minor"], True), _changes(row, "net_new_minor", look, facts, money)),
        Headline(labels["customers"], count(row["customers"]), _changes(row, "customers", look, facts, count)),
        Headline(labels["arpa"], money(row["arpa_minor"]), _changes(row, "arpa_minor", look, facts, money)),
        Headline(labels["churned"], lost, _changes(row, "customers_churned", look, facts, count)),
    ]
    if not is_missing(row["committed_mrr_minor"]):
        committed = money(row["committed_mrr_minor"])
        shown.append(Headline(labels["committed"], committed, _changes(row, "committed_mrr_minor", look, facts, money)))
    return tuple(shown)


def _changes(row: dict[str, Any], name: str, look: Figures, facts: Facts, write: Callable[[Any, bool], str]) -> tuple[str, ...]:
    """The changes against the month before and the year before, as far as those are known."""
    before = facts.month.year * 12 + facts.month.month - 2
    then = {"prev": date(before // 12, before % 12 + 1, 1), "year": facts.month.replace(year=facts.month.year - 1)}
    told = []
    for span, month in then.items():
        if not is_missing(row[f"{span}_{name}"]) and not is_missing(row[name]):
            step = int(row[name]) - int(row[f"{span}_{name}"])
            change = write(step, True) if step else "±0"
            told.append(fill(look.words["versus"], name=change, date=look.month(month, short=True)))
    return tuple(told)
