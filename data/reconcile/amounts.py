"""Amounts as other tools write them: 1,234.50 · 1 234,50 € · $99 · (12.00) · USD 1'234; read by what the whole column shows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from data.money import minor_digits

SYMBOLS = {"$": "usd", "€": "eur", "£": "gbp", "¥": "jpy", "₹": "inr", "zł": "pln", "lei": "ron", "kr": "", "fr": "chf"}
EMPTY = frozenset(("", "-", "–", "—", "n/a", "na", "null", "none", "nan"))
_SPACES = re.compile("[\\s'’\u00a0\u202f\u2009]")
_NUMBER = re.compile(r"\d[\d.,\s'’\u00a0\u202f\u2009]*|[.,]\d+")


@dataclass(frozen=True)
class Habit:
    """How a column writes amounts: decimal sign (empty: asked for), whether any has decimals, currencies beside them."""

    decimal: str
    has_decimals: bool
    currencies: tuple[str, ...]


def habit(texts: Iterable[Any], currency: str = "") -> Habit:
    """What the amounts of a file show of its habit.

    A sign that stands last of two kinds, or once with other than three digits behind it, parts decimals; one that stands twice,
    or a lone comma with three digits behind it, parts thousands. A lone point with three digits behind it is asked for
    (decimal empty) where nothing else in the column tells.
    """
    decimals: set[str] = set()
    thousands: set[str] = set()
    unclear: set[str] = set()
    currencies: set[str] = set()
    for text in texts:
        if isinstance(text, int | float):
            decimals |= {"."} if text != int(text) else set()
            continue
        currencies |= set(_signs(str(text)))
        number = _SPACES.sub("", _bare(str(text)))
        signs = [sign for sign in number if sign in ".,"]
        if not signs:
            continue
        if len(set(signs)) == 2:
            decimals.add(signs[-1])
            thousands.add(signs[0])
        elif len(signs) > 1:
            thousands.add(signs[0])
        elif len(number.rsplit(signs[0], 1)[1]) != 3 or number.startswith((signs[0], f"0{signs[0]}")):
            decimals.add(signs[0])
        else:
            unclear.add(signs[0])
    if len(decimals) > 1:
        return Habit("", True, tuple(sorted(currencies)))
    decimal = next(iter(decimals), "")
    if not decimal:
        decimal = _by_elimination(thousands, unclear, minor_digits(currency) if currency else 2)
    return Habit(decimal, bool(decimals) or decimal in unclear, tuple(sorted(currencies)))


def _by_elimination(thousands: set[str], unclear: set[str], digits: int) -> str:
    if unclear - thousands and (digits == 3 or "." in unclear - thousands):
        return ""
    return "," if "." in thousands else "."


def amount(text: Any, decimal: str) -> Decimal | None:
    """An amount as it is written, without its currency; None for an empty cell. ValueError where it is no number."""
    if text is None or isinstance(text, bool):
        return None
    if isinstance(text, int | float):
        return None if text != text else Decimal(str(text))
    if str(text).strip().lower() in EMPTY:
        return None
    number = _SPACES.sub("", _bare(str(text)))
    number = number.replace("," if decimal == "." else ".", "").replace(decimal, ".")
    try:
        value = Decimal(number)
    except InvalidOperation:
        raise ValueError(f"“{text}” is no amount") from None
    return -value if _is_negative(str(text)) else value


def _bare(text: str) -> str:
    found = _NUMBER.findall(text)
    return found[0].strip() if len(found) == 1 else "" if not found else "?"


def _is_negative(text: str) -> bool:
    plain = text.strip()
    return (plain.startswith("(") and plain.endswith(")")) or re.search(r"[-−]\s*[^\d\s]{0,3}\s*[\d.,]", plain) is not None


def _signs(text: str) -> list[str]:
    letters = re.sub(r"[\d.,\s'’()+\-−\u00a0\u202f\u2009]", "", text).lower()
    if not letters:
        return []
    if len(letters) == 3 and letters.isascii() and letters.isalpha() and letters not in SYMBOLS:
        return [letters]
    return [code for sign, code in SYMBOLS.items() if sign in letters][:1]
