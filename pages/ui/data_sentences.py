"""Sentences that come from the data, with their days and amounts as people write them."""

import re

from babel import Locale

from data.money import to_minor
from pages.ui import formats

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SHARE = re.compile(r"(\d+\.\d+) %")
AMOUNT = re.compile(r"(?<![\w.,])(\d[\d,]*(?:\.\d+)?) ([A-Z]{3})\b")


def as_people_write(sentence: str) -> str:
    """2026-11-21 → 21 Nov 2026, 1,280.00 USD → $1,280.00, 99.899 % → 99.90%; capitals that are no currency stay as they are."""
    days = DAY.sub(lambda day: formats.date(day[0]), sentence)
    return AMOUNT.sub(_amount, SHARE.sub(lambda share: formats.rate(float(share[1]) / 100, 2), days))


def _amount(found: re.Match[str]) -> str:
    number, code = found[1], found[2]
    if code not in Locale("en").currencies:
        return found[0]
    return formats.money(to_minor(number.replace(",", ""), code.lower()), code.lower())
