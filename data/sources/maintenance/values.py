"""Cells as people write them (7,5 · 1:30 · oui · 99,98 %) into the values that the warehouse keeps.

Every reader takes a cell that isn't blank and raises ValueError with a reason for the user.
"""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from data.money import minor_digits, to_minor
from data.sources.maintenance.layout import Column, plain, table

CODE = re.compile(r"[A-Za-z]{3}")
SPACES = dict.fromkeys(map(ord, " \u00a0\u202f\u2009'’"))
CLOCK = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")
HOURS_MINUTES = re.compile(
    r"(?:(\d+(?:[.,]\d+)?)\s*h(?:ours?|eures?|rs?)?)?\s*(?:(\d+)\s*(?:m|min|mins|minutes?)?)?", re.IGNORECASE
)
MINUTES = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:m|min|mins|minutes?)", re.IGNORECASE)
LONGEST_HOURS = 744  # a month of 31 days
LARGEST = 10**12
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
GUARDED = re.compile(r"'(?=[=+\-@\t\r])")


def is_blank(cell: Any) -> bool:
    """Whether a cell says nothing: empty, or a sign for "unknown"."""
    return cell is None or (isinstance(cell, str) and cell.strip().casefold() in _unknown())


def text(cell: Any) -> str:
    """A cell as one piece of text; the apostrophe that guards a spreadsheet against a formula is taken off again."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, (datetime, time)):
        return cell.isoformat()
    return GUARDED.sub("", UNPRINTABLE.sub("", str(cell)).strip(), count=1)[:2000]


@lru_cache(maxsize=20_000)
def _site(written: str) -> str:
    bare = re.sub(r"^[a-z][a-z0-9+.-]*://", "", written.strip().lower())
    bare = re.sub(r"[?#].*$", "", bare.split("@")[-1]).strip().rstrip("/")
    bare = bare.removeprefix("www.").removesuffix(".")
    if not any(c.isalnum() for c in bare) or "\n" in bare:
        raise ValueError(f"“{written[:60]}” is no site; write its address, as example.com")
    return bare[:300]


def site(cell: Any) -> str:
    """A site's address in one form: `https://www.Example.com/` and `example.com` are the same site."""
    return _site(text(cell))


def email(cell: Any) -> str:
    """An e-mail address in lower case."""
    written = text(cell).lower()
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", written):
        raise ValueError(f"“{written[:60]}” is no e-mail address")
    return written


def number(cell: Any) -> Decimal:
    """A number from 0 up, with a decimal point or comma, thousands parted by space, apostrophe, point or comma."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float, str)):
        raise ValueError(f"“{cell}” is no number")
    return _number(str(round(cell, 6) if isinstance(cell, float) else cell).strip())


@lru_cache(maxsize=20_000)
def _number(written: str) -> Decimal:
    digits = written.translate(SPACES).removeprefix("+")
    point, comma = digits.count("."), digits.count(",")
    if point and comma:
        thousands = "," if digits.rfind(".") > digits.rfind(",") else "."
        digits = digits.replace(thousands, "").replace(",", ".")
    elif comma == 1 and re.fullmatch(r"[1-9]\d{0,2},\d{3}", digits):
        raise ValueError(
            f"“{written}” may be {digits.replace(',', '.')} or {digits.replace(',', '')}; write it without a thousands sign"
        )
    elif comma == 1:
        digits = digits.replace(",", ".")
    elif point > 1 or comma > 1:
        digits = digits.replace(".", "").replace(",", "")
    if not re.fullmatch(r"-?(\d+(\.\d*)?|\.\d+)(e[+-]?\d\d?)?", digits) or len(digits) > 40:
        raise ValueError(f"“{written[:40]}” is no number")
    if digits.startswith("-") and Decimal(digits) != 0:
        raise ValueError(f"“{written[:40]}” is below zero")
    if Decimal(digits) > LARGEST:
        raise ValueError(f"“{written[:40]}” is too large to be true")
    return abs(Decimal(digits))


def count(cell: Any) -> int:
    """A whole number from 0 up; "none", "up to date" and "no" are 0."""
    if isinstance(cell, str) and plain(cell) in _none_waiting():
        return 0
    found = number(cell)
    if found != int(found) or found > 100_000:
        raise ValueError(f"“{cell}” is no count")
    return int(found)


def waiting(cell: Any) -> int:
    """Whether WordPress itself waits for an update, as 0 or 1: yes or no, a count, or the version that waits."""
    if isinstance(cell, str) and re.fullmatch(r"[vV]?\d+\.\d+(\.\d+)*", cell.strip()):
        return 1
    return int(yes_no(cell)) if isinstance(cell, (str, bool)) and plain(str(cell)) in _yes_no() else min(count(cell), 1)


def yes_no(cell: Any) -> bool:
    """Yes or no, in English, French or Romanian."""
    word = plain(text(cell)) or text(cell)
    if word not in _yes_no():
        raise ValueError(f"“{text(cell)[:40]}” is neither yes nor no")
    return _yes_no()[word]


def ratio(cell: Any) -> float:
    """A share between 0 and 1, from a percentage (99,98 % or 99.98) or from the share itself (0.9998)."""
    written = str(cell).strip()
    share = number(written.rstrip("%").rstrip() if isinstance(cell, str) else cell)
    share = share / 100 if written.endswith("%") or share > 1 else share
    if share > 1:
        raise ValueError(f"“{written[:40]}” is more than 100 %")
    return round(float(share), 8)


def hours(cell: Any) -> float:
    """Hours, from 1.5, 7,5, 1:30, 1h30, 90 min, or a spreadsheet's time cell; to the second."""
    found = round(float(_minutes_of(cell) / 60 if _is_clock(cell) else number(cell)), 4)
    if found > LONGEST_HOURS:
        raise ValueError(f"“{cell}” is more hours than a month has")
    return found


def minutes(cell: Any) -> float:
    """Minutes, from a number, 0:19 (hours and minutes), 19 min or 1h05."""
    return round(float(_minutes_of(cell) if _is_clock(cell) else number(cell)), 2)


def _is_clock(cell: Any) -> bool:
    return isinstance(cell, (time, timedelta, datetime)) or (isinstance(cell, str) and bool(re.search(r"[:hHmM]", cell)))


def _minutes_of(cell: Any) -> Decimal:
    if isinstance(cell, timedelta):
        return Decimal(round(cell.total_seconds())) / 60
    if isinstance(cell, datetime):
        raise ValueError(f"“{cell}” is a date, not a duration")
    if isinstance(cell, time):
        return Decimal(cell.hour * 3600 + cell.minute * 60 + cell.second) / 60
    written = cell.strip()
    if found := CLOCK.fullmatch(written):
        if int(found[2]) > 59 or int(found[3] or 0) > 59:
            raise ValueError(f"“{written}” has more than 59 minutes or seconds")
        return Decimal(int(found[1]) * 60 + int(found[2])) + Decimal(found[3] or 0) / 60
    if found := MINUTES.fullmatch(written):
        return number(found[1])
    if (found := HOURS_MINUTES.fullmatch(written)) and found[1]:
        return number(found[1]) * 60 + Decimal(found[2] or 0)
    raise ValueError(f"“{written[:40]}” is no duration; write it as 1.5 or 1:30")


def currency(cell: Any) -> str:
    """A currency's three letters, in lower case; €, £ and lei are understood, $ is too many currencies."""
    written = text(cell)
    code = table()["symbols"].get(written.lower(), written.lower())
    if not CODE.fullmatch(code):
        raise ValueError(f"“{written[:20]}” is no currency; write three letters, as EUR")
    return str(code)


def money(cell: Any, code: str) -> int:
    """An amount in major units as minor units of the currency; ValueError where it has more digits than the currency."""
    bare = re.sub(r"[^\d.,'’\s+-]|(?<![\d.,])[.,]$", "", cell).strip() if isinstance(cell, str) else cell
    amount = number(bare)
    if amount != round(amount, minor_digits(code)):
        raise ValueError(f"“{cell}” has more decimals than {code.upper()} has")
    return to_minor(amount, code)


def currency_of(cell: Any) -> str:
    """The currency that an amount names itself, as in “12,50 €” or “EUR 12.50”."""
    named = re.sub(r"[\d.,'’\s+-]", "", cell) if isinstance(cell, str) else ""
    if not named:
        raise ValueError("an amount needs a currency; add a column “currency” with three letters, as EUR")
    return currency(named)


def word(cell: Any, column: Column) -> str | None:
    """The value that a word stands for in this column; None where it is unknown and the column allows that."""
    found = column.values.get(plain(text(cell)))
    if found is None and column.unknown is None:
        raise ValueError(f"“{text(cell)[:40]}” is none of {', '.join(dict.fromkeys(column.values.values()))}")
    return found


READERS: dict[str, Callable[[Any], Any]] = {
    "site": site,
    "text": text,
    "email": email,
    "number": lambda cell: float(number(cell)),
    "count": count,
    "waiting": waiting,
    "yes_no": yes_no,
    "ratio": ratio,
    "hours": hours,
    "minutes": minutes,
    "currency": currency,
}


@cache
def _unknown() -> frozenset[str]:
    return frozenset(table()["words"]["unknown"])


@cache
def _none_waiting() -> frozenset[str]:
    return frozenset([*table()["words"]["none_waiting"], *(plain(word) or word for word in table()["words"]["no"])])


@cache
def _yes_no() -> dict[str, bool]:
    words = table()["words"]
    return {plain(word) or word: meaning == "yes" for meaning in ("yes", "no") for word in words[meaning]}
