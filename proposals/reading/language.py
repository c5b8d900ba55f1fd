"""Which language a note is mostly written in, by its function words and its script."""

import tomllib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache

from proposals.reading.signals import LANGUAGES, common_words, languages
from proposals.reading.text import fold

SCRIPTS = {"CYRILLIC": "ru", "ARABIC": "ar", "HEBREW": "he", "GREEK": "el", "CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja",
           "HANGUL": "ko", "DEVANAGARI": "hi", "THAI": "th"}  # fmt: skip


@cache
def _common_words() -> dict[str, frozenset[str]]:
    """Code → frequent short words, of the languages that can be read and of those that are only recognised."""
    known = {code: common_words(code) for code in languages()}
    others = tomllib.loads((LANGUAGES / "others.toml").read_text(encoding="utf-8"))
    return {code: _split(words) for code, words in others.items()} | known


def _split(words: str) -> frozenset[str]:
    return frozenset(fold(words).split())


def shares(words: Sequence[str]) -> dict[str, float]:
    """Code → the share of the note's function words that are its own; a word of several languages counts for each in part."""
    common = _common_words()
    counts: dict[str, float] = {}
    for word in words:
        owners = [code for code, known in common.items() if word in known]
        for code in owners:
            counts[code] = counts.get(code, 0.0) + 1 / len(owners) ** 2
    total = sum(counts.values())
    return {code: count / total for code, count in sorted(counts.items(), key=lambda item: -item[1])} if total else {}


def script(text: str) -> str | None:
    """The language to which a script other than Latin points, where most letters are of that script."""
    seen: Counter[str] = Counter()
    for character in text[:4000]:
        if character.isalpha():
            seen["LATIN" if character.isascii() else unicodedata.name(character, "?").split()[0]] += 1
    if not seen:
        return None
    name, count = seen.most_common(1)[0]
    return SCRIPTS.get(name) if count * 2 > sum(seen.values()) else None


def detect(raw: str, words: Sequence[str]) -> tuple[str | None, list[str]]:
    """The note's language (None where it can't be told), and the readable languages in which to read it, likeliest first."""
    foreign = script(raw)
    found = shares(words[:6000])
    readable = [code for code in found if code in languages()]
    if foreign:
        return foreign, [code for code in readable if found[code] > 0.2]
    if not found:
        return None, list(languages()) if raw.strip() else []
    best = next(iter(found))
    main = readable[:1] if best in languages() else []
    return best, main + [code for code in readable if code not in main and found[code] >= 0.22]
