"""Security notices on a page (F30): what may be worth telling a client at once, and one notice to edit and mark as sent."""

import datetime as dt
from functools import partial

import pandas as pd
import streamlit as st

from data.errors import AppError, InputError
from pages.ui import blocks, formats, languages, report_sheet, states, warehouse
from pages.ui.blocks import Column
from proposals import care_report
from proposals.care_report import record
from proposals.sender import Sender

KINDS = {"security": "Attack", "security_update": "Hole closed by an update"}
RECENT = dt.timedelta(days=90)


def waiting() -> None:
    """Security work of the last 90 days on sites of clients, attacks first; a click writes the notice."""
    events = _recent()
    if events.empty:
        return
    attacks = int((events["kind"] == "security").sum())
    with st.expander(
        f"Security in 90 days: {formats.count(attacks, 'attack')}, {formats.count(len(events) - attacks, 'security update')}",
        icon=":material/security:",
    ):
        st.caption(
            "Serious security work is worth an extra message. Open one to write it; the month’s report names attacks anyway."
        )
        shown = events.assign(kind=[KINDS[str(kind)] for kind in events["kind"]])
        keys = [str(key) for key in events["event_id"]]
        columns = {
            "client_name": Column("Client", width=180),
            "site": Column("Site", width=200),
            "happened_on": Column("Day", "date"),
            "kind": "What",
            "summary": Column("As recorded", width=280),
        }
        blocks.table(
            shown,
            columns,
            alt="Security work that may be told",
            key="notices",
            open_row=lambda place: st.switch_page("care_reports.py", query_params={"notice": keys[place]}),
            rows=6,
        )


def _recent() -> pd.DataFrame:
    events = warehouse.metric("care_events")
    since = str(warehouse.shown().today - RECENT)
    kept = events["kind"].isin(list(KINDS)) & events["client_id"].notna() & (events["happened_on"] >= since)
    return events[kept].sort_values(["kind", "happened_on"], ascending=[True, False]).reset_index(drop=True)


def show(event_id: str) -> None:
    """The notice of one event, to edit, download and put on record."""
    if st.button("All reports", icon=":material/arrow_back:", type="tertiary"):
        st.switch_page("care_reports.py")
    events = warehouse.metric("care_events")
    found = events[(events["event_id"] == event_id) & events["kind"].isin(list(KINDS)) & events["client_id"].notna()]
    if found.empty:
        raise InputError(
            "Of this there is no security notice.", "It may have been corrected in its source. Open the list again."
        )
    event = {str(name): None if formats.is_missing(value) else value for name, value in found.iloc[0].to_dict().items()}
    settings = warehouse.settings()
    to = care_report.addressee(warehouse.shown(), warehouse.metric, str(event["client_id"]), settings)
    st.title(formats.plain(f"Security notice to {to.name}"), anchor=False)
    kind = KINDS[str(event["kind"])]
    st.caption(
        formats.plain(
            f"{kind} on {event['site']}, {formats.date(event['happened_on'])}. As recorded: {event['summary'] or 'no words'}"
        )
    )
    code = languages.choose("Language", to.language, f"notice_language_{event_id}")
    sender = Sender.from_settings(settings)
    try:
        fresh = care_report.notice(event, to, sender, code)
    except AppError as error:
        states.show_error(error)
        return
    key = f"notice_edit_{event_id}_{fresh.email.language}"
    held = record.review(warehouse.shown(), fresh.report_id) or {}
    kept = held.get("source") if held.get("language") == fresh.email.language else None
    text = st.session_state.get(key) or kept or fresh.email.source
    report = report_sheet.edited(fresh, text, key, lambda source: care_report.rewritten(source, fresh, to, sender))
    if report:
        report_sheet.ways_out(report)
        report_sheet.keep(report, fresh.email.source, partial(st.switch_page, "care_reports.py"))
    report_sheet.revisions(fresh.report_id)
