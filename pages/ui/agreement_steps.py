"""What can be done with an agreement: send its draft, put the signature on record, revise, end."""

import datetime as dt
from typing import Any

import streamlit as st

from pages.ui import agreement_papers, warehouse
from pages.ui.agreement_act import act
from proposals.agreement import document, record, reviews
from proposals.agreement.standing import Agreement, Revision


def send(agreement: Agreement, seen: str) -> None:
    """The draft on paper, and the step that freezes it."""
    opened, known = warehouse.shown(), agreement.id
    number = len(agreement.revisions) + 1
    st.subheader(f"Send revision {number}", anchor=False)
    if not agreement_papers.draft(agreement):
        return
    first = document.texts(agreement.draft.language)["log"]["first"] if agreement.draft else ""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        author = st.text_input("Author", warehouse.settings().sender_name, key=f"author_{known}_{seen}", width=200)
        note = st.text_input(
            "What changed (for the change log)", first if number == 1 else "", key=f"note_{known}_{seen}", width=380
        )
        on = _day("Sent on", f"sent_{known}", opened)
    with st.container(horizontal=True):
        if st.button(f"Freeze and mark revision {number} as sent", type="primary", icon=":material/lock:"):
            act(
                known,
                f"Revision {number} is frozen.",
                lambda: record.send(opened, known, author=author, note=note, on=on, seen=seen),
            )
        if st.button("Discard the draft", type="tertiary", icon=":material/delete:"):
            act(known, "The draft is gone; what was sent stays.", lambda: record.discard_draft(opened, known, seen=seen))
    st.caption("It sends nothing: the e-mail to the client is written then, and your mail program sends it.")
    _review(agreement)


def sign(agreement: Agreement, revision: Revision, seen: str) -> None:
    """Who signed it, when, and the signed copy."""
    opened, known, number = warehouse.shown(), agreement.id, revision.number
    st.subheader(f"Revision {number} awaits its signature", anchor=False)
    with st.form(f"sign_{known}_{seen}", border=True):
        with st.grid(3, min_column_width=200):
            by = st.text_input("Signed by", revision.terms.client.signatory or revision.terms.client.name)
            on = _day("Signed on", "", opened, least=revision.sent.on)
            note = st.text_input("Where the signed copy is kept", placeholder="Folder “Agreements”")
        file = st.file_uploader("Scan of the signed copy", type=["pdf", "png", "jpg", "jpeg", "tif", "tiff", "heic", "webp"])
        st.caption("A scan or a note is needed. A scan of a signature is evidence, not a qualified electronic signature.")
        is_signed = st.form_submit_button(f"Mark revision {number} as signed", type="primary", icon=":material/signature:")
    if is_signed:
        scan = (file.name, file.getvalue()) if file else None
        act(
            known, f"Revision {number} is signed.",
            lambda: record.sign(opened, known, number, by=by, on=on, note=note, scan=scan, seen=seen),
        )  # fmt: skip


def go_on(agreement: Agreement, seen: str) -> None:
    """Begin the next revision, or end the agreement."""
    opened, known = warehouse.shown(), agreement.id
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = len(agreement.revisions) + 1
        if agreement.draft is None and st.button(f"Begin revision {number}", icon=":material/edit_document:"):
            act(known, f"Revision {number} begins with the terms of the last.", lambda: record.revise(opened, known, seen=seen))
        with st.popover("End the agreement", icon=":material/event_busy:"):
            reason = st.text_input("Why it ends", key=f"end_reason_{known}_{seen}")
            on = _day("Ends on", f"end_{known}", opened)
            if st.button("End it for good", key=f"end_it_{known}"):
                act(known, "The agreement has ended.", lambda: record.end(opened, known, on=on, reason=reason, seen=seen))


def _review(agreement: Agreement) -> None:
    opened, draft = warehouse.shown(), agreement.draft
    if draft is None or reviews.standing(opened, draft):
        return
    with st.expander("A lawyer has reviewed this wording", icon=":material/gavel:"):
        st.markdown(
            "The line “not legal advice” goes from agreements with exactly these clauses, in this wording, order and language. "
            "The reviewer’s name and the day are printed instead."
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.text_input("Lawyer", key=f"reviewer_{agreement.id}", width=260)
            on = _day("Reviewed on", f"reviewed_{agreement.id}", opened)
            if st.button("Put the review on record"):
                act(agreement.id, "The review is on record.", lambda: reviews.add(opened, draft, name, on))


def _day(label: str, key: str, opened: Any, least: dt.date | None = None) -> dt.date:
    today = opened.today
    low = min(least, today) if least else dt.date(2000, 1, 1)
    return st.date_input(label, today, min_value=low, max_value=today, format="YYYY-MM-DD", width=150, key=key or None)
