"""How figures look in a review: money, shares, counts and days in a locale, and text of others made safe to set."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime

from data import in_locale
from proposals.language import Language

MISSING = "n/a"
_TURNS_TEXT = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")


@dataclass(frozen=True)
class Figures:
    """Figures follow `locale`, names of months the language."""

    language: Language
    locale: str
    words: Any

    def money(self, minor: Any, currency: str, *, signed: bool = False) -> str:
        """An exact amount in its currency, all its decimals shown; `n/a` where it is missing."""
        if is_missing(minor):
            return MISSING
        return in_locale.money(int(minor), currency, self.locale, signed=signed)

    def rate(self, value: Any, digits: int = 1, *, signed: bool = False) -> str:
        """A share of one as per cent, rounded half-up: 0.0169 → 1.7%."""
        if is_missing(value):
            return MISSING
        return in_locale.rate(str(value), self.locale, digits, signed=signed)

    def share(self, value: Any) -> str:
        """A share of one in whole per cent, and with as many decimals as it takes not to be 0%: 0.12 → 12%, 0.002 → 0.2%."""
        return MISSING if is_missing(value) else self.rate(value, in_locale.digits_of_share(value))

    def count(self, value: Any, *, signed: bool = False) -> str:
        """A whole number."""
        return MISSING if is_missing(value) else in_locale.count(int(value), self.locale, signed=signed)

    def counted(self, noun: str, number: int, **values: str) -> str:
        """A number with its noun in the form that the language's plural asks for."""
        forms = self.words["plural"][noun]
        form = Locale.parse(self.language.phrases["locale"]).plural_form(number)
        return fill(forms.get(form, forms["other"]), n=self.count(number), **values)

    def of(self, part: Any, whole: Any) -> str:
        """The counts behind a rate: 1 of 59."""
        return fill(self.words["counted"], n=self.count(part), m=self.count(whole))

    def month(self, value: Any, *, short: bool = False) -> str:
        """A month in words, from `2026-10` or a day."""
        return str(format_date(as_day(value), self.words["short_month" if short else "month"], self._words_locale))

    def day(self, value: Any) -> str:
        """A day, from `2026-10-31` or a date."""
        return str(format_date(as_day(value), self.words["day"], self._words_locale))

    def instant(self, at: datetime) -> str:
        """A naive UTC instant to the minute."""
        return str(format_datetime(at, self.words["instant"], locale=self._words_locale))

    def listed(self, parts: Iterable[str]) -> str:
        """Parts as an enumeration: a, b and c."""
        return self.language.listed(parts)

    @property
    def _words_locale(self) -> str:
        return self.language.code


def fill(text: str, **values: str) -> str:
    """The text with each `{name}` replaced; a value is never searched for names again."""
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text)


def clean(text: Any) -> str:
    """Text of others on one line, without control signs and signs that turn the direction of what follows."""
    shown = "" if is_missing(text) else _TURNS_TEXT.sub("", str(text))
    return " ".join("".join(" " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign for sign in shown).split())


def is_missing(value: Any) -> bool:
    """Whether a frame's cell holds nothing (None, NaN, NaT, NA)."""
    return value is None or str(value) in ("nan", "NaT", "<NA>")


def as_day(value: Any) -> date:
    """A day or a month's first day, from `2026-10`, `2026-10-31`, a date or an instant."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(f"{value}-01"[:10])
