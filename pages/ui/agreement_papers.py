"""An agreement on paper, on its page: the draft to look at, the e-mail to the client, what was sent and signed to download."""

import streamlit as st

from data.errors import AppError
from pages.ui import agreement_changes, formats, states, warehouse
from proposals.agreement import notice as notice_mail
from proposals.agreement import pdf, record, standing
from proposals.agreement.standing import Agreement, Revision
from proposals.sender import Sender


def draft(agreement: Agreement) -> bool:
    """The draft to look at, what it lacks, and what differs from the last revision; whether it can be sent as it is."""
    opened, last = warehouse.shown(), agreement.newest
    missing = agreement.draft.missing() if agreement.draft else []
    if missing:
        st.warning(formats.plain(f"Before it can be sent it needs {formats.listing(missing)}."), icon=":material/edit_note:")
    try:
        words = record.composed(opened, agreement, "", "", opened.today, is_draft=True)
        paper = pdf.document(words)
    except AppError as error:
        states.show_error(error)
        return False
    st.download_button(
        "Look at the draft (PDF)", paper, f"agreement-{agreement.id}-draft.pdf", "application/pdf",
        icon=":material/picture_as_pdf:", on_click="ignore", key=f"draft_{agreement.id}",
    )  # fmt: skip
    if last:
        with st.expander(f"What differs from revision {last.number}", icon=":material/difference:"):
            agreement_changes.show(last.document, words)
    return not missing


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
