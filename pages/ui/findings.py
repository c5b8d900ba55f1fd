"""What the figures say, as sentences: titles of pictures and their accessible names. Frames in, English out."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pages.ui import formats
from pages.ui.palette import KINDS, direction

_NOUNS = {
    "new": ("new client", "new clients"),
    "reactivation": ("client who came back", "clients who came back"),
    "expansion": ("upgrade", "upgrades"),
    "contraction": ("downgrade", "downgrades"),
    "churn": ("client lost", "clients lost"),
}


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


def tiers(mix: pd.DataFrame, currency: str) -> str:
    """Which tier brings most of the last month's MRR, from tier_mix of one currency."""
    last = mix[(mix["month"] == mix["month"].max()) & (mix["mrr_minor"] > 0)].sort_values("mrr_minor", ascending=False)
    if last.empty:
        return "No tier earns anything yet"
    top = last.iloc[0]
    if len(last) == 1:
        return f"All MRR comes from one tier, {top['tier']}"
    amounts = (formats.money(amount, currency) for amount in (top["mrr_minor"], last["mrr_minor"].sum()))
    return f"{top['tier']} brings most: {' of '.join(amounts)}"


def churned(row: Mapping[Any, Any]) -> str:
    """How many clients left in a month of how many, from a row of revenue_summary."""
    lost, opening = int(row["customers_churned"]), int(row["customers_opening"])
    if not opening:
        return "No client at the month’s start"
    return f"{formats.of(lost, opening)} clients"


def off_list(items: pd.DataFrame, listed: Mapping[str, int]) -> pd.DataFrame:
    """Those of item_prices whose tier has a list price and whose monthly amount is another one."""
    known = items["tier"].map(listed)
    return items[known.notna() & (items["mrr_minor"] != known)].reset_index(drop=True)


def spread(items: pd.DataFrame, listed: Mapping[str, int]) -> str:
    """How many prices in force are those of the price book."""
    if items.empty:
        return "No price is in force."
    on_list = int((items["mrr_minor"] == items["tier"].map(listed)).sum())
    return f"{formats.of(on_list, len(items))} prices are as in the price book."


def moves(frame: pd.DataFrame, book: Sequence[str]) -> str:
    """How many clients ever moved up and down within the price book, and how many into or out of it, from tier_moves."""
    if frame.empty:
        return "Nobody has changed tier yet"
    ways = [direction(start, to, book) for start, to in zip(frame["from_tier"], frame["to_tier"], strict=True)]
    totals = frame["clients"].groupby(ways).sum()
    up, down, across = (int(totals.get(way, 0)) for way in (1, -1, 0))
    told = f"{formats.count(up, 'move')} up, {formats.count(down)} down"
    return f"{told}, {formats.count(across)} from or to prices outside the price book" if across else told


def retained(row: Mapping[Any, Any]) -> str:
    """The counts behind GRR and NRR, or why there is none, from a row of retention."""
    clients = 0 if formats.is_missing(row["clients_12"]) else int(row["clients_12"])
    return f"Of {formats.count(clients, 'client')} a year before" if clients else "No client a year before"


def lost(year: pd.DataFrame) -> str:
    """How many clients left in these months of revenue_summary."""
    number, months = int(year["customers_churned"].sum()), len(year)
    span = "this month" if months == 1 else f"in {months} months"
    return f"{formats.count(number, 'client')} left {span}" if number else f"Nobody left {span}"


def at_risk(clients: pd.DataFrame) -> pd.DataFrame:
    """Clients with an overdue charge, paused, or set to leave; `risk` says which. Largest MRR first."""
    reasons = [
        [
            *(["set to leave"] if not formats.is_missing(row["leaves_on"]) else []),
            *(["charge overdue"] if row["is_past_due"] else []),
            *(["paused"] if row["standing"] == "paused" else []),
        ]
        for row in clients.to_dict("records")
    ]
    known = clients.assign(risk=[", ".join(parts).capitalize() for parts in reasons])
    return known[known["risk"] != ""].sort_values("mrr_minor", ascending=False).reset_index(drop=True)


def signed(moved: pd.DataFrame) -> list[int]:
    """The amounts of movements with their sign: losses below zero."""
    pairs = zip(moved["kind"], moved["amount_minor"], strict=True)
    return [int(amount) if KINDS[kind][2] else -int(amount) for kind, amount in pairs]


def matching(clients: pd.DataFrame, wanted: str, standings: Sequence[str], tier: str | None) -> pd.DataFrame:
    """Clients whose name or e-mail contains the words, of these standings and that tier; largest MRR first."""
    text = (clients["client_name"].fillna("") + " " + clients["email"].fillna("")).str.casefold()
    kept = clients["standing"].isin(list(standings))
    for word in wanted.casefold().split():
        kept &= text.str.contains(word, regex=False)
    if tier:
        kept &= clients["tier"] == tier
    return clients[kept].sort_values(["mrr_minor", "client_name"], ascending=[False, True]).reset_index(drop=True)


def found(clients: pd.DataFrame, currency: str) -> str:
    """How many clients a table shows, and their MRR."""
    number = len(clients)
    mrr = formats.money(clients["mrr_minor"].sum(), currency)
    return f"{formats.count(number, 'client')}, {formats.plain(mrr)} MRR together" if number else "No client matches."


def standing(client: Mapping[Any, Any]) -> str:
    """A client's standing in words, with what threatens it."""
    risks = [f"leaves on {formats.date(client['leaves_on'])}"] if not formats.is_missing(client["leaves_on"]) else []
    risks += ["charge overdue"] if client["is_past_due"] else []
    return ", ".join([str(client["standing"]).capitalize(), *risks])


def path(months: pd.DataFrame, currency: str) -> str:
    """From where to where a client's MRR went, from its rows of client_mrr."""
    first, last = months.iloc[0], months.iloc[-1]
    began = f"{formats.money(first['mrr_minor'], currency)} in {formats.month(first['month'])}"
    if months["mrr_minor"].nunique() == 1:
        span = f"from {formats.month(first['month'])} to {formats.month(last['month'])}"
        return f"{formats.money(last['mrr_minor'], currency)} each month {span}"
    return f"From {began} to {formats.money(last['mrr_minor'], currency)} in {formats.month(last['month'])}"


def tier_note(row: Mapping[Any, Any], currency: str) -> str:
    """How many clients a tier has and what one brings on average, from its row of tier_mix."""
    clients = int(row["customers"])
    average = formats.money(round(int(row["mrr_minor"]) / clients), currency, short=True) if clients else formats.MISSING
    return f"{formats.count(clients, 'client')}, {average} on average"


def varies(mix: pd.DataFrame) -> bool:
    """Whether tier_mix is worth a picture: more than one month, and more than one tier or amount in them."""
    return mix["month"].nunique() > 1 and (mix["tier"].nunique() > 1 or mix["mrr_minor"].nunique() > 1)


def of_month(frame: pd.DataFrame, month: str) -> dict[str, Any]:
    """The frame's row of that month by column; None in each where it has no such row, as 12-month figures of a first year."""
    rows = frame[frame["month"] == month].to_dict("records")
    return {str(name): value for name, value in rows[-1].items()} if rows else dict.fromkeys(map(str, frame.columns))
