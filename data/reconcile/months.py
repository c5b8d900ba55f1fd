"""Months as other tools write them: 2026-01, Jan 2026, 01/2026, 2026-01-31, 31.01.2026, janvier 2026."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any

from babel import Locale

LANGUAGES = ("en", "fr", "ro", "de", "es", "it", "nl", "pt")
_YEAR_FIRST = re.compile(r"(20\d\d)[-/. ]?(0?[1-9]|1[0-2])(?:[-/. ](?:0?[1-9]|[12]\d|3[01]))?(?:[T ]\d\d:\d\d.*)?")
_MONTH_AND_YEAR = re.compile(r"(0?[1-9]|1[0-2])[-/. ](20\d\d)")
_DAY_IN_FRONT = re.compile(r"(\d\d?)[-/. ](\d\d?)[-/. ](20\d\d)(?: \d\d?:\d\d.*)?")
_NAMED = re.compile(
    r"(?:(\d\d?)(?:st|nd|rd|th)?[-. ]+)?([^\W\d_]+)\.?[-/,. ]*(?:(\d\d?)(?:st|nd|rd|th)?,[ ]*)?['’]?(20\d\d|\d\d)"
)


def month_of(text: Any, day_first: bool | None = None) -> str | None:
    """The month that a heading or cell names, as `2026-01`; None where it names none, or could name two.

    `day_first` says how 02/01/2026 is meant; days above 12 say it by themselves.
    """
    if isinstance(text, datetime | date):
        return f"{text:%Y-%m}"
    plain = " ".join(str(text or "").split())
    if found := _YEAR_FIRST.fullmatch(plain):
        return _written(found[1], found[2])
    if found := _MONTH_AND_YEAR.fullmatch(plain):
        return _written(found[2], found[1])
    if found := _DAY_IN_FRONT.fullmatch(plain):
        return _of_slashed(int(found[1]), int(found[2]), found[3], day_first)
    if found := _NAMED.fullmatch(plain):
        number = _names().get(found[2].lower())
        return _written(found[4] if len(found[4]) == 4 else f"20{found[4]}", number) if number else None
    return None


def heading_month(heading: str, day_first: bool | None = None) -> str | None:
    """The month of a column's heading, also where words stand around it, as in “MRR Jan 2026” or “2026-01 (USD)”."""
    bare = re.sub(r"\([^)]*\)|\b(?:mrr|amount|revenue|month|end of|eom)\b|:$|_", " ", heading, flags=re.IGNORECASE)
    return month_of(" ".join(bare.split()).strip(" -–"), day_first)


def is_day_first(texts: Iterable[Any]) -> bool | None:
    """How dates such as 02/01/2026 are meant, told by the others of their column; None where nothing tells it.

    A number above 12 can only be a day; where one place always holds the same day of the month (1), that is the day.
    """
    pairs = [
        (int(found[1]), int(found[2])) for text in texts if (found := _DAY_IN_FRONT.fullmatch(" ".join(str(text).split())))
    ]
    firsts, seconds = {first for first, _ in pairs}, {second for _, second in pairs}
    if any(first > 12 for first in firsts):
        return True
    if any(second > 12 for second in seconds):
        return False
    if len(pairs) > 1 and (firsts == {1}) != (seconds == {1}):
        return firsts == {1}
    return None


def _of_slashed(first: int, second: int, year: str, day_first: bool | None) -> str | None:
    if (first > 12 and second <= 12) or first == second:
        return _written(year, second)
    if second > 12 and first <= 12:
        return _written(year, first)
    if first > 12 or day_first is None:
        return None
    return _written(year, second if day_first else first)


def _written(year: str, number: str | int) -> str | None:
    return f"{year}-{int(number):02d}" if 1 <= int(number) <= 12 else None


@cache
def _names() -> dict[str, int]:
    names: dict[str, int] = {"sept": 9}
    for code in LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale.parse(code).months[context][width].items():
                    names.setdefault(name.lower().rstrip("."), number)
    return names
