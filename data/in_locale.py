"""Figures as a locale writes them: amounts, shares and numbers as text, never with an ASCII minus; kept, as they come again."""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import format_decimal, format_percent

from data.money import minor_digits, to_major

MINUS = "−"
SHORT_FROM = 10_000


@lru_cache(maxsize=20_000)
def money(minor: int, currency: str, locale: str, *, short: bool = False, signed: bool = False) -> str:
    """An amount in its currency: exact, or `short` for headlines (no empty decimals; from 10,000 as 12.4k)."""
    amount = to_major(abs(minor), currency)
    if short and amount >= SHORT_FROM:
        text = _compact(amount, currency, locale)
    else:
        text = _exact(amount, currency, 0 if short and amount == int(amount) else minor_digits(currency), locale)
    return sign(minor, signed=signed) + text


@lru_cache(maxsize=5_000)
def rate(value: str, locale: str, digits: int = 1, *, signed: bool = False) -> str:
    """A share of one (in digits, as `0.0169`) as per cent, rounded half-up: 1.7%."""
    exact = Decimal(value).quantize(Decimal(1).scaleb(-digits - 2), ROUND_HALF_UP)
    pattern = Locale.parse(locale).percent_formats[None].pattern.split(";")[0]
    bare = pattern.replace("#,##0", "#,##0" + ("." + "0" * digits if digits else ""))
    return sign(exact, signed=signed) + str(format_percent(abs(exact), bare, locale=locale))


def digits_of_share(share: float) -> int:
    """How many decimals per cent need so that a share of one is not told as 0%: 0 for 0.12, 1 for 0.002, at most 3."""
    return next((digits for digits in (0, 1, 2) if not share or abs(share) >= 10 ** -(digits + 2)), 3)


@lru_cache(maxsize=5_000)
def count(value: int, locale: str, *, signed: bool = False) -> str:
    """A whole number."""
    return sign(value, signed=signed) + str(format_decimal(abs(value), "#,##0", locale=locale))


@lru_cache(maxsize=5_000)
def decimal(value: float, locale: str) -> str:
    """A number with no more decimals than it has, at most two."""
    return sign(value) + str(format_decimal(abs(value), "#,##0.##", locale=locale))


def sign(value: float | Decimal, *, signed: bool = False) -> str:
    """The minus of a number below 0; the plus of one above where it is `signed`."""
    return MINUS if value < 0 else "+" if signed and value > 0 else ""


def _compact(amount: Decimal, currency: str, locale: str) -> str:
    power, letter = (6, "M") if amount >= 1_000_000 else (3, "k")
    number = format_decimal(amount.scaleb(-power), "#,##0.#", locale=locale)
    return _around(number + letter, currency, locale)


def _exact(amount: Decimal, currency: str, digits: int, locale: str) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return _around(format_decimal(amount, pattern, locale=locale), currency, locale)


def _around(number: str, currency: str, locale: str) -> str:
    before, after = _frame(currency, locale)
    return f"{before}{number}{after}"


@lru_cache(maxsize=256)
def _frame(currency: str, locale: str) -> tuple[str, str]:
    """What stands before and after a number in that currency, from the locale's own pattern."""
    known = Locale.parse(locale)
    pattern = known.currency_formats["standard"]
    symbol = known.currency_symbols.get(currency.upper(), currency.upper())
    before, after = (str(part).replace("¤", symbol) for part in (pattern.prefix[0], pattern.suffix[0]))
    if before and before[-1].isalpha():
        before += "\N{NO-BREAK SPACE}"
    return before, after
