"""The figures that answer for a month, on top of the Revenue page."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui import blocks, formats, warehouse

MOVED, COMMITTED = "who-moved", "committed"  # anchors of the rows that the figures are the sums of


def show(row: Mapping[Any, Any], trend: pd.DataFrame, currency: str) -> None:
    """Figures of a row of revenue_summary, each against the month before and the year before; `trend` the months up to it."""
    meaning = warehouse.definition("revenue_summary")
    helps = {
        "mrr_minor": f"Exactly {formats.plain(formats.money(row['mrr_minor'], currency))}. {meaning}",
        "customers": "Clients with MRR above 0; comped and paused ones are counted beside them.",
        "arpa_minor": "MRR divided by customers.",
    }
    is_known = not formats.is_missing(row["committed_mrr_minor"])
    with st.grid(6 if is_known else 5, min_column_width=150):
        for label, name in (
            ("MRR", "mrr_minor"),
            ("Net new MRR", "net_new_minor"),
            ("Customers", "customers"),
            ("ARPA", "arpa_minor"),
        ):
            is_money = name.endswith("_minor")
            blocks.figure(
                label,
                formats.money(row[name], currency, short=True, signed=label.startswith("Net"))
                if is_money
                else formats.count(row[name]),
                row,
                name,
                currency=currency if is_money else "",
                trend=trend[name],
                help=helps.get(name, ""),
                why=MOVED,
            )
        blocks.figure(
            "Customers lost",
            formats.of(row["customers_churned"], row["customers_opening"]),
            row,
            "customers_churned",
            trend=trend["customers_churned"],
            good="down",
            help="Clients who left in the month, of those at its start.",
            why=MOVED,
        )
        if is_known:
            committed, mrr = row["committed_mrr_minor"], row["mrr_minor"]
            blocks.figure(
                "Committed MRR",
                formats.money(committed, currency, short=True),
                row,
                "committed_mrr_minor",
                currency=currency,
                note=formats.plain(f"{formats.change(committed, mrr, currency) or '±0'} against MRR"),
                help="MRR without those who are set to leave, and with the changes already scheduled.",
                why=COMMITTED,
            )
