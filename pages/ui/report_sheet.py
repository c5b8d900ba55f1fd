"""The parts that reports and notices share on a page: preview and edit, downloads, the record with its revisions."""

import datetime as dt
from collections.abc import Callable

import streamlit as st

from data.errors import AppError
from pages.ui import client_view, states, warehouse
from proposals.care_report import Report, files, html, pdf, record

VIEWS = ["Preview", "Edit text"]


def edited(fresh: Report, text: str, key: str, rewrite: Callable[[str], Report]) -> Report | None:
    """The report with the text as it stands in the box; None, with the reason shown, while it can't be used."""
    view = st.segmented_control("View", VIEWS, default="Preview", required=True, key=f"view_{fresh.report_id}")
    if view == "Edit text":
        st.caption("The first line is the subject. ## heads a part, - an item; an empty line parts paragraphs.")
        box = f"{key}_box_{fresh.email.language}"
        text = str(st.text_area("Text of the report", text, height=480, key=box) or "")
        st.session_state[key] = text
    try:
        report = fresh if text == fresh.email.source else rewrite(text)
    except AppError as error:
        states.show_error(error)
        st.caption("Mend the text to go on.")
        return None
    if view != "Edit text":
        alt = "The report as the client sees it"
        client_view.show(report.email.subject, html.page(report), alt, width=760, height=560)
    return report


def ways_out(report: Report) -> None:
    """Download as a draft message, a web page or paper, and the plain text to copy."""
    name = files.name(report)
    with st.container(horizontal=True):
        _download("Download draft (.eml)", report.email.eml, f"{name}.eml", "message/rfc822")
        _download("Download PDF", lambda: pdf.document(report), f"{name}.pdf", "application/pdf")
        _download("Download HTML", html.page(report).encode(), f"{name}.html", "text/html")
    if not report.email.eml.partition(b"\r\n\r\n")[0].count(b"\r\nTo:"):
        st.caption("No e-mail address is known for this client: write it into the draft yourself.")
    with st.expander("Copy as plain text", icon=":material/content_copy:"):
        st.code(f"{report.email.subject}\n\n{report.email.text}", language=None, wrap_lines=True)


def _download(label: str, data: bytes | Callable[[], bytes], name: str, mime: str) -> None:
    st.download_button(label, data, name, mime, icon=":material/download:", on_click="ignore", key=f"out_{name}")


def keep(report: Report, base: str, go_on: Callable[[], None]) -> None:
    """The review step: save as reviewed, mark as sent, skip; what was done can be taken back."""
    opened = warehouse.shown()
    state = record.state(opened, report.report_id)
    today = opened.today
    if warehouse.settings().is_demo:
        st.caption("This is the demo: what you put on record here may go when it is made anew.")
    try:
        if state == "skipped":
            st.info("This report was skipped.")
            if st.button("Take that back", icon=":material/undo:"):
                record.resume(opened, report)
                st.rerun()
            return
        with st.container(horizontal=True, vertical_alignment="bottom"):
            day = st.date_input(
                "Sent on", today, max_value=today, format="YYYY-MM-DD", key=f"sent_{report.report_id}", width=150
            )
            if st.button("Mark as sent", type="primary", icon=":material/send:"):
                record.send(opened, report, on=day if isinstance(day, dt.date) else today)
                go_on()
            if st.button("Save as reviewed", icon=":material/task_alt:"):
                record.save_review(opened, report, base)
                go_on()
            if state == "sent":
                if st.button("Was not sent after all", icon=":material/undo:"):
                    record.withdraw(opened, report)
                    st.rerun()
            elif report.kind == "report" and st.button("Skip this report", icon=":material/skip_next:"):
                record.skip(opened, report)
                go_on()
    except AppError as error:
        states.show_error(error)
        return
    st.caption("Marking it as sent freezes text, PDF and figures. It sends nothing: your mail program does.")


def revisions(report_id: str) -> None:
    """What was sent, as it was, each with its SHA-256."""
    for sent in reversed(record.revisions(warehouse.shown(), report_id)):
        word = "not sent after all" if sent.state == "withdrawn" else "on record"
        with st.expander(f"Revision {sent.revision}, {word}", icon=":material/lock:"):
            if sent.is_intact:
                st.caption(f":material/verified: As it was. SHA-256 `{sent.sha256}`")
            else:
                st.error("This revision was changed outside Retainer Desk: it no longer fits its SHA-256.")
            st.code(f"{sent.content['subject']}\n\n{sent.content['text']}", language=None, wrap_lines=True)
            with st.container(horizontal=True):
                stem = f"revision-{sent.revision}"
                _download(
                    "Download (.eml)", sent.content["eml"].encode("ascii", "surrogateescape"), f"{stem}.eml", "message/rfc822"
                )
                _download("Download (PDF)", sent.pdf, f"{stem}.pdf", "application/pdf")
