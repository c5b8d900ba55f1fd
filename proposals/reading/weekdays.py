"""Weekdays that only span a week ("from Monday to Friday"), and so are no dates."""

from collections.abc import Container

from proposals.reading.note import Note

MARKS = frozenset("-/")
NEAR = (-2, -1, 1, 2)  # words from one weekday to the other


def is_span(note: Note, index: int, weekdays: Container[str]) -> bool:
    """Whether another weekday follows or goes before, with one small word or a dash between ("luni până vineri")."""
    links = MARKS.union(*(each.words("calendar", "span_links") for each in note.signals))
    for at in (index + step for step in NEAR if 0 <= index + step < len(note.words)):
        low, high = sorted((at, index))
        between = note.text.folded[note.places[low][2] : note.places[high][1]].strip()
        if note.places[at][0] in weekdays and between in links:
            return True
    return False
