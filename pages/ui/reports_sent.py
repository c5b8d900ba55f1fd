"""Care reports and notices that were sent, as they stand on record."""

import pandas as pd
import streamlit as st

from pages.ui import blocks, formats, report_desk
from pages.ui.blocks import Column

STATES = {"sent": "Sent", "withdrawn": "Not sent after all", "superseded": "Sent anew later"}


def show(sent: pd.DataFrame) -> None:
    """Every report and notice that was sent; a click opens it."""
    if sent.empty:
        return
    st.subheader("On record", anchor=False)
    shown = sent.assign(
        state=[STATES[str(state)] for state in sent["state"]],
        period=[
            "Security notice" if row["kind"] == "notice" else formats.period(row["period"]) for row in sent.to_dict("records")
        ],
    )
    targets = [
        (str(row["kind"]), str(row["report_id"]), str(row["client_id"]), str(row["period"])) for row in sent.to_dict("records")
    ]

    def opens(place: int) -> None:
        kind, report_id, client_id, period = targets[place]
        if kind == "notice":
            st.switch_page("care_reports.py", query_params={"notice": report_id.rpartition(":")[2]})
        report_desk.go(client_id, period)

    columns = {
        "client_name": Column("Client", width=190),
        "period": "Of",
        "sent_on": Column("Sent", "date"),
        "subject": Column("Subject", width=340),
        "state": "State",
    }
    blocks.table(shown, columns, alt="Reports on record", key="sent", open_row=opens, rows=8)
    blocks.download(sent, "reports-on-record.csv")
