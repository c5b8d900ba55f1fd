"""Care reports as a list: who is still to be told, and all reviewed ones at once."""

import pandas as pd
import streamlit as st

from pages.ui import blocks, formats, languages, report_desk, search, states, warehouse
from pages.ui.blocks import Column
from proposals.care_report import files, record

STATES = {
    "due": "Due",
    "reviewed": "Reviewed",
    "waiting": "Not due yet",
    "sent": "Sent",
    "skipped": "Skipped",
}


def empty() -> None:
    """What will stand here."""
    states.empty(
        "No reports yet",
        "Here each client’s care report will wait: uptime, updates, backups, and what was agreed, in the client’s language.",
        page="maintenance.py",
        action="Import care data",
    )


def figures(owed: pd.DataFrame, sent: pd.DataFrame) -> None:
    """How many reports are due, reviewed and sent, and the next day on which some are due."""
    counts = owed["state"].value_counts()
    left = int(counts.get("due", 0)) + int(counts.get("reviewed", 0))
    waiting = owed[owed["state"] == "waiting"]["due_on"]
    year = int((sent["state"] == "sent").sum()) if len(sent) else 0
    with st.grid(4, min_column_width=150):
        blocks.figure("Still to send", formats.of(left, len(owed)), note="Of the last month or quarter")
        blocks.figure("Reviewed", formats.count(counts.get("reviewed", 0)), note="Ready to be sent")
        blocks.figure("Sent", formats.count(counts.get("sent", 0)), note=f"{formats.count(year)} on record in all")
        note = f"From {formats.date(waiting.min())}" if len(waiting) else "All of this period"
        blocks.figure("Not due yet", formats.count(len(waiting)), note=note)


def due(owed: pd.DataFrame) -> None:
    """The list of clients, open ones first; and what can be done with all that are reviewed."""
    if owed.empty:
        return
    left = owed[owed["state"].isin(["due", "reviewed"])]
    st.subheader(formats.plain(finding(owed)), anchor=False)
    if len(left) and st.button(f"Review the first of {formats.count(len(left))}", type="primary", icon=":material/edit_note:"):
        first = left.iloc[0]
        report_desk.go(str(first["client_id"]), str(first["period"]))
    with st.container(horizontal=True, vertical_alignment="top"):
        chosen = st.segmented_control(
            "Show", ["open", "all"], default="open", required=True, format_func={"open": "Open", "all": "All"}.__getitem__
        )
        words = st.text_input("Find", placeholder="Client", type="search", key="report_find", width=220)
    rows = (left if chosen == "open" else owed).reset_index(drop=True)
    rows = rows[search.found(words, rows["client_name"])].reset_index(drop=True)
    if rows.empty:
        st.markdown("Nobody is left here.")
    else:
        _table(rows)
    _all_reviewed(owed[owed["state"] == "reviewed"])


def finding(owed: pd.DataFrame) -> str:
    """The page's answer as a sentence."""
    left = owed["state"].isin(["due", "reviewed"])
    if not left.any():
        return "Every report that is due has been sent."
    periods = formats.listing(sorted(formats.period(period) for period in set(owed[left]["period"])))
    return f"{formats.count(left.sum(), 'client')} {'is' if left.sum() == 1 else 'are'} still to be told of {periods}."


def _table(rows: pd.DataFrame) -> None:
    shown = rows.assign(
        state=[STATES[str(state)] for state in rows["state"]],
        period=[formats.period(period) for period in rows["period"]],
        language=[languages.name(code) for code in rows["language"]],
        email=rows["email"].fillna("No address"),
    )
    keys = [(str(row["client_id"]), str(row["period"])) for row in rows.to_dict("records")]
    columns = {
        "client_name": Column("Client", width=190),
        "state": Column("State", width=110),
        "period": "Period",
        "due_on": Column("Due", "date"),
        "language": "Language",
        "email": Column("Goes to", width=220),
        "sent_on": Column("Sent", "date"),
    }
    blocks.table(
        shown, columns, alt="Care reports", key="reports", open_row=lambda place: report_desk.go(*keys[place]), rows=12
    )


def _all_reviewed(reviewed: pd.DataFrame) -> None:
    """One ZIP of everything reviewed, and one button that marks it all as sent."""
    if reviewed.empty:
        return
    number = formats.count(len(reviewed), "reviewed report")
    pairs = [(str(row["client_id"]), str(row["period"])) for row in reviewed.to_dict("records")]
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"{number}, ready to go out from your mail program.", width="stretch")
        st.download_button(
            "Download all (.zip)",
            data=lambda: files.zipped(report_desk.reviewed(*pair)[0] for pair in pairs),
            file_name="care-reports.zip",
            mime="application/zip",
            icon=":material/folder_zip:",
            on_click="ignore",
        )
        if st.button("Mark all as sent", icon=":material/send:"):
            opened = warehouse.shown()
            with states.changing():
                for pair in pairs:
                    record.send(opened, report_desk.reviewed(*pair)[0], on=opened.today)
