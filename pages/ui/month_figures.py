"""The five figures that answer for a month, on top of the Revenue page."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui import blocks, formats, warehouse


def show(row: Mapping[Any, Any], trend: pd.DataFrame, currency: str) -> None:
    """Figures of a row of revenue_summary, each against the month before and the year before; `trend` the months up to it."""
    meaning = warehouse.definition("revenue_summary")
    helps = {
        "mrr_minor": f"Exactly {formats.plain(formats.money(row['mrr_minor'], currency))}. {meaning}",
        "customers": "Clients with MRR above 0; comped and paused ones are counted beside them.",
        "arpa_minor": "MRR divided by customers.",
    }
    with st.grid(5, min_column_width=150):
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
            )
        blocks.figure(
            "Customers lost",
            formats.of(row["customers_churned"], row["customers_opening"]),
            row,
            "customers_churned",
            trend=trend["customers_churned"],
            good="down",
            help="Clients who left in the month, of those at its start.",
        )
