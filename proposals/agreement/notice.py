"""The e-mail that tells the client of a revision to sign, with its PDF (mission.md F12); only the user sends it."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from proposals import template
from proposals.agreement import standing
from proposals.agreement.standing import Agreement, Revision
from proposals.email import Email, compose
from proposals.language import language
from proposals.mailbox import mailbox
from proposals.sender import Sender
from proposals.wording import plain

if TYPE_CHECKING:
    from data.warehouse import Warehouse

BOUNDARY = "=_retainer_desk_agreement"


def email(agreement: Agreement, revision: Revision, sender: Sender) -> Email:
    """The notice of a revision, in the client's language; without the PDF. InputError as `proposals.email.compose`."""
    terms, before = revision.terms, agreement.in_force
    words = language(terms.language)
    since = before.number if before and before.number < revision.number else max(0, revision.number - 1)
    values = {
        "v": template.voice(sender.register),
        "title": revision.document["title"],
        "revision": revision.number,
        "first_name": plain(terms.client.signatory).split(" ")[0] if terms.client.signatory else "",
        "changes": [plain(one.change.note) for one in agreement.revisions if since < one.number <= revision.number],
        "has_initials": terms.has_initials,
        "is_signed_before": bool(before and before.number < revision.number),
        "signed_revision": before.number if before else 0,
        "signature": sender.signature,
    }
    subject, blocks = template.render("agreement/notice", words.code, values, sender.home)
    recipient = mailbox(terms.client.signatory or terms.client.name, terms.client.email)
    return compose(subject, blocks, words, sender.register, sender, recipient)


def message(warehouse: "Warehouse", agreement: Agreement, revision: Revision, sender: Sender) -> bytes:
    """The notice as an .eml draft with the revision's PDF attached; the same bytes each time."""
    written = email(agreement, revision, sender)
    made = message_from_bytes(written.eml, policy=SMTP)
    assert isinstance(made, EmailMessage)  # noqa: S101 - the SMTP policy makes no other
    content = standing.printed(warehouse, agreement.id, revision.number)
    made.add_attachment(content, maintype="application", subtype="pdf", filename=file_name(agreement, revision))
    made.set_boundary(BOUNDARY)
    return made.as_bytes()


def file_name(agreement: Agreement, revision: Revision) -> str:
    """The PDF's name in downloads and archives."""
    return f"agreement-{agreement.id}-revision-{revision.number}.pdf"
