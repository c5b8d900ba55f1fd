"""What a month of revenue says, as sentences: titles of pictures and their accessible names. Frames in, English out."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data.frames import records
from pages.ui import formats
from pages.ui.once import once
from pages.ui.palette import KINDS

_NOUNS = {
    "new": ("new client", "new clients"),
    "reactivation": ("client who came back", "clients who came back"),
    "expansion": ("upgrade", "upgrades"),
    "contraction": ("downgrade", "downgrades"),
    "churn": ("client lost", "clients lost"),
}


@once
def month_moved(row: Mapping[Any, Any], moved: pd.DataFrame, currency: str) -> str:
    """How MRR moved in a month and what did most of it: “MRR up $420 to $15,230, mostly two upgrades”.

    `row` is of mrr_movements, `moved` the movements of that month and currency.
    """
    opening, closing = int(row["opening_minor"]), int(row["closing_minor"])
    to = formats.money(closing, currency, short=False)
    if moved.empty:
        return f"MRR stands at {to}: nothing moved"
    if not opening:
        return f"The first MRR: {to} from {_counted(moved, 'new')}"
    if opening == closing:
        return f"MRR unchanged at {to}: what came equals what went"
    way = "up" if closing > opening else "down"
    by = formats.money(abs(closing - opening), currency)
    return f"MRR {way} {by} to {to}, mostly {_counted(moved, _main_kind(row, closing > opening))}"


def _main_kind(row: Mapping[Any, Any], rising: bool) -> str:
    kinds = [kind for kind, (_, _, adds) in KINDS.items() if adds == rising]
    return max(kinds, key=lambda kind: int(row[f"{kind}_minor"]))


def _counted(moved: pd.DataFrame, kind: str) -> str:
    number = int((moved["kind"] == kind).sum())
    one, many = _NOUNS[kind]
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return f"{words[number] if number < len(words) else number} {one if number == 1 else many}"


def concentration(row: Mapping[Any, Any], currency: str) -> str:
    """How much hangs on few clients, from a row of revenue_summary; in words where there is one client only."""
    if formats.is_missing(row["largest_client_share"]):
        return "No client pays yet."
    if int(row["customers"]) == 1:
        return "All MRR comes from one client."
    largest, top3 = (formats.share(row[name]) for name in ("largest_client_share", "top3_share"))
    left = formats.money(row["mrr_without_largest_minor"], currency)
    return f"The largest client brings {largest} of MRR, the three largest {top3}; without the largest, {left} would be left."


def committed(row: Mapping[Any, Any], currency: str) -> str:
    """Committed MRR against MRR, the month before and the year before, from a row of revenue_summary."""
    text = f"Committed MRR is {formats.money(row['committed_mrr_minor'], currency)}"
    steps = [
        (formats.change(row["committed_mrr_minor"], row[f"{span}_committed_mrr_minor"], currency), words)
        for span, words in (("prev", "on the month before"), ("year", "on the year before"))
    ]
    told = [f"{step or '±0'} {words}" for step, words in steps if step is not None]
    return f"{text} ({', '.join(told)})" if told else text


def cash(row: Mapping[Any, Any], currency: str) -> str:
    """What came in and what failed in a month, from a row of cash."""
    text = f"{formats.money(row['collected_minor'], currency)} collected"
    if int(row["refunded_minor"]):
        text += f", {formats.money(row['refunded_minor'], currency)} refunded"
    disputed = int(row.get("disputed_minor") or 0)
    if disputed:
        text += f", {formats.money(abs(disputed), currency)} {'taken back in' if disputed > 0 else 'came back from'} disputes"
    failed = int(row["failed_charges"])
    return f"{text}. " + (
        f"{formats.count(failed, 'charge')} failed ({formats.money(row['failed_minor'], currency)})."
        if failed
        else "No charge failed."
    )


@once
def signed(moved: pd.DataFrame) -> list[int]:
    """The amounts of movements with their sign: losses below zero."""
    pairs = zip(moved["kind"], moved["amount_minor"], strict=True)
    return [int(amount) if KINDS[kind][2] else -int(amount) for kind, amount in pairs]


def cause(text: Any) -> str:
    """Why a movement came about, as Stripe says it, in our spelling; that a cancellation was asked for goes without saying."""
    said = "" if formats.is_missing(text) else str(text).removesuffix(": cancellation requested")
    return said.replace("canceled", "cancelled", 1)


@once
def year(frame: pd.DataFrame) -> pd.DataFrame:
    """The last 13 rows, from a month to the same one a year after: what small trends are drawn of."""
    return frame.tail(13)


@once
def of_month(frame: pd.DataFrame, month: str) -> dict[str, Any]:
    """The frame's row of that month by column; None in each where it has no such row, as 12-month figures of a first year."""
    places = [place for place, value in enumerate(frame["month"]) if value == month]
    last = records(frame.iloc[places[-1:]])
    return last[0] if last else dict.fromkeys(map(str, frame.columns))
