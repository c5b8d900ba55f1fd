"""The lines above a forwarded message (From, Sent, Subject), in three languages: when it was written, not when anybody met."""

import re
from functools import lru_cache

from proposals.reading.dates import Mention
from proposals.reading.note import Note
from proposals.reading.statements import Statement

FIELD = re.compile(
    r"^[\W_]*(from|to|cc|subject|sent|date|de|de la|a|objet|envoye|envoye le|catre|subiect|trimis|trimis la|data)[\W_]{0,3}:"
)
RULE = re.compile(r"\s*[-_=>]{3,}[^\n]{0,40}[-_=>]{3,}\s*")  # "---------- Forwarded message ----------"
WRITTEN = frozenset(("sent", "date", "envoye", "envoye le", "trimis", "trimis la", "data"))
AUTHOR = frozenset(("from", "de", "de la"))
FEWEST = 2  # such lines, one of them with an address or a name, make a header


def headers(note: Note, found: list[Mention]) -> list[tuple[int, int, Mention]]:
    """(first, last character of the message, the date it was written on) of every message whose header says one."""
    fields = _fields(note)
    names = {name for _, _, name in fields}
    if len(fields) < FEWEST or not names & AUTHOR:
        return []
    dated = [
        (start, mention)
        for start, end, name in fields
        if name in WRITTEN
        for mention in found
        if start <= mention.start < end and mention.day is not None
    ]
    ends = [start for start, _ in dated[1:]] + [len(note.text.folded)]
    return [(start, end, mention) for (start, mention), end in zip(dated, ends, strict=False)]


def line_of(note: Note, statement: Statement) -> int:
    """Which line of the message the statement stands on, the header above it not counted."""
    return max(0, statement.line - _opening(note))


def senders(note: Note) -> frozenset[str]:
    """The words of the lines that say who wrote the message, where its header has two fields or more."""
    fields = _fields(note)
    written = [(start, end) for start, end, name in fields if name in AUTHOR] if len(fields) >= FEWEST else []
    return frozenset(word for word, start, _ in note.places for first, last in written if first <= start < last)


@lru_cache(maxsize=1)
def _opening(note: Note) -> int:
    """How many lines at the top are a mail's header, with rules and empty lines around it."""
    lines = note.text.folded.split("\n")
    count = next((number for number, line in enumerate(lines) if line.strip(" -_=>*") and not _is_header(line)), 0)
    return count if sum(bool(FIELD.match(line)) for line in lines[:count]) >= FEWEST else 0


def _is_header(line: str) -> bool:
    return bool(FIELD.match(line)) or bool(RULE.fullmatch(line))


def _fields(note: Note) -> list[tuple[int, int, str]]:
    """(first, last character, name) of every line of a header."""
    fields, start = [], 0
    for line in note.text.folded.split("\n"):
        named = FIELD.match(line)
        if named:
            fields.append((start, start + len(line), named[1]))
        start += len(line) + 1
    return fields
