"""MRR that counts but rests on something, as the Revenue page shows it below its figures."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui import blocks, formats, links
from pages.ui.blocks import Column
from pages.ui.once import once
from pages.ui.rows import CLIENT

WHY = {
    "free_period": "Free period, though paid before",
    "invoice_unpaid": "Sent invoice not paid",
    "past_due": "Charge failed",
    "renewal_overdue": "Renewal overdue",
    "amount_unknown": "Amount unknown, counted as 0",
}
ENDS = {"free_period": "free until", "invoice_unpaid": "due on", "renewal_overdue": "counted until"}


@once
def finding(flags: pd.DataFrame) -> str:
    """How many clients' MRR comes with a flag, from mrr_flags; empty where none does."""
    if flags.empty:
        return ""
    clients = int(flags["client_id"].nunique())
    return f"Check the MRR of {formats.count(clients, 'client')}: it counts, but rests on something"


def told(row: Mapping[Any, Any]) -> str:
    """One flag in words, with the day that matters."""
    day = "" if formats.is_missing(row["until_on"]) else f", {ENDS[row['flag']]} {formats.date(row['until_on'])}"
    return WHY[row["flag"]] + day


def show(flags: pd.DataFrame, currency: str) -> None:
    """The flagged subscriptions and agreements of a currency, behind a line that says how many; nothing without one."""
    said = finding(flags)
    if not said:
        return
    box = st.expander(formats.plain(said), icon=":material/flag:", key="flagged_open", on_change="rerun")
    if not box.open:
        return
    shown = flags.assign(why=[told(row) for row in flags.to_dict("records")])
    with box:
        columns = {"client_name": CLIENT, "mrr_minor": Column("MRR", "money"), "why": Column("Why", width="large")}
        opens = links.open_client(shown)
        blocks.table(shown, columns, alt=said, key="flagged", currency=currency, open_row=opens)
        blocks.download(flags, f"flagged-mrr-{currency}.csv")
