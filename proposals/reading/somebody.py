"""Wishes that are not the client's: what "a directory", "un concurrent" or "cineva" wants or offers."""

from proposals.reading.note import Note
from proposals.reading.phrases import Match
from proposals.reading.statements import Statement

REACH = 6  # words from "a directory" to what it wants


def is_of_somebody(note: Note, cue: Match, statement: Statement) -> bool:
    """Whether the sentence opens with somebody not named before, right before the wish, and not with what is wished for."""
    opening = note.beginning("ask.somebody", statement.first, 0)
    if not opening or cue.first - opening[-1].last > REACH or any(note.breaks[statement.first + 1 : cue.first + 1]):
        return False
    number = note.number_at(statement.first)
    if number and not number.is_article:
        return False  # "a hundred members"
    wished = (f"service.{service}.{kind}" for service in note.book.services for kind in ("asks", "sure", "units"))
    return not any(note.within(name, statement.first, cue.first) for name in (*wished, "growth.nouns", "decision.pronouns"))
