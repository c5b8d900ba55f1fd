"""What tiers, their prices and the moves between them say, as sentences. Frames in, English out."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from data.frames import records
from pages.ui import formats
from pages.ui.once import once
from pages.ui.palette import direction


@once
def tiers(mix: pd.DataFrame, currency: str) -> str:
    """Which tier brings most of the last month's MRR, from tier_mix of one currency."""
    last = mix[(mix["month"] == mix["month"].max()) & (mix["mrr_minor"] > 0)].sort_values("mrr_minor", ascending=False)
    if last.empty:
        return "No tier earns anything yet"
    top = last.iloc[0]
    if len(last) == 1:
        return f"All MRR comes from one tier, {top['tier']}"
    amounts = (formats.money(amount, currency) for amount in (top["mrr_minor"], last["mrr_minor"].sum()))
    return f"The tier {top['tier']} brings most: {' of '.join(amounts)}"


def tier_note(row: Mapping[Any, Any], currency: str) -> str:
    """How many clients a tier has and what one brings on average, from its row of tier_mix."""
    clients = int(row["customers"])
    average = formats.money(round(int(row["mrr_minor"]) / clients), currency, short=True) if clients else formats.MISSING
    return f"{formats.count(clients, 'client')}, {average} on average"


@once
def now(mix: pd.DataFrame, month: str) -> dict[str, dict[str, Any]]:
    """The row of tier_mix of each tier that has clients in that month, by the tier's name."""
    return {str(row["tier"]): row for row in records(mix[(mix["month"] == month) & (mix["customers"] > 0)])}


@once
def course(mix: pd.DataFrame, tier: str) -> list[int]:
    """MRR of a tier over the last 13 months in minor units."""
    return [int(amount) for amount in mix[mix["tier"] == tier].tail(13)["mrr_minor"]]


@once
def newest(moved: pd.DataFrame) -> pd.DataFrame:
    """The rows of tier_moves, the last month first."""
    return moved.sort_values("month", ascending=False)


@once
def varies(mix: pd.DataFrame) -> bool:
    """Whether tier_mix is worth a picture: more than one month, and more than one tier or amount in them."""
    return mix["month"].nunique() > 1 and (mix["tier"].nunique() > 1 or mix["mrr_minor"].nunique() > 1)


@once
def spread(items: pd.DataFrame, listed: Mapping[str, int]) -> str:
    """How many prices in force are those of the price book."""
    if items.empty:
        return "No price is in force."
    on_list = int((items["mrr_minor"] == items["tier"].map(listed)).sum())
    if len(items) == 1:
        return f"The one price in force is {'as' if on_list else 'not'} in the price book."
    return f"{formats.of(on_list, len(items))} prices are as in the price book."


@once
def off_list(items: pd.DataFrame, listed: Mapping[str, int]) -> pd.DataFrame:
    """Those of item_prices whose tier has a list price and whose monthly amount is another one."""
    known = items["tier"].map(listed)
    return items[known.notna() & (items["mrr_minor"] != known)].reset_index(drop=True)


@once
def moves(frame: pd.DataFrame, book: Sequence[str]) -> str:
    """How many clients ever moved up and down within the price book, and how many into or out of it, from tier_moves."""
    if frame.empty:
        return "Nobody has changed tier yet"
    ways = [direction(start, to, book) for start, to in zip(frame["from_tier"], frame["to_tier"], strict=True)]
    totals = frame["clients"].groupby(ways).sum()
    up, down, across = (int(totals.get(way, 0)) for way in (1, -1, 0))
    told = f"{formats.count(up, 'move')} up, {formats.count(down)} down"
    return f"{told}, {formats.count(across)} from or to prices outside the price book" if across else told
