"""What an hour should bring, what payments cost and what other currencies are worth, as the settings say it."""

import re
from fractions import Fraction

from data.errors import SettingsError
from data.money import minor_digits

MOST = 1_000_000
_WORTH = re.compile(r"([a-z]{3})\s*=?\s*(\d{1,9}(?:[.,]\d{1,9})?)")
_TARGET = re.compile(r"(?:([a-z]{3})\s*)?(\d+(?:[.,]\d{1,3})?)(?:\s*([a-z]{3}))?")


def target_rates(text: str) -> dict[str, float]:
    """Target of an hour in major units by lower-case currency; under "" the one of every currency not named.

    Written as `60`, or by currency as `eur 60, ron 300`; empty: no target. SettingsError where it is neither.
    """
    found: dict[str, float] = {}
    for part in re.split(r"[;,]\s+|;", text.strip().lower()):
        if not part:
            continue
        told = _TARGET.fullmatch(part.strip())
        rate = float(told[2].replace(",", ".")) if told else 0.0
        if not told or (told[1] and told[3]) or not 0 < rate <= MOST:
            raise SettingsError(f"RETAINER_TARGET_RATE is “{text}”.", "Write it as 60, or as eur 60, ron 300.")
        found[told[1] or told[3] or ""] = rate
    return found


def fee_share(text: str) -> float:
    """What payments cost as a share of one, from per cent (`2.5`); 0 where empty. SettingsError where it is no such number."""
    bare = text.strip().removesuffix("%").strip().replace(",", ".")
    if not bare:
        return 0.0
    if not re.fullmatch(r"\d{1,2}(\.\d+)?", bare):
        raise SettingsError(f"RETAINER_FEE_PERCENT is “{text}”.", "Write a number of per cent from 0 to 99, as 2.5.")
    return float(bare) / 100


def exchange_rates(text: str, into: str) -> dict[str, Fraction]:
    """How many minor units of the currency `into` one minor unit of each other currency is worth; `into` itself is worth 1.

    Written as `usd 0.92, gbp 1.17`: one dollar is worth 0.92 of `into`. Empty without a rate (definitions.md, Money and time).
    SettingsError where a rate can't be read, is one of `into` itself, or there is nothing to convert into.
    """
    if not text.strip():
        return {}
    goal = into.strip().lower()
    if not re.fullmatch(r"[a-z]{3}", goal):
        raise SettingsError(
            "RETAINER_EXCHANGE_RATES says what currencies are worth, but not in which.", "Set RETAINER_CURRENCY, as eur."
        )
    found = {goal: Fraction(1)}
    for code, rate in stated(text).items():
        if code == goal:
            raise SettingsError(
                f"RETAINER_EXCHANGE_RATES gives a rate for {goal} itself.", "Leave that one out: it is worth 1."
            )
        found[code] = Fraction(rate) * Fraction(10) ** (minor_digits(goal) - minor_digits(code))
    return found


def stated(text: str) -> dict[str, str]:
    """The rates as they are written, by lower-case currency; SettingsError where a part is none, or a currency stands twice."""
    found: dict[str, str] = {}
    for part in (part.strip() for part in re.split(r"[;,]\s+|;", text.strip().lower())):
        told = _WORTH.fullmatch(part)
        rate = told[2].replace(",", ".") if told else "0"
        if part and (not told or not Fraction(rate) or told[1] in found):
            raise SettingsError(
                f"RETAINER_EXCHANGE_RATES is “{text}”.", "Write what one unit of each currency is worth, as usd 0.92, gbp 1.17."
            )
        if told:
            found[told[1]] = rate
    return found
