"""How figures look: money, rates, counts, dates and changes as text in the reader's locale, and client text made harmless.

Figures follow the browser's locale; words, month names included, are English as the rest of the page. Where a value is
missing the text is “n/a”. Money comes in as integers in minor units.
"""

import datetime as dt
import re
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime

from data import in_locale

MISSING = "n/a"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&@/])")
# Links, icons and emoji are also found in text that is already unescaped; an invisible joiner breaks their pattern.
_AUTOMATIC = re.compile(r"(:|@|www)(?=\S)", re.IGNORECASE)
_IDS = re.compile(r" \([FR]\d+[^)]*\)")
_JOINER = "\N{WORD JOINER}"


def reader_locale() -> str:
    """The browser's locale as Babel knows it; `en` where it is unknown."""
    return _known_locale(str(st.context.locale or "en"))


@lru_cache(maxsize=64)
def _known_locale(code: str) -> str:
    try:
        return str(Locale.parse(code.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return "en"


def is_missing(value: Any) -> bool:
    """Whether a frame's cell holds nothing (None, NaN, NaT, NA)."""
    return bool(pd.isna(value))


def money(minor: Any, currency: str, *, short: bool = False, signed: bool = False) -> str:
    """An amount in its currency: exact, or `short` for headlines (no empty decimals; from 10,000 as 12.4k)."""
    return MISSING if is_missing(minor) else in_locale.money(int(minor), currency, reader_locale(), short=short, signed=signed)


def rate(value: Any, digits: int = 1) -> str:
    """A share of one as per cent: 0.0169 → 1.7%."""
    return MISSING if is_missing(value) else in_locale.rate(str(value), reader_locale(), digits)


def share(value: Any) -> str:
    """A share of one in whole per cent, and with as many decimals as it takes not to be 0%: 0.12 → 12%, 0.002 → 0.2%."""
    return MISSING if is_missing(value) else rate(value, in_locale.digits_of_share(value))


def count(value: Any, one: str = "", many: str = "") -> str:
    """A whole number, with its noun if one is given: 1 client, 12 clients."""
    if is_missing(value):
        return MISSING
    number = in_locale.count(int(value), reader_locale())
    return f"{number} {one if int(value) == 1 else many or one + 's'}" if one else number


def hours(value: Any) -> str:
    """Hours with no more decimals than they have, at most two: 1.25 h, 3 h."""
    return MISSING if is_missing(value) else f"{decimal(value)} h"


def recorded_hours(value: Any) -> str:
    """Hours, or “No data” where none are recorded."""
    return "No data" if is_missing(value) else hours(value)


def decimal(value: Any) -> str:
    """A number with no more decimals than it has, at most two."""
    return in_locale.decimal(float(value), reader_locale())


def step(value: Any) -> str:
    """A change of a whole number with its sign; an unchanged one is 0."""
    sign = "" if is_missing(value) or value == 0 else "+" if value > 0 else in_locale.MINUS
    return MISSING if is_missing(value) else sign + count(abs(int(value)))


def of(part: Any, whole: Any) -> str:
    """The counts behind a rate: 1 of 59."""
    return MISSING if is_missing(part) or is_missing(whole) else f"{count(part)} of {count(whole)}"


def change(now: Any, before: Any, currency: str = "") -> str | int | None:
    """The difference with its sign, as money if a currency is given; 0 where nothing changed, None without an earlier value."""
    if is_missing(now) or is_missing(before):
        return None
    step = int(now) - int(before)
    if not step:
        return 0
    return money(step, currency, short=True, signed=True) if currency else in_locale.sign(step, signed=True) + count(abs(step))


def as_day(value: Any) -> dt.date | None:
    """A frame's month (`2026-11`), date or instant as a date; None where it is missing."""
    if is_missing(value):
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = str(value)
    return dt.date.fromisoformat(text[:10] if len(text) >= 10 else f"{text[:7]}-01")


def month(value: Any, *, short: bool = False) -> str:
    """A month in words: November 2026, or Nov 2026."""
    day = as_day(value)
    return _in_words(day, "MMM y" if short else "MMMM y") if day else MISSING


def period(label: Any) -> str:
    """A month (`2026-10`) or quarter (`2026-Q3`) in words: October 2026, Q3 2026."""
    text = str(label)
    return f"{text[5:]} {text[:4]}" if "Q" in text else month(text)


def earlier_months(value: Any) -> tuple[str, str]:
    """The month before and the same month a year before, short: Oct, Nov 2025."""
    first = (as_day(value) or dt.date.max).replace(day=1)
    before, year_before = first - dt.timedelta(days=1), first.replace(year=first.year - 1)
    return _in_words(before, "MMM"), _in_words(year_before, "MMM y")


def date(value: Any) -> str:
    """A day, as 21 Nov 2026."""
    day = as_day(value)
    return _in_words(day, "d MMM y") if day else MISSING


@lru_cache(maxsize=5_000)
def _in_words(day: dt.date, pattern: str) -> str:
    return str(format_date(day, pattern, locale="en"))


def instant(value: Any) -> str:
    """A UTC instant to the minute, as 21 Nov 2026, 14:05 UTC."""
    return MISSING if is_missing(value) else f"{format_datetime(value, 'd MMM y, HH:mm', locale='en')} UTC"


def sentence(text: Any) -> str:
    """Text with a capital at its start, the rest as it is."""
    return str(text)[:1].upper() + str(text)[1:]


def every(times: Any, unit: Any) -> str:
    """A billing interval in words: every month, every 3 months."""
    return f"every {unit}" if int(times) == 1 else f"every {int(times)} {unit}s"


def plain(text: Any) -> str:
    """Text of others (a client's name, a reason) so that Markdown shows it letter by letter, on one line."""
    flat = " ".join(str("" if is_missing(text) else text).split())
    return _MARKDOWN.sub(r"\\\1", _AUTOMATIC.sub(rf"\1{_JOINER}", flat))


def without_ids(text: str) -> str:
    """Our own words without the ids of the rules that they follow, which only the code needs: “(F22–F24)”."""
    return _IDS.sub("", text)


def listing(parts: list[str]) -> str:
    """Parts as an English list: a, b and c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""
