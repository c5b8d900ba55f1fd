"""Which country a note shows: by its places, the endings of its addresses, and what is said of its money."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from proposals.reading.note import Note
from proposals.reading.phrases import Phrasebook
from proposals.reading.signals import LANGUAGES

HOME_OF_DOLLAR = {"fr": "ca"}  # who counts in dollars and writes in French is Canadian
ADDRESS_END = re.compile(r"\.([a-z]{2,12})(?![\w.@-]|\.\w)")


@cache
def _countries() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((LANGUAGES / "countries.toml").read_text(encoding="utf-8"))


@cache
def _places() -> Phrasebook:
    book = Phrasebook()
    for code, each in _countries().items():
        book.add(code, each["places"])
    return book


def country(note: Note) -> str | None:
    """The code of the country that the note points to, if it points to one."""
    counts: dict[str, float] = {}
    for match in _places().find(note.words, note.breaks, {}):
        if not any(first <= match.first < last for first, last in note.void):
            counts[match.name] = counts.get(match.name, 0) + 1
    for ending in ADDRESS_END.finditer(note.text.folded):
        for code, each in _countries().items():
            if ending[1] in [tld.strip() for tld in each["tlds"].split(",")] and not note.is_void(ending.start(1)):
                counts[code] = counts.get(code, 0) + 1.5
    return max(counts, key=lambda code: counts[code]) if counts else None


@lru_cache(maxsize=1)
def place_words(note: Note) -> frozenset[int]:
    """The words that name a country or a place of one."""
    return frozenset(i for match in _places().find(note.words, note.breaks, {}) for i in range(match.first, match.last))


def currency_of(word: str, note: Note) -> str | None:
    """ISO code of a currency whose word several countries share ("dollar", "pound", "franc", "balle") in this note."""
    here = country(note) or (HOME_OF_DOLLAR.get(note.language or "") if word == "dollar" else None)
    stated = {"dollar": "USD", "pound": "GBP", "franc": "CHF", "balle": "EUR"}
    return _countries().get(here or "", {}).get(word, stated.get(word))


def is_month_first(code: str | None) -> bool:
    """Whether the country writes 9/4 for the fourth of September."""
    return bool(_countries().get(code or "", {}).get("month_first"))
