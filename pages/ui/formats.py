"""How figures look: money, rates, counts, dates and changes as text in the reader's locale, and client text made harmless.

Figures follow the browser's locale; words, month names included, are English as the rest of the page. Where a value is
missing the text is “n/a”. Money comes in as integers in minor units.
"""

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent

from data.money import minor_digits, to_major

MISSING = "n/a"
MINUS = "−"
SHORT_FROM = 10_000
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
    return MISSING if is_missing(minor) else _money(int(minor), currency, short, signed, reader_locale())


@lru_cache(maxsize=20_000)
def _money(minor: int, currency: str, short: bool, signed: bool, locale: str) -> str:
    amount = to_major(abs(minor), currency)
    if short and amount >= SHORT_FROM:
        text = _compact(amount, currency, locale)
    else:
        text = _exact(amount, currency, 0 if short and amount == int(amount) else minor_digits(currency), locale)
    return _sign(minor, signed) + text


def _compact(amount: Decimal, currency: str, locale: str) -> str:
    power, letter = (6, "M") if amount >= 1_000_000 else (3, "k")
    number = format_decimal(amount.scaleb(-power), "#,##0.#", locale=locale)
    return _around(number + letter, currency, locale)


def _exact(amount: Decimal, currency: str, digits: int, locale: str) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return _around(format_decimal(amount, pattern, locale=locale), currency, locale)


@lru_cache(maxsize=256)
def _frame(currency: str, locale: str) -> tuple[str, str]:
    """What stands before and after a number in that currency, from the locale's own pattern."""
    known = Locale.parse(locale)
    pattern = known.currency_formats["standard"]
    symbol = known.currency_symbols.get(currency.upper(), currency.upper())
    before, after = (part.replace("¤", symbol) for part in (pattern.prefix[0], pattern.suffix[0]))
    if before and before[-1].isalpha():
        before += "\N{NO-BREAK SPACE}"
    return before, after


def _around(number: str, currency: str, locale: str) -> str:
    before, after = _frame(currency, locale)
    return f"{before}{number}{after}"


def _sign(value: float | Decimal, signed: bool) -> str:
    return MINUS if value < 0 else "+" if signed and value > 0 else ""


def rate(value: Any, digits: int = 1) -> str:
    """A share of one as per cent: 0.0169 → 1.7%."""
    return MISSING if is_missing(value) else _rate(str(value), digits, reader_locale())


@lru_cache(maxsize=5_000)
def _rate(value: str, digits: int, locale: str) -> str:
    exact = Decimal(value).quantize(Decimal(1).scaleb(-digits - 2), ROUND_HALF_UP)
    pattern = Locale.parse(locale).percent_formats[None].pattern.split(";")[0]
    bare = pattern.replace("#,##0", "#,##0" + ("." + "0" * digits if digits else ""))
    return _sign(exact, signed=False) + str(format_percent(abs(exact), bare, locale=locale))


def share(value: Any) -> str:
    """A share of one in whole per cent, and with as many decimals as it takes not to be 0%: 0.12 → 12%, 0.002 → 0.2%."""
    return rate(
        value, next((digits for digits in (0, 1, 2) if is_missing(value) or not value or abs(value) >= 10 ** -(digits + 2)), 3)
    )


def count(value: Any, one: str = "", many: str = "") -> str:
    """A whole number, with its noun if one is given: 1 client, 12 clients."""
    if is_missing(value):
        return MISSING
    number = _number(int(value), reader_locale())
    return f"{number} {one if int(value) == 1 else many or one + 's'}" if one else number


@lru_cache(maxsize=5_000)
def _number(value: int, locale: str) -> str:
    return _sign(value, signed=False) + str(format_decimal(abs(value), "#,##0", locale=locale))


def hours(value: Any) -> str:
    """Hours with no more decimals than they have, at most two: 1.25 h, 3 h."""
    return MISSING if is_missing(value) else _hours(float(value), reader_locale())


@lru_cache(maxsize=5_000)
def _hours(value: float, locale: str) -> str:
    return f"{_sign(value, signed=False)}{format_decimal(abs(value), '#,##0.##', locale=locale)} h"


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
    return money(step, currency, short=True, signed=True) if currency else _sign(step, signed=True) + count(abs(step))


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
