"""The note as the reader sees it: lower case, without diacritics and markup, each character tied to its place in the note."""

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

HEAD, TAIL = 30_000, 8_000  # characters read of a text longer than any call's notes: its beginning and its end
TAG = re.compile(r"</?[a-zA-Z][^<>@]{0,400}>|<!(?!--)[^<>]{0,200}>")
ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
UNSEEN = re.compile(
    r"<([a-z][a-z0-9]{0,15})\b[^<>]{0,300}?(?:\bhidden\b|display\s?:\s?none|visibility\s?:\s?hidden|font-size\s?:\s?0)[^<>]{0,300}>"
)  # an element that no reader of the mail sees
SWISS_DASH = re.compile(r"(?<=\d)[.,]-(?=[\s,;)]|$)")  # "120'000.-" means 120,000 flat
PLAIN = {
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‹": '"', "›": '"',
    "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "œ": "oe", "æ": "ae", "ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ı": "i",
    "Œ": "oe", "Æ": "ae", "…": "...", "\t": "\t", "\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "½": ",5", "¼": ",25",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """A note and its folded view; `starts[i]`, `ends[i]`: the code points of the note that folded character i stands for."""

    raw: str
    folded: str
    starts: list[int]
    ends: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the note of the folded characters from start to end (end not included)."""
        return self.starts[start], self.ends[end - 1]

    def quote(self, start: int, end: int) -> str:
        """The note's own characters there."""
        first, last = self.span(start, end)
        return self.raw[first:last]


def unread(note: str) -> tuple[int, int] | None:
    """The place in a very long note that is not read, if there is one."""
    return (HEAD, len(note) - TAIL) if len(note) > HEAD + TAIL else None


def fold(text: str) -> str:
    """Lower case, no diacritics, plain quotes and dashes."""
    return "".join(_fold(character) for character in text)


def read(note: str) -> Text:
    """The note with tags, scripts, comments and invisible characters taken out of the folded view, entities decoded."""
    raw = note
    hidden, decoded = ({}, {}) if len(note) > 2_000_000 else _markup(raw)
    middle = range(HEAD, len(raw) - TAIL) if len(raw) > HEAD + TAIL else range(0)
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    while position < len(raw):
        if position in middle:
            end, letters = middle.stop, "\n"
        elif position in hidden:
            end, letters = hidden[position], " "
        elif position in decoded:
            end, value = decoded[position]
            letters = "".join(_fold(character) for character in value)
        else:
            end, letters = position + 1, _fold(raw[position])
        if not letters and ends and unicodedata.combining(raw[position]):
            ends[-1] = end  # the mark belongs to the letter before it
        folded.append(letters)
        starts += [position] * len(letters)
        ends += [end] * len(letters)
        position = end
    return Text(note, SWISS_DASH.sub("  ", "".join(folded)), starts, ends)


@cache
def _fold(character: str) -> str:
    if character in PLAIN:
        return PLAIN[character]
    if character.isascii():
        return character.lower() if character.isprintable() else " "
    kind = unicodedata.category(character)
    if kind == "Zs":
        return " "
    if kind in ("Cf", "Mn", "Cc"):
        return ""
    plain = "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    return plain.lower()


def _markup(raw: str) -> tuple[dict[int, int], dict[int, tuple[int, str]]]:
    """Start → end of what is hidden; start → (end, characters) of entities."""
    hidden: dict[int, int] = {}
    decoded: dict[int, tuple[int, str]] = {}
    if "<" in raw:
        lower = raw.lower()
        for opening, closing in (("<!--", "-->"), ("<script", "</script"), ("<style", "</style")):
            start = lower.find(opening) if len(lower) == len(raw) else -1
            while start >= 0:
                end = lower.find(closing, start + len(opening))
                if end < 0:
                    break
                close = lower.find(">", end)
                hidden[start] = close + 1 if close >= 0 else end + len(closing)
                start = lower.find(opening, hidden[start])
        never_closed: set[str] = set()
        for match in UNSEEN.finditer(lower) if len(lower) == len(raw) else ():
            close = -1 if match[1] in never_closed else lower.find(f"</{match[1]}", match.end())
            never_closed |= {match[1]} if close < 0 else set()  # so that many of them cost no more than one
            hidden.setdefault(match.start(), close if close >= 0 else match.end())
        for match in TAG.finditer(raw):
            hidden.setdefault(match.start(), match.end())
    if "&" in raw:
        for match in ENTITY.finditer(raw):
            value = html.unescape(match[0])
            if value != match[0]:
                decoded[match.start()] = (match.end(), value)
    return hidden, decoded
