"""A language an e-mail can be written in: its phrases, plurals, money, dates and typography.

A language is a folder under `languages/` with `phrases.toml` (words), `wording.toml` (how a client's words are turned to
the client) and templates; another one needs no Python.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from data.errors import InputError
from data.money import to_major

FOLDER = Path(__file__).parent / "languages"
NARROW = "\u202f"
NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Language:
    """One language's words and habits; `code` is its folder's name."""

    code: str
    phrases: Mapping[str, Any]
    wording: Mapping[str, Any]

    @property
    def in_english(self) -> str:
        """The language's name in English, as “French”."""
        return str(Locale.parse(self.code).english_name)

    def locale(self, client_currency: str | None = None) -> Locale:
        """The locale dates follow: one that the client's currency points to, else the language's own."""
        by_currency = self.phrases.get("locales", {})
        return Locale.parse(by_currency.get((client_currency or "").lower(), self.phrases["locale"]))

    def money(self, amount_minor: int, currency: str, client_currency: str | None = None) -> str:
        """An amount with its currency, without empty decimals; with the country (US$) to a client of another currency."""
        is_home = not client_currency or client_currency.lower() == currency.lower()
        locale = Locale.parse(self.phrases["home_money" if is_home and "home_money" in self.phrases else "locale"])
        amount = to_major(amount_minor, currency)
        pattern = locale.currency_formats["standard"].pattern
        is_whole = amount == amount.to_integral_value()
        text = format_currency(
            amount,
            currency.upper(),
            locale=locale,
            format=pattern.replace(".00", "") if is_whole else pattern,
            currency_digits=not is_whole,
        )
        return re.sub(r"^([A-Z]{3})(?=\d)", rf"\1{NO_BREAK}", text)

    def day(self, day: date, style: str, client_currency: str | None = None) -> str:
        """A date as `weekday`, `short` (without its year) or `long`."""
        locale = self.locale(client_currency)
        patterns = {**self.phrases["dates"], **self.phrases["dates"].get(str(locale), {})}
        text = format_date(day, patterns[style], locale=locale)
        return re.sub(r"\b1\b(?= )", self.phrases["dates"].get("first", "1"), text, count=1)

    def number(self, number: float) -> str:
        """A number in digits, without empty decimals."""
        whole = int(number) if number == int(number) else number
        return str(format_decimal(whole, locale=Locale.parse(self.phrases["locale"])))

    def spelt(self, forms: Mapping[str, str], number: float) -> str:
        """The form that the number asks for (plural rules of the language), with the number at `{n}`."""
        whole = int(number) if number == int(number) else number
        form = Locale.parse(self.phrases["locale"]).plural_form(whole)
        return forms.get(form, forms["other"]).replace("{n}", self.number(number))

    def count(self, noun: str, number: float) -> str:
        """A number with its noun, as “2 ore” or “20 de ore”."""
        return self.spelt(self.phrases["plural"][noun], number)

    def addressed(self, text: str, register: str) -> str:
        """The text with its words for “your” in the register: `{votre}` stands for it."""
        table = self.phrases.get("address", {}).get(register, {})
        return re.sub(r"\{(\w+)\}", lambda word: table.get(word[1], word[1]), text)

    def listed(self, words: Iterable[str]) -> str:
        """Words as an enumeration: a, b and c."""
        every = list(words)
        return self.phrases["join"].join([", ".join(every[:-1]), every[-1]]) if len(every) > 1 else "".join(every)

    def in_sentence(self, name: str) -> str:
        """A service's name in mid-sentence: its first letter small, unless the word has others, as WordPress or SEO."""
        first = name.split(" ")[0]
        return name if first[1:] != first[1:].lower() else name[:1].lower() + name[1:]

    def typeset(self, text: str) -> str:
        """The text with this language's apostrophes, letters and spaces."""
        text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
        for wrong, right in self.phrases.get("letters", {}).items():
            text = text.replace(wrong, right)
        if self.phrases.get("narrow_spaces"):
            text = re.sub(rf"[ {NO_BREAK}{NARROW}]*([;?!])(?=\s|$|»)", rf"{NARROW}\1", text)
            text = re.sub(rf"[ {NO_BREAK}{NARROW}]*:(?=\s|$)", f"{NARROW}:", text)
            text = re.sub(rf"«[ {NO_BREAK}{NARROW}]*", f"«{NARROW}", text)
            text = re.sub(rf"[ {NO_BREAK}{NARROW}]*»", f"{NARROW}»", text)
        return text


@cache
def codes() -> tuple[str, ...]:
    """Codes of the languages there are."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/phrases.toml")))


def language(code: str) -> Language:
    """The language of that code; InputError where there is none."""
    if code not in codes():
        raise InputError(f"E-mails can't be written in “{code}”.", f"Use one of {', '.join(codes())}.")
    return _load(code)


@cache
def _load(code: str) -> Language:
    phrases, wording = (tomllib.loads((FOLDER / code / name).read_text("utf-8")) for name in ("phrases.toml", "wording.toml"))
    return Language(code, phrases, wording)
