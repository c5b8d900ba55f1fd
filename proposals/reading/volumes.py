"""The countable deliverables that the client wants, and how many in which period."""

import re
from collections.abc import Sequence

from proposals.reading.dates import note_words
from proposals.reading.note import Found, Note
from proposals.reading.phrases import Match
from proposals.reading.statements import Statement
from proposals.reading.wishes import OTHER_LABELS, Scope, has_problem

PART_OF_HOURS = re.compile(r"(?:\d ?h|\b(?:hours? and|heures? et|or[ae] si)) ?$")
LONGEST_HOURS = 12  # characters
LENGTHS = ("months", "years", "quarters", "half_years")
PERIODS = ("day", "week", "month", "quarter", "year")


def volumes(note: Note, where: Scope) -> list[Found]:
    """{service, quantity, per} of countable deliverables wanted."""
    found: list[Found] = []
    seen: set[tuple[str, float, str]] = set()
    for service in note.book.services:
        for match in note.hits.get(f"service.{service}.units", ()):
            statement = note.statement_at(match.first)
            if statement is None or where.refuses(match) or not _may_want(note, statement, match, where):
                continue
            read = _count_before(note, match, statement) or _count_after(note, match, statement)
            if read is None:
                continue
            quantity, per, first, last = read
            if quantity <= 0 or (service, quantity, per) in seen:
                continue
            seen.add((service, quantity, per))
            value = {"service": service, "quantity": int(quantity) if quantity == int(quantity) else quantity, "per": per}
            found.append(Found(value, *note.characters(first, last)))
    return _without_overlaps(found)


def _without_overlaps(found: Sequence[Found]) -> list[Found]:
    kept: list[Found] = []
    for each in sorted(found, key=lambda each: each.start - each.end):
        if not any(each.start < other.end and other.start < each.end and _same_count(each, other) for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)


def _same_count(one: Found, two: Found) -> bool:
    assert isinstance(one.value, dict) and isinstance(two.value, dict)  # noqa: S101  # made by volumes() above
    return bool(one.value["quantity"] == two.value["quantity"])


def _may_want(note: Note, statement: Statement, match: Match, where: Scope) -> bool:
    if where.asks(match):
        return True
    if statement.label in OTHER_LABELS or statement.speaker == "me":
        return False
    return not (
        has_problem(note, statement)
        or note.has("problems", statement)
        or note.has("ask.situation", statement)
        or note.has("growth.nouns", statement)
    )


def _count_before(note: Note, match: Match, statement: Statement) -> tuple[float, str, int, int] | None:
    nearby = (note.number_at(index) for index in range(max(statement.first, match.first - 8), match.first))
    numbers = [number for number in nearby if number and number.last <= match.first and match.first - number.last <= 2]
    if not numbers:
        return None
    number = numbers[-1]
    if number.is_article and any(note.beginning(f"times.{name}", match.last, 1) for name in ("once", "twice", "thrice")):
        return None  # "a newsletter twice a month"
    if any(mark > 0 for mark in note.breaks[number.last : match.first + 1]) or _is_range(note, number.first):
        return None
    if any(note.within(f"horizon.{unit}", number.first, number.last + 1) for unit in LENGTHS):
        return None  # "a plan for three months, posts every day"
    if any(note.words[index] in note_words(note, "hours", "units") for index in range(number.last, match.last)):
        return None  # "3 hours of edits"
    if PART_OF_HOURS.search(note.text.folded, max(0, number.start - LONGEST_HOURS), number.start):
        return None  # "1 h 30 of edits", "an hour and a half of edits"
    after = _period_after(note, match.last, statement)
    if after and number.is_article and set(note.words[match.last : after[1]]) & note_words(note, "hours", "units"):
        return None  # "when a recipe changes: an hour a month"
    if after and not (number.is_article and _is_far_noun(note, match.last, after[1])):
        return number.value, after[0], number.first, after[1]
    before = _period_before(note, number.first, statement)
    return (number.value, before[0], number.first, match.last) if before and not number.is_article else None


def _is_far_noun(note: Note, first: int, last: int) -> bool:
    """Whether the period is but a noun some words later ("a landing page for the May open day")."""
    bare = any(note.beginning(f"periods.{period}", last - 1, 0) for period in PERIODS)
    return last - first > 2 and bare and not note.ending("periods.rate", last - 1, 0)


def _count_after(note: Note, match: Match, statement: Statement) -> tuple[float, str, int, int] | None:
    """ "posts: 3 a week", "posts twice a week", "reels x2/month"."""
    for number in (note.number_at(index) for index in range(match.last, match.last + 3)):
        if number is not None and number.last <= statement.last and not number.is_article:
            between = note.words[match.last : number.first]
            if any(note.beginning(f"service.{other}.units", number.last, 0) for other in note.book.services):
                continue  # "captions, 6 posts a week"
            if note.words[number.last : number.last + 1] and note.words[number.last] in note_words(note, "hours", "units"):
                continue
            if any(mark > 1 for mark in note.breaks[match.last + 1 : number.first]) or any(
                word not in note_words(note, "times", "about") for word in between
            ):
                continue
            following = note.words[number.last : number.last + 1]
            start = number.last + (following in (["x"], ["times"], ["time"], ["fois"], ["ori"]))
            after = _period_after(note, start, statement, reach=1)
            if after:
                return number.value, after[0], match.first, after[1]
    for name, quantity in (("twice", 2), ("thrice", 3), ("once", 1)):
        for times in note.beginning(f"times.{name}", match.last, 2):
            if times.last <= statement.last and all(mark == 0 for mark in note.breaks[match.last : times.first + 1]):
                after = _period_after(note, times.last, statement, reach=1)
                if after:
                    return float(quantity), after[0], match.first, after[1]
    return None


def _is_range(note: Note, first: int) -> bool:
    """ "3-4 posts" has no one number."""
    before = (note.number_at(index) for index in range(max(0, first - 7), first))
    return (
        first > 0
        and any(number and number.last in (first, first - 1) and not number.is_article for number in before)
        and (
            note.text.folded[note.places[first - 1][2] : note.places[first][1]].strip() in ("-", "/")
            or note.words[first - 1] in ("to", "or", "a", "ou", "sau", "la")
        )
    )


def _period_after(note: Note, first: int, statement: Statement, reach: int = 5) -> tuple[str, int] | None:
    if note.beginning("periods.fortnight", first, reach):
        return None
    best: tuple[int, int, str] | None = None
    for period in PERIODS:
        for match in note.beginning(f"periods.{period}", first, reach):
            distance = match.first - first
            if match.last <= statement.last and (best is None or (distance, -match.last) < (best[0], -best[1])):
                best = (distance, match.last, period)
    if best is None:
        return None
    if any(mark > 1 for mark in note.breaks[first : best[1] - 1]) or _other_count(note, first, best[1]):
        return None
    return best[2], best[1]


def _other_count(note: Note, first: int, last: int) -> bool:
    """Whether the period belongs to another number: "10 videos by then (2 a month)"; "3 posts and 2 reels a week" shares it."""
    between = [number for index in range(first, last) if (number := note.number_at(index)) and not number.is_article]
    return bool(between) and ("(" in note.folded(first, last) or note.breaks[between[0].first] > 0)


def _period_before(note: Note, last: int, statement: Statement) -> tuple[str, int] | None:
    asked = [name for service in note.book.services for name in (f"service.{service}.asks", f"service.{service}.sure")]
    found = [
        (match.first, period)
        for period in PERIODS
        for match in note.within(f"periods.{period}", statement.label_first, last)
        if match.first <= statement.first + 3 or match.last == last
        if not any(each.first < match.first < each.last for name in asked for each in note.within(name, statement.first, last))
    ]
    return (nearest[1], nearest[0]) if (nearest := max(found, default=None)) else None
