"""Closing a month on the Revenue page: the note, the button, and what later syncs changed."""

import streamlit as st

from data import closings
from data.closings import Closing
from data.warehouse import Warehouse
from pages.ui import blocks, findings, formats, links, month_report, month_review, rows, warehouse
from pages.ui.blocks import Column
from pages.ui.signed_in import reader


def section(month: str, currency: str) -> None:
    """The month's note, its closing with what changed since, and its report."""
    opened = warehouse.shown()
    closing = closings.closing(opened, month)
    st.subheader("Close the month", anchor=False)
    note = _note(opened, month)
    restated = warehouse.metric("restated_figures", month, month)
    _closing(opened, month, closing, note, is_restated=not restated.empty)
    if closing:
        _restatements(month, currency, closing)
    month_report.downloads(opened, month, currency, closing, note)


def _note(opened: Warehouse, month: str) -> str:
    saved = closings.saved_note(opened, month)
    written = st.text_area(
        "Your note on this month",
        value=saved,
        key=f"note-{month}",
        placeholder="What explains the figures, what to do next month …",
        max_chars=closings.LONGEST_NOTE,
        help="Kept as you leave the field, and printed in the report.",
    )
    if (written or "").strip() != saved:
        closings.save_note(opened, month, written or "")
        st.toast("Note saved")
    return (written or "").strip()


def _closing(opened: Warehouse, month: str, closing: Closing | None, note: str, *, is_restated: bool) -> None:
    name = formats.month(month)
    why_not = closings.obstacle(opened, month)
    if closing:
        by = f" by {closing.closed_by}" if closing.closed_by else ""
        times = f" (revision {formats.count(closing.revision)})" if closing.revision > 1 else ""
        st.markdown(formats.plain(f"{name} was closed on {formats.instant(closing.closed_at)}{by}{times}."))
        if closing.note != note:
            st.caption("The note has changed since. Closing again keeps the new one; closed with the month was:")
            st.text(closing.note or "No note.")
        if not is_restated and closing.note == note:
            return
    else:
        st.markdown(
            "Closing keeps every figure of the month, in all currencies, and your note as they stand now, with today’s date. "
            "What a later sync changes in the month is then shown as a difference. Nothing is sent to anybody."
        )
    if why_not:
        st.caption(formats.plain(why_not))
    label = f"Close {name} again" if closing else f"Close {name}"
    if st.button(label, type="secondary" if closing else "primary", disabled=bool(why_not), icon=":material/lock:"):
        closings.close_month(opened, month, note, by=reader())
        st.rerun()


def _restatements(month: str, currency: str, closing: Closing) -> None:
    figures = warehouse.metric("restated_figures", month, month, currency)
    clients = warehouse.metric("restatements", month, month, currency)
    since = f"since {formats.date(closing.closed_at)}"
    if figures.empty and clients.empty:
        st.caption(f"Nothing of this month has changed {since}.")
        return
    st.markdown(f"**Changed {since}.** The page shows the figures of now; closed were:")
    headings = {"closed": "When closed", "now": "Now", "difference": "Difference"}
    st.dataframe(  # each row has its own unit, so its figures come as text
        month_review.restated_figures(figures),
        column_config={
            "name": st.column_config.Column("Figure", width="medium"),
            **{name: st.column_config.Column(heading, alignment="right") for name, heading in headings.items()},
        },
        hide_index=True,
        height="content",
        key="restated",
        alt="Restated figures",
    )
    if not clients.empty:
        named = {
            "client_name": rows.CLIENT,
            "closed_mrr_minor": Column("MRR when closed", "money"),
            "now_mrr_minor": Column("MRR now", "money"),
            "difference_minor": Column("Difference", "change"),
            "cause": Column("Last change known now", "word", width="large"),
            "changed_on": Column("Dated", "date"),
        }
        clients = clients.assign(cause=[findings.cause(cause) for cause in clients["cause"]])
        opens = links.open_client(clients)
        blocks.table(clients, named, alt="Restated clients", key="restated-clients", currency=currency, open_row=opens)
        blocks.download(clients, f"restatements-{month}-{currency}.csv")
