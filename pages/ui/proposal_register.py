"""Proposals on record as a list: what is open, what was answered, and which share was accepted."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from data.pricing import price_book
from pages.ui import blocks, formats, languages, on_record, proposal_opened, warehouse
from pages.ui.blocks import Column

LIKELY = "Between these two the true rate lies with 95 % probability (Jeffreys interval)."
DIMENSIONS = {
    "tier": "Tier taken, of those that it was offered to",
    "recommended_tier": "Tier recommended",
    "objection": "Objection heard",
    "language": "Language",
}


def show() -> None:
    """All proposals, the newest revision of each, with figures and rates; nothing where there are none yet."""
    every = warehouse.metric("proposals")
    if every.empty:
        return
    newest = every.drop_duplicates("proposal_id").reset_index(drop=True)
    outcomes = warehouse.metric("proposal_outcomes")
    st.subheader(formats.plain(finding(newest, outcomes)), anchor=False)
    _figures(newest, outcomes)
    newest["who"] = [proposal_opened.who(row) for row in newest.to_dict("records")]
    newest["told"] = [proposal_opened.STATES[state][1] for state in newest["state"]]
    ids = list(newest["proposal_id"])
    for currency in dict.fromkeys(newest["currency"]):
        rows = newest[newest["currency"] == currency].reset_index(drop=True)
        columns: dict[str, Any] = {
            "who": Column("Proposal to", width=300),
            "told": "State",
            "sent_on": Column("Sent", "date"),
            "follow_up_on": Column("Follow up", "date"),
            "tier": "Tier taken",
            "days_to_answer": Column("Days to answer", "count"),
            "accepted_mrr_minor": Column("Accepted a month", "money"),
            "measured_mrr_minor": Column("Pays now", "money", help="MRR of that client as measured today, in this currency."),
        }
        columns = {name: spec for name, spec in columns.items() if name in ("who", "told") or rows[name].notna().any()}
        blocks.table(
            rows,
            columns,
            alt=f"Proposals in {currency.upper()}, the newest first",
            key=f"register_{currency}",
            currency=currency,
            open_row=_opener(list(rows["proposal_id"])),
        )
    with st.container(horizontal=True):
        blocks.download(every, "proposals.csv")
    if len(ids) and outcomes["answered"].sum():
        with st.expander("What is accepted, by tier, objection and language"):
            _rates(outcomes)


def finding(newest: pd.DataFrame, outcomes: pd.DataFrame) -> str:
    """How proposals fare, in a sentence."""
    every = outcomes[outcomes["dimension"] == "all"]
    due = int((newest["state"] == "follow_up_due").sum())
    asks = f"; {formats.count(due, 'follow-up')} due" if due else ""
    if every.empty or not every.iloc[0]["answered"]:
        return f"{formats.count(len(newest), 'proposal')} on record, none answered yet{asks}"
    row = every.iloc[0]
    return f"{formats.of(row['accepted'], row['answered'])} answered proposals accepted{asks}"


def likely(row: Any) -> str:
    """The interval of a rate, as a few words: with few answers it is wide."""
    return f"95 %: {formats.rate(row['low'])} to {formats.rate(row['high'])}"


def _figures(newest: pd.DataFrame, outcomes: pd.DataFrame) -> None:
    every = outcomes[outcomes["dimension"] == "all"]
    row = every.iloc[0] if not every.empty else None
    waiting = newest[newest["state"].isin(["sent", "follow_up_due"])]
    with st.grid(3, min_column_width=150):
        due = int((waiting["state"] == "follow_up_due").sum())
        blocks.figure("Waiting", formats.count(len(waiting)), note=f"{formats.count(due, 'follow-up')} due")
        has_answers = row is not None and row["answered"] > 0
        blocks.figure(
            "Accepted",
            formats.rate(row["acceptance_rate"]) if row is not None and has_answers else "n/a",
            note=f"{formats.of(row['accepted'], row['answered'])} answered; {likely(row)}"
            if row is not None and has_answers
            else "No answer yet",
            help=warehouse.definition("proposal_outcomes"),
        )
        days = row["median_days"] if row is not None and has_answers else None
        blocks.figure(
            "Time to answer", formats.count(days, "day") if days is not None else "n/a", note="Median, from the first sending"
        )


def _rates(outcomes: pd.DataFrame) -> None:
    for dimension, title in DIMENSIONS.items():
        rows = outcomes[(outcomes["dimension"] == dimension) & (outcomes["sent"] > 0)].reset_index(drop=True)
        rows["value"] = [_value(dimension, str(value)) for value in rows["value"]]
        columns = {
            "value": Column(title, width="medium"),
            "sent": Column("Sent", "count"),
            "answered": Column("Answered", "count"),
            "accepted": Column("Accepted", "count"),
            "acceptance_rate": Column("Rate", "rate", help="Accepted of those answered"),
            "low": Column("At least", "rate", help=LIKELY),
            "high": Column("At most", "rate", help=LIKELY),
            "median_days": Column("Days", "count"),
        }
        blocks.table(rows, columns, alt=f"Acceptance by {dimension.replace('_', ' ')}", key=f"outcomes_{dimension}")


def _value(dimension: str, value: str) -> str:
    """A tier by its name in the price book, a language by its own; the rest as it stands, with a capital."""
    if dimension == "language":
        return languages.name(value)
    if dimension in ("tier", "recommended_tier"):
        home = warehouse.settings().home
        books = (price_book.load(name, home) for name in price_book.available(home))
        value = next((book.tier(value).name("en") for book in books if value in book.tier_ids), value)
    return formats.sentence(value.replace("_", " "))


def _opener(ids: list[str]) -> Callable[[int], None]:
    return lambda place: on_record.show_one(ids[place])
