"""What an hour should bring and what payments cost, as the settings say it (mission.md F1–F3)."""

import re

from data.errors import SettingsError

MOST = 1_000_000
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
