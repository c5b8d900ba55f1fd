"""The lines above a forwarded message (From, Sent, Subject), in three languages: when it was written, not when anybody met."""

import re

from proposals.reading.dates import Mention
from proposals.reading.note import Note

FIELD = re.compile(
    r"^[\W_]*(from|to|cc|subject|sent|date|de|de la|a|objet|envoye|envoye le|catre|subiect|trimis|trimis la|data)[\W_]{0,3}:"
)
WRITTEN = frozenset(("sent", "date", "envoye", "envoye le", "trimis", "trimis la", "data"))
FEWEST = 2  # such lines, one of them with an address or a name, make a header


def headers(note: Note, found: list[Mention]) -> list[tuple[int, int, Mention]]:
    """(first, last character of the message, the date it was written on) of every message whose header says one."""
    fields = _fields(note)
    names = {name for _, _, name in fields}
    if len(fields) < FEWEST or not names & {"from", "de", "de la"}:
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


def _fields(note: Note) -> list[tuple[int, int, str]]:
    """(first, last character, name) of every line of a header."""
    fields, start = [], 0
    for line in note.text.folded.split("\n"):
        named = FIELD.match(line)
        if named:
            fields.append((start, start + len(line), named[1]))
        start += len(line) + 1
    return fields
