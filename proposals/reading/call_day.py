"""The day of the call: the last such date on or before the one the notes are seen from, by what stands beside it."""

import datetime as dt
import re

from proposals.reading.dates import Mention
from proposals.reading.days import on_or_before, readings
from proposals.reading.mail_headers import headers, line_of
from proposals.reading.note import Found, Note
from proposals.reading.statements import Statement

LONG_AGO = 200  # days; a date without a year that far back is rather one to come
PAST = ("yesterday", "before_yesterday", "last_weekday")
STAMP_OPENS = re.compile(r"\[(?:\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?,?)?")
STAMPED = 8  # words from a chat's date to what the message says: the time and who writes
CLOCK_AFTER = re.compile(r",? \d{1,2}:\d{2}")
HEAD = 3  # lines at the top in which an unlabelled date is that of the call


def call_date(note: Note, found: list[Mention], reference: dt.date, month_first: bool, either: bool) -> Found | None:
    """The day of the call, ISO, of the dates that the note mentions; either: day and month may stand in either order."""
    best: tuple[float, Mention, dt.date] | None = None
    sent: tuple[float, Mention, dt.date] | None = None
    letters = headers(note, found)
    stamps = _stamps(note, found) + letters
    for mention in found:
        statement = note.statement_at(mention.first) or _of_stamp(note, mention)
        if statement is None or mention.relative in ("in_days", "in_weeks", "next_weekday"):
            continue
        date = _past(mention, _written_on(mention, stamps, reference, month_first), month_first, either)
        if date is None or (mention.year is None and (reference - date).days > LONG_AGO):
            continue
        score = _call_score(note, mention, statement)
        if any(mention is each for _, _, each in letters):
            sent = sent or (score, mention, date)  # when the message was written: the call's day where no other is named
        elif score >= 3 and (best is None or score > best[0]):
            best = (score, mention, date)
    best = best or (sent if sent and sent[0] >= 3 else None)
    return Found(best[2].isoformat(), best[1].start, best[1].end) if best else None


def _of_stamp(note: Note, mention: Mention) -> Statement | None:
    """The message that a chat's own date stands before."""
    if not is_stamp(note, mention):
        return None
    ahead = (note.statement_at(index) for index in range(mention.last, min(mention.last + STAMPED, len(note.words))))
    return next((each for each in ahead if each is not None), None)


def _written_on(mention: Mention, stamps: list[tuple[int, int, Mention]], reference: dt.date, month_first: bool) -> dt.date:
    """The day from which "just now" and "yesterday" are seen: that of the chat message that says so, else the reference."""
    if mention.relative is None:
        return reference
    stamp = next((each for start, end, each in stamps if start <= mention.start < end), None)
    return (_past(stamp, reference, month_first, False) if stamp else None) or reference


def _stamps(note: Note, found: list[Mention]) -> list[tuple[int, int, Mention]]:
    """(first, last character of the line, date) of every message that a chat's own date stands before."""
    folded = note.text.folded
    marked = (each for each in found if each.day is not None and each.relative is None and is_stamp(note, each))
    return [(each.start, end if (end := folded.find("\n", each.start)) >= 0 else len(folded), each) for each in marked]


def _past(mention: Mention, reference: dt.date, month_first: bool, either: bool) -> dt.date | None:
    """The reading on or before the reference date: by weekday, else by the country, else (`either` order) the nearest."""
    dates = [(date, each) for each in readings(mention, month_first) if (date := on_or_before(each, reference))]
    if not dates:
        return None
    if mention.weekday is not None and len(dates) > 1:
        dates = [pair for pair in dates if pair[0].weekday() == mention.weekday] or dates
    if mention.is_swappable and not month_first and len(dates) > 1:
        near = [pair for pair in dates if (reference - pair[0]).days <= 60]
        if len(near) == 1:
            dates = near
        elif either:
            dates = sorted(dates, key=lambda pair: (reference - pair[0]).days)
    if mention.is_swappable and month_first and (reference - dates[0][0]).days > 180 and len(dates) > 1:
        dates = sorted(dates, key=lambda pair: (reference - pair[0]).days)
    return dates[0][0]


def _call_score(note: Note, mention: Mention, statement: Statement) -> float:
    if statement.label == "call_date":
        return 6 if not statement.is_inherited else 3
    first, last = mention.first - 9, mention.last + 9
    first, last = max(first, statement.label_first), min(last, statement.last)
    score = 0.0
    if mention.relative in PAST and note.within("call.cue", first, last):
        score += 4  # the date above is that of the message
    if statement.label in (None, "contact", "call_date", "company", "situation"):
        if note.within("call.cue", first, last):
            score += 3
        elif note.has("call.cue", statement) and line_of(note, statement) < HEAD:
            score += 2
    if note.within("when.relative.today", mention.first, mention.last) and note.within("call.just", first, last):
        score += 1
    if is_stamp(note, mention):
        score -= 1.5  # when the message was written
    if line_of(note, statement) < HEAD and (mention.day is not None or mention.relative in ("today", "yesterday")):
        score += 2 + (mention.year is not None)
    if statement.line == note.statements[0].line and mention.relative in (None, "today", "yesterday"):
        score += 1
    if mention.weekday is not None and mention.year is not None:
        score += 0.5
    is_called = is_of_call(note, mention)
    if (note.within("start.cue", first, last) and not is_called) or statement.label in (
        "start",
        "goals",
        "challenges",
        "budget",
        "payment",
    ):
        score -= 4
    if note.within("call.not", first, last):
        score -= 4
    if note.within("call.written", first, mention.first):
        score -= 8  # "Call report, prepared Thursday 19 February"
    if mention.relative in ("weekday", "last_weekday", "day", "days_ago", "weeks_ago") and not note.within(
        "call.cue", first, last
    ):
        score -= 2
    if mention.is_weak and mention.relative is None:
        score -= 1
    return score


def is_stamp(note: Note, mention: Mention) -> bool:
    """Whether the date opens its line in square brackets, as chats print it."""
    line = note.text.folded[note.text.folded.rfind("\n", 0, mention.start) + 1 : mention.start]
    return bool(STAMP_OPENS.fullmatch(line.strip())) or (
        not line.strip() and bool(CLOCK_AFTER.match(note.text.folded, mention.end))
    )


def is_of_call(note: Note, mention: Mention) -> bool:
    """Whether a weekday is that of a talk named right before it ("the call of Friday", "convorbirea de vineri")."""
    return mention.weekday is not None and mention.day is None and bool(note.ending("call.noun", mention.first, 1))
