"""What can be done with an agreement: send its draft, tell the client, put the signature on record, revise, end."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import streamlit as st

from data.errors import AppError
from pages.ui import agreement_changes, formats, states, warehouse
from proposals.agreement import document, pdf, record, reviews, standing
from proposals.agreement import notice as notice_mail
from proposals.agreement.standing import Agreement, Revision
from proposals.email import Sender

Act = Callable[[str, str, Callable[[], object]], None]


def send(agreement: Agreement, seen: str, act: Act) -> None:
    """The draft on paper, and the step that freezes it."""
    opened, known = warehouse.shown(), agreement.id
    number = len(agreement.revisions) + 1
    st.subheader(f"Send revision {number}", anchor=False)
    if _is_unfit(agreement):
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
    _review(agreement, act)


def notice(agreement: Agreement, revision: Revision) -> None:
    """The e-mail that tells the client of the revision (F12)."""
    sender = Sender.from_settings(warehouse.settings())
    st.subheader("Tell the client", anchor=False)
    try:
        mail = notice_mail.email(agreement, revision, sender)
    except AppError as error:
        states.show_error(error)
        return
    with st.expander(formats.plain(mail.subject), icon=":material/mail:"):
        st.code(mail.text, language=None, wrap_lines=True)
    opened = warehouse.shown()
    st.download_button(
        "Download the e-mail with its PDF (.eml)", data=lambda: notice_mail.message(opened, agreement, revision, sender),
        file_name=f"agreement-{agreement.id}-{revision.number}.eml", mime="message/rfc822", icon=":material/outgoing_mail:",
        on_click="ignore", key=f"eml_{agreement.id}_{revision.number}",
    )  # fmt: skip


def sign(agreement: Agreement, revision: Revision, seen: str, act: Act) -> None:
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


def go_on(agreement: Agreement, seen: str, act: Act) -> None:
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


def downloads(agreement: Agreement, revision: Revision) -> None:
    """The revision's PDF and its scans."""
    opened = warehouse.shown()
    with st.container(horizontal=True):
        st.download_button(
            "Download PDF", data=lambda: standing.printed(opened, agreement.id, revision.number),
            file_name=notice_mail.file_name(agreement, revision), mime="application/pdf", icon=":material/picture_as_pdf:",
            on_click="ignore", key=f"pdf_{agreement.id}_{revision.number}",
        )  # fmt: skip
        name = str(revision.signed.detail.get("file_name") or "") if revision.signed else ""
        if name:
            st.download_button(
                "Download signed copy", data=lambda: _scan(agreement.id, revision.number), file_name=name,
                mime="application/octet-stream", icon=":material/attachment:", on_click="ignore",
                key=f"scan_{agreement.id}_{revision.number}",
            )  # fmt: skip


def _scan(agreement_id: str, number: int) -> bytes:
    return next(content for revision, _, content in standing.scans(warehouse.shown(), agreement_id) if revision == number)


def _is_unfit(agreement: Agreement) -> bool:
    """Say what the draft lacks, show it on paper and against the last revision; True where it can't be sent."""
    opened, draft, last = warehouse.shown(), agreement.draft, agreement.newest
    missing = draft.missing() if draft else []
    if missing:
        st.warning(formats.plain(f"Before it can be sent it needs {formats.listing(missing)}."), icon=":material/edit_note:")
    try:
        words = record.composed(opened, agreement, "", "", opened.today, is_draft=True)
        paper = pdf.document(words)
    except AppError as error:
        states.show_error(error)
        return True
    st.download_button(
        "Look at the draft (PDF)", paper, f"agreement-{agreement.id}-draft.pdf", "application/pdf",
        icon=":material/picture_as_pdf:", on_click="ignore", key=f"draft_{agreement.id}",
    )  # fmt: skip
    if last:
        with st.expander(f"What differs from revision {last.number}", icon=":material/difference:"):
            agreement_changes.show(last.document, words)
    return bool(missing)


def _review(agreement: Agreement, act: Act) -> None:
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
