"""Clients without a site on the weekly round: the round can't meet them, so their time shows in the hours recorded (F1)."""

import pandas as pd
import streamlit as st

from pages.ui import blocks, formats, links
from pages.ui.blocks import Column

HOW = {
    "worked": "Worked on this week",
    "open": "Nothing recorded this week",
    "no_data": "No data: no work was ever recorded",
}


def finding(touch: pd.DataFrame) -> str:
    """How many clients have no site, and how many of them had their time this week, as a sentence."""
    worked = int((touch["state"] == "worked").sum())
    has = "has" if len(touch) == 1 else "have"
    return f"{formats.count(len(touch), 'client')} {has} no site here; work for {worked} is recorded this week"


def show(touch: pd.DataFrame) -> None:
    """The clients of weekly_touch, those whose last work lies furthest back first; nothing where every client has a site."""
    if touch.empty:
        return
    st.subheader(formats.plain(finding(touch)), anchor=False)
    st.caption(
        "Clients on a content or social retainer, or whose site is not matched to them, are not in the round above. "
        "Their time shows in the hours that you import."
    )
    blocks.table(
        touch.assign(how=[HOW[state] for state in touch["state"]]),
        {
            "client_name": Column("Client", width=200),
            "how": Column("This week", width=240),
            "hours_this_week": Column("Hours this week", "hours"),
            "last_work_on": Column("Last work", "date"),
        },
        alt="Clients without a site, and when they were worked for",
        key="without_site",
        open_row=links.open_client(touch),
        rows=8,
    )
