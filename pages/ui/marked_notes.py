"""Call notes with the facts marked where they stand. Pure: text and facts in, harmless HTML out."""

from collections.abc import Iterable
from html import escape
from itertools import pairwise

from pages.ui.brief_words import GROUPS, LABELS
from proposals.brief import LISTS, SINGLE, Brief, Fact


def facts(brief: Brief) -> list[tuple[str, Fact]]:
    """Every fact of the brief with its field, single ones first."""
    found = [(name, fact) for name in SINGLE if (fact := getattr(brief, name))]
    return found + [(name, fact) for name in LISTS for fact in getattr(brief, name)]


def marked(notes: str, brief: Brief) -> str:
    """The notes as HTML, each quoted span in the colour of its group and named by its facts; everything else escaped."""
    spans = [
        (fact.start, fact.end, name)
        for name, fact in facts(brief)
        if fact.start is not None and fact.end is not None and notes[fact.start : fact.end] == fact.quote
    ]
    edges = sorted({0, len(notes), *(edge for start, end, _ in spans for edge in (start, end))})
    pieces = [
        _piece(notes[start:end], [name for first, last, name in spans if first <= start and end <= last])
        for start, end in pairwise(edges)
    ]
    return f'<div style="white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.65">{"".join(pieces)}</div>'


def _piece(text: str, names: Iterable[str]) -> str:
    held = list(dict.fromkeys(names))
    if not held:
        return escape(text)
    colour = next(group.colour for group in GROUPS if held[0] in group.fields)
    title = escape(", ".join(LABELS[name] for name in held))
    return f'<mark title="{title}" style="background: {colour}; color: inherit; border-radius: 3px">{escape(text)}</mark>'


def place(notes: str, fact: Fact | None) -> str:
    """Where a fact stands: its quote and line; that the user gave it, or that it is missing, otherwise."""
    if fact is None:
        return "Not in the notes"
    if fact.quote is None or fact.start is None:
        return "Your own"
    quote = " ".join(fact.quote.split())
    line = notes.count("\n", 0, fact.start) + 1
    return f"“{quote if len(quote) <= 70 else quote[:69].rstrip() + '…'}”, line {line}"
