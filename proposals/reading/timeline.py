"""When: the day of the call, the day to begin, and the length of the stated plan."""

import datetime as dt

from proposals.reading.call_day import call_date, is_of_call, is_stamp
from proposals.reading.countries import country, is_month_first
from proposals.reading.dates import Mention, mentions, note_words
from proposals.reading.days import on_or_after, readings
from proposals.reading.money import amounts
from proposals.reading.note import Found, Note
from proposals.reading.phrases import Match
from proposals.reading.statements import Statement

FAR = 300  # days; a start further away is some other date
SHORT = 4  # words beside the date in a statement that says nothing else
REACH = 4  # words from a "not" to "before"
ADJACENT = 2  # words between "start" and its date
TWO_ORDERS = ("en",)  # languages whose countries write day and month in either order


def when(note: Note, reference: dt.date) -> tuple[Found | None, Found | None]:
    """The call's date and the start date, ISO."""
    where = country(note)
    month_first = is_month_first(where)
    found = mentions(note)
    call = call_date(note, found, reference, month_first, where is None and note.language in TWO_ORDERS)
    called_on = dt.date.fromisoformat(str(call.value)) if call else reference
    return call, _start_date(note, found, called_on, month_first, call)


def _start_date(note: Note, found: list[Mention], called_on: dt.date, month_first: bool, call: Found | None) -> Found | None:
    best: tuple[float, Mention, dt.date] | None = None
    for mention in found:
        statement = note.statement_at(mention.first)
        if (
            statement is None
            or (call and mention.start == call.start)
            or (mention.day is not None and is_stamp(note, mention))
            or _is_limit(note, mention)
            or is_of_call(note, mention)
        ):
            continue
        date = None if _is_after_a_day(note, mention) else _future(mention, called_on, month_first)
        if date is None or (date - called_on).days > FAR:
            continue
        score = _start_score(note, mention, statement)
        if score >= 3 and (best is None or score > best[0]):
            best = (score, mention, date)
    return Found(best[2].isoformat(), best[1].start, best[1].end) if best else None


def _is_limit(note: Note, mention: Mention) -> bool:
    """Whether what looks like day and month is an amount not to be passed ("6 to 7k, won't go past 7.5")."""
    return mention.day is not None and mention.is_swappable and bool(note.ending("budget.ceiling.before", mention.first, 0))


def _is_after_a_day(note: Note, mention: Mention) -> bool:
    """Whether the weekday is counted from another day ("the Monday after St Patrick's Day")."""
    is_weekday = mention.weekday is not None and mention.day is None
    return (
        is_weekday and mention.last < len(note.words) and note.words[mention.last] in note_words(note, "when", "counted_from")
    )


def _future(mention: Mention, called_on: dt.date, month_first: bool) -> dt.date | None:
    dates = [date for each in readings(mention, month_first) if (date := on_or_after(each, called_on))]
    if not dates:
        return None
    if mention.weekday is not None and mention.relative is None:
        dates = [date for date in dates if date.weekday() == mention.weekday] or dates
    if mention.is_swappable and not month_first and len(dates) > 1 and (dates[0] - called_on).days > 200:
        return min(dates)
    return dates[0]


def _start_score(note: Note, mention: Mention, statement: Statement) -> float:
    first, last = max(mention.first - 9, statement.label_first), min(mention.last + 6, statement.last)
    before = note.within("start.cue", first, min(mention.first + 2, statement.last))
    after = note.within("start.cue", mention.last - 1, last)
    score = 0.0
    asked = note.before(statement)
    if asked is not None and asked.is_question and note.has("start.cue", asked):
        score += 3.5
    if statement.label == "start":
        score += 5 if not statement.is_inherited else 3
    if before:
        score += 4 - 0.1 * (mention.first - before[-1].last)
    elif after:
        score += 3.2
    elif note.has("start.cue", statement):
        score += 1.5
    if note.within("start.from", max(statement.label_first, mention.first - 3), mention.first + 1):
        begun, ended = _breath(note, mention, statement)
        spare = ended - begun - (mention.last - mention.first)
        is_day = mention.day is not None or mention.relative is not None
        is_all = spare <= (SHORT if is_day else 1)  # "From March", not "a page that is dead since March"
        score += 1.0 if score else 3.0 * (mention.relative != "weekday" and is_all)
    deadline = note.within("start.deadline", max(statement.label_first, mention.first - 3), mention.first)
    from_then = note.within("start.from", max(statement.label_first, mention.first - 4), mention.first)
    is_said_so = lambda each: any(other.first <= each.first < other.last for other in from_then)  # noqa: E731
    deadline = [each for each in deadline if not is_said_so(each) and not _is_denied(note, each)]  # "not until 1 May"
    if note.within("start.then", mention.last, statement.last):
        score, deadline = score + 4, []  # "on the slipway until 1 March, nothing before then"
    if before and mention.first - before[-1].last <= ADJACENT:
        last = mention.last  # what follows does not change "start on 23 February, after the holidays"
    if deadline or any(not is_said_so(each) for each in note.within("start.not", first, last)):
        score -= 4 if not (deadline and before) else 1
    if statement.label == "call_date" and mention.relative == "next_weekday":
        score += 5  # "When: next Monday" is no past call
    elif statement.label in ("goals", "challenges", "call_date", "objections") and not statement.is_inherited:
        score -= 4
    if mention.relative in ("weekday", "next_weekday", "day"):
        score -= 0.8
    if statement.label == "start" and note.within("correction", statement.first, mention.first):
        score += 3  # "Monday... no, Tuesday the 19th"
    if mention.relative == "today" and not before:
        score -= 3
    return score


def _is_denied(note: Note, deadline: Match) -> bool:
    """Whether a "not" stands shortly before ("we do not start before 15 January": the date is the earliest day)."""
    first, _ = note.clause(deadline.first)
    return bool(note.within("negation.bare", max(first, deadline.first - REACH), deadline.first))


def _breath(note: Note, mention: Mention, statement: Statement) -> tuple[int, int]:
    """The words around the date up to the next comma on either side ("Bank transfer, from 1 March.")."""
    first, last = mention.first, mention.last
    while first > statement.label_first and note.breaks[first] == 0:
        first -= 1
    while last < statement.last and note.breaks[last] == 0:
        last += 1
    return first, last


def horizon(note: Note) -> Found | None:
    """The length of the stated plan or goal period, in months."""
    best: tuple[float, int, int, int] | None = None
    for unit, months in (("months", 1), ("years", 12), ("quarters", 3), ("half_years", 6)):
        for match in note.hits.get(f"horizon.{unit}", ()):
            statement = note.statement_at(match.first)
            numbers = [number for index in range(match.first, match.last) if (number := note.number_at(index))]
            if statement is None or (match.last - match.first <= 2 and statement.label not in ("goals", "horizon")):
                continue
            if any(each.currency and each.first < match.last and match.first < each.last for each in amounts(note)):
                continue  # "36 000 € sur l'année" is a rate
            half = bool(note.beginning("horizon.and_half", match.last, 0)) and unit == "years"
            counted = [number.value for number in numbers if number.value >= 1]  # the half of "half a year" counts none
            value = (max(counted, default=1) + 0.5 * half) * months
            score = _plan_score(note, match.first, match.last, statement)
            if score > 0 and value == int(value) and 1 <= value <= 60 and (best is None or score > best[0]):
                best = (score, int(value), match.first, match.last)
    if best is None:
        return None
    return Found(best[1], *note.characters(best[2], best[3]))


def _plan_score(note: Note, first: int, last: int, statement: Statement) -> float:
    score = 0.0
    if statement.label in ("goals", "horizon"):
        score += 3
    if (
        any(note.has(name, statement) for name in ("goal.cue", "goal.sure"))
        or note.has("growth.nouns", statement)
        or note.has("growth.rise", statement)
    ):
        score += 2
    if note.has("horizon.plan", statement):
        score += 2
    if statement.label in ("payment", "start", "call_date", "objections", "challenges") or note.within(
        "horizon.not", max(statement.label_first, first - 8), min(statement.last, last + 6)
    ):
        score -= 5
    return score
