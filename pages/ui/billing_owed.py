"""What is owed, as figures and lists with their findings: collections, and cards that expire. A line opens its letter."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.ui import answer_first, billing_letters, blocks, formats, warehouse
from pages.ui.blocks import Column
from pages.ui.once import once

OPEN = ("failed", "retrying", "overdue")
UNDECIDED = (*OPEN, "disputed")
STATES = {
    "failed": "Failed",
    "retrying": "Retrying",
    "overdue": "Overdue",
    "disputed": "Disputed",
    "recovered": "Recovered",
    "charged_back": "Charged back",
    "uncollectible": "Uncollectible",
}


def figures(collections: pd.DataFrame, cards: pd.DataFrame, cash: pd.DataFrame, currency: str) -> None:
    """What is owed, the MRR at risk with it, what came back this month, cards, and what next month brings."""
    owed, month = _in_states(collections, OPEN), _first_month(cash)
    back, soon = _recovered(collections, month), _next(cash, month)
    with st.grid(5, min_column_width=150):
        blocks.figure(
            "To collect",
            formats.money(owed["amount_due_minor"].sum(), currency, short=True) if len(owed) else "Nothing",
            note=formats.count(len(owed), "unpaid invoice"),
            help=warehouse.definition("collections"),
        )
        blocks.figure(
            "MRR at risk", formats.money(_at_risk(owed), currency, short=True), note="Of clients with an unpaid invoice"
        )
        blocks.figure(
            "Recovered this month",
            formats.money(back["amount_due_minor"].sum(), currency, short=True) if len(back) else "Nothing",
            note=f"{formats.count(len(back), 'payment')} that had failed" if len(back) else "No payment that had failed",
        )
        blocks.figure("Cards expiring", formats.count(len(cards)), note="Within 60 days, or expired")
        blocks.figure(
            "Expected next month",
            formats.money(soon["expected_minor"].sum(), currency, short=True),
            note=f"Beside {formats.money(soon['mrr_minor'].sum(), currency, short=True)} MRR",
            help=warehouse.definition("cash_expected"),
        )
    answer_first.pause()


@once
def _in_states(found: pd.DataFrame, states: Sequence[str]) -> pd.DataFrame:
    return found[found["state"].isin(list(states))]


@once
def _first_month(cash: pd.DataFrame) -> str:
    return str(cash["month"].min())


@once
def _recovered(found: pd.DataFrame, month: str) -> pd.DataFrame:
    return found[found["recovered_on"].astype("string").str.startswith(month).fillna(False)]


@once
def _next(cash: pd.DataFrame, month: str) -> pd.DataFrame:
    return cash[cash["month"] > month].head(1)


@once
def _at_risk(owed: pd.DataFrame) -> int:
    return int(owed.drop_duplicates("client_id")["mrr_minor"].sum())


@once
def _rows(found: pd.DataFrame, shown: str) -> pd.DataFrame:
    """The undecided payments (`open`), or those of a month, with their state in words."""
    rows = _in_states(found, UNDECIDED) if shown == "open" else found[found["since_on"].str.startswith(shown)]
    return rows.assign(state=rows["state"].map(STATES)).reset_index(drop=True)


def finding(found: pd.DataFrame) -> str:
    """What of the failed payments is still open, from the metric `collections`."""
    if found.empty:
        return "No payment has failed"
    owed, undecided = (_in_states(found, states) for states in (OPEN, UNDECIDED))
    trying = list(owed["state"]).count("retrying")
    stopped, disputed = len(owed) - trying, len(undecided) - len(owed)
    said = f"{formats.count(stopped, 'invoice')} to collect yourself, {formats.count(trying)} that Stripe tries again"
    more = f"; {formats.count(disputed, 'payment')} disputed at the bank" if disputed else ""
    return (said if len(owed) else "Every failed payment has come in or was given up") + more


def collections(found: pd.DataFrame, currency: str) -> None:
    """Every payment that failed, is late or is disputed, and what became of those of the chosen month."""
    st.subheader(finding(found), anchor=False)
    if found.empty:
        return
    months = sorted({str(day)[:7] for day in found["since_on"]}, reverse=True)
    shown = st.selectbox(
        "Show",
        ["open", *months],
        format_func=lambda key: "All that are open" if key == "open" else f"Of {formats.month(key)}",
        key="failed_in",
        width=260,
    )
    rows = _rows(found, str(shown))
    columns = {
        "client_name": Column("Client", width=180),
        "state": Column("State", "word"),
        "amount_due_minor": Column("Amount", "money"),
        "since_on": Column("Since", "date"),
        "age_days": Column("Days", "count"),
        "attempts": Column("Attempts", "count"),
        "next_attempt_on": Column("Next attempt", "date"),
        "recovered_on": Column("Recovered", "date"),
        "mrr_minor": Column("MRR", "money"),
        "invoice": "Invoice",
    }
    blocks.table(
        rows,
        columns,
        alt="Failed payments",
        key="collections",
        currency=currency,
        open_row=billing_letters.opens("invoice", rows["invoice_id"]),
    )
    st.caption("Open a client’s line to write to them.")
    blocks.download(found, "collections.csv")


def cards(found: pd.DataFrame, currency: str) -> None:
    """Cards that will stop working, with the days on which to remind."""
    if found.empty:
        st.subheader("No card in use expires within 60 days", anchor=False)
        return
    st.subheader(f"{formats.count(len(found), 'card')} to have replaced", anchor=False)
    rows = found.reset_index(drop=True)
    columns = {
        "client_name": Column("Client", width=200),
        "card_last4": "Card",
        "expires_on": Column("Expires", "date"),
        "remind_30_on": Column("First reminder", "date"),
        "remind_14_on": Column("Second reminder", "date"),
        "mrr_minor": Column("MRR", "money"),
        "email": "E-mail",
    }
    blocks.table(
        rows,
        columns,
        alt="Cards that expire",
        key="cards",
        currency=currency,
        open_row=billing_letters.opens("card", rows["client_id"]),
    )
    blocks.download(found, "cards-expiring.csv")
