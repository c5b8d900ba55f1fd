"""One client's report on a page: preview, edit, downloads, and its way onto the record; below, what was agreed."""

from functools import partial
from typing import Any

import streamlit as st

from data import reporting
from data.errors import AppError
from data.reporting import Period
from data.settings import Settings
from pages.ui import agreed_form, email_desk, formats, languages, report_sheet, states, warehouse
from proposals import care_report
from proposals.care_report import Addressee, Facts, Report, record
from proposals.sender import Sender


def go(client_id: str, period: str) -> None:
    """Open the report of a client and period."""
    st.switch_page("care_reports.py", query_params={"client": client_id, "period": period})


def show(client_id: str, label: str) -> None:
    """The report of that client; of the last period that is over where the address names none."""
    opened, settings = warehouse.shown(), warehouse.settings()
    if st.button("All reports", icon=":material/arrow_back:", type="tertiary"):
        st.switch_page("care_reports.py")
    to = care_report.addressee(opened, warehouse.metric, client_id, settings)
    st.title(formats.plain(to.name), anchor=False)
    email_desk.ask_name(settings)
    with st.container(horizontal=True, vertical_alignment="top"):
        period = _period(client_id, label, settings)
        code = languages.choose("Language", to.language, f"report_language_{to.client_id}")
    facts = care_report.read(warehouse.metric, client_id, period, opened.today)
    _missing(facts)
    report_id = f"{client_id}:{period.label}"
    fresh = _fresh(facts, to, settings, code)
    if fresh:
        report = _edited(fresh, to, settings)
        if report:
            report_sheet.ways_out(report)
            report_sheet.keep(report, fresh.email.source, partial(_next, client_id))
    report_sheet.revisions(report_id)
    agreed_form.show(client_id, facts)


def reviewed(client_id: str, label: str) -> tuple[Report, Addressee]:
    """The report as it was reviewed, else as the facts give it."""
    opened, settings = warehouse.shown(), warehouse.settings()
    to = care_report.addressee(opened, warehouse.metric, client_id, settings)
    facts = care_report.read(warehouse.metric, client_id, reporting.period(label), opened.today)
    held = record.review(opened, f"{client_id}:{label}") or {}
    sender = Sender.from_settings(settings)
    fresh = care_report.compose(facts, to, sender, held.get("language"))
    return (care_report.rewritten(held["source"], fresh, to, sender) if held else fresh), to


def _period(client_id: str, label: str, settings: Settings) -> Period:
    owed = warehouse.metric("care_reports")
    mine = owed[owed["client_id"] == client_id]
    every = str(mine.iloc[0]["every"]) if len(mine) else settings.report_every
    known = [period.label for period in reporting.periods(every, warehouse.shown().today)]
    if label and label not in known:
        known.insert(0, reporting.period(label).label)
    place = known.index(label) if label in known else 1
    chosen = st.selectbox("Period", known, place, format_func=formats.period, key=f"period_{client_id}", width=200)
    return reporting.period(str(chosen))


def _missing(facts: Facts) -> None:
    """What is not recorded, for the user alone."""
    untold = [line.name for line in facts.agreed if not line.is_known]
    said = list(facts.missing) + ([f"What came of {formats.listing(untold)} is not entered yet."] if untold else [])
    if said:
        with st.expander(
            f"No data: {formats.count(len(said), 'thing')} that the report leaves out", icon=":material/visibility_off:"
        ):
            for sentence in said:
                st.markdown(f"- {formats.plain(sentence)}")


def _fresh(facts: Facts, to: Addressee, settings: Settings, code: str) -> Report | None:
    if facts.says_nothing:
        when = formats.period(facts.period.label)
        st.info(
            f"Nothing is recorded for this client in {when}, so there is nothing to tell. Import care data, or enter below "
            "what was agreed and what came of it."
        )
        return None
    try:
        return care_report.compose(facts, to, Sender.from_settings(settings), code)
    except AppError as error:
        states.show_error(error)
        return None


def _edited(fresh: Report, to: Addressee, settings: Settings) -> Report | None:
    """The report as edited: what is typed now, else what was reviewed, else as it was written from the facts."""
    key = f"report_edit_{fresh.report_id}_{fresh.email.language}"
    held: dict[str, Any] = record.review(warehouse.shown(), fresh.report_id) or {}  # type: ignore[assignment]
    is_held = bool(held) and held["language"] == fresh.email.language
    text = st.session_state.get(key) or (held["source"] if is_held else fresh.email.source)
    if is_held and held["base"] != fresh.email.source:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.warning("The facts have changed since you reviewed this text.", width="stretch")
            if st.button("Write it anew"):
                record.discard_review(warehouse.shown(), fresh.report_id)
                st.session_state.pop(key, None)
                st.rerun()
    sender = Sender.from_settings(settings)
    return report_sheet.edited(fresh, text, key, lambda source: care_report.rewritten(source, fresh, to, sender))


def _next(client_id: str) -> None:
    """On to the next client whose report is due; to the list where none is left."""
    owed = warehouse.metric("care_reports")
    left = owed[owed["state"].isin(["due", "reviewed"]) & (owed["client_id"] != client_id)]
    due = left[left["state"] == "due"]
    if len(due):
        go(str(due.iloc[0]["client_id"]), str(due.iloc[0]["period"]))
    st.switch_page("care_reports.py")
