"""The discount guard: finds wording that subtracts price, in any language there is (R16: never a discount, not even the word).

The words are data: `languages/<code>/discounts.toml` lists patterns and the sentence that says what to offer instead.
Everything is matched without accents, at word boundaries, in every language at once, since a French e-mail can hold an
English “discount”. A pattern that a service may rightly use (“reduce load time”) is excepted by what stands after it.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SEPARATORS = " .-_*·"
SPELT = re.compile(r"(?<!\w)[a-z](?:[ .\-_*·]{1,2}[a-z](?!\w)){4,}")  # “d i s c o u n t”, “d.i.s.c.o.u.n.t”
HYPHEN = re.compile(r"(?<=[a-z]{2})-(?=[a-z]{2})")
MIXED = re.compile(r"(?<![\w.,])(?=\w*[a-z]\w*[0-9]|\w*[0-9]\w*[a-z])(?=\w*[a-z]\w*[a-z])\w{4,}")
DIGITS = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t"}
# Letters of other alphabets that look like Latin ones.
LOOK_ALIKE = dict(zip("аеорсухіјѕԁһԛԝзкмтвнгαεορυχικντβηо", "aeopcyxijsdhqwskmtbnraeopuxikvtbno", strict=False))
FOLDER = Path(__file__).parent / "languages"


@dataclass(frozen=True)
class Hit:
    """One discount word: what was written, where (code points of the text), by which language, and what to say instead."""

    word: str
    start: int
    end: int
    language: str
    suggestion: str


def find(text: str) -> list[Hit]:
    """Every discount wording of the text in its order, none twice; an empty list where there is none."""
    hits = []
    for plain, places in _views(text):
        for language, pattern, suggestion in _patterns():
            for match in pattern.finditer(plain):
                start, end = places[match.start()], places[match.end() - 1] + 1
                hits.append(Hit(text[start:end], start, end, language, suggestion))
    return list(_outermost(sorted(hits, key=lambda hit: (hit.start, -hit.end))))


def _outermost(hits: list[Hit]) -> Iterator[Hit]:
    reached = -1
    for hit in hits:
        if hit.start >= reached:
            yield hit
            reached = hit.end


def _views(text: str) -> Iterator[tuple[str, list[int]]]:
    """The text as it reads, then with words put together again that were spelt out, hyphenated, or hold digits for letters."""
    plain, places = _plain(text)
    yield plain, places
    drop = {at for match in SPELT.finditer(plain) for at in range(*match.span()) if plain[at] in SEPARATORS}
    drop |= {match.start() for match in HYPHEN.finditer(plain)}
    mixed = {at for match in MIXED.finditer(plain) for at in range(*match.span()) if plain[at] in DIGITS}
    if drop or mixed:
        kept = [at for at in range(len(plain)) if at not in drop]
        yield "".join(DIGITS[plain[at]] if at in mixed else plain[at] for at in kept), [places[at] for at in kept]


def _plain(text: str) -> tuple[str, list[int]]:
    """The text in small letters without accents and invisible signs, and where in the text each of its letters stands."""
    letters, places = [], []
    for place, character in enumerate(text):
        letter = _letter(character)
        letters.append(letter)
        places += [place] * len(letter)
    return "".join(letters), places


@cache
def _letter(character: str) -> str:
    if character in "’ʼ‘":
        return "'"
    if character.isspace():
        return " "
    parts = (c for c in unicodedata.normalize("NFKD", character.lower()) if unicodedata.category(c) != "Mn")
    return "" if unicodedata.category(character) in ("Cf", "Cc") else "".join(LOOK_ALIKE.get(c, c) for c in parts)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    found = []
    for path in sorted(FOLDER.glob("*/discounts.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        found += [
            (path.parent.name, re.compile(rf"(?<!\w)(?:{_spaced(words)})(?!\w)"), table["suggestion"])
            for words in table["patterns"]
        ]
    return tuple(found)


def _spaced(words: str) -> str:
    """A space stands for any run of them, taken whole; so does one that may be missing."""
    return words.replace(" ", " ++").replace(r"\s?", " *+")
