"""From an offer to an e-mail: subject, plain text, HTML and an .eml draft (R22), the same bytes for the same notes.

The words stand in `languages/<code>/email.j2`. Text and HTML are made from the same blocks, so they say the same. What comes
from the notes is data: turned to the client by rule or not sent at all, escaped in HTML, never in a header unchecked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

import css_inline

from data.errors import InputError
from proposals import guard, template
from proposals.language import Language, language
from proposals.letter import letter, mailbox_of
from proposals.offer import Offer, brief_language
from proposals.sender import Sender, checked_register
from proposals.wording import plain

BOUNDARY = "=_retainer_desk_proposal"  # quoted-printable writes every “=” as “=3D”, so no body can hold it


@dataclass(frozen=True)
class Email:
    """An e-mail ready to be looked at, copied or opened as a draft.

    `eml` is the whole message; `source` is the markup of proposals/template.py, which `rewritten` takes back after an edit.
    """

    subject: str
    text: str
    html: str
    eml: bytes
    source: str
    language: str
    register: str


def email(offer: Offer, sender: Sender, language_code: str | None = None, register: str | None = None) -> Email:
    """The three-option e-mail of an offer, in a language (default: the notes') and register (default: the sender's).

    Raises InputError for an unknown language or register, a template that can't be used, and a discount word in a
    template or in the price book's words (R16).
    """
    code = language_code or brief_language(offer.brief)
    words = language(code)
    register = checked_register(register or sender.register)
    values = letter(offer, words, register, sender)
    subject, document = template.render("email", code, values, sender.home)
    return compose(subject, document, words, register, sender, mailbox_of(offer.brief))


def compose(
    subject: str,
    document: Sequence[template.Block],
    words: Language,
    register: str,
    sender: Sender,
    recipient: tuple[str, str] | None,
    names: Sequence[str] = (),
) -> Email:
    """Subject and blocks as an Email to (name, address); InputError where they name a discount.

    `names` are proper ones, as the addresses of sites, which may hold such a word.
    """
    blocks = tuple(_typeset(block, words) for block in document)
    subject = words.typeset(" ".join(subject.split()))
    text = template.as_text(blocks)
    _refuse_discounts(_without(f"{subject}\n{text}", names), sender)
    page = template.layout({"code": words.code, "subject": subject, "groups": _groups(blocks)})
    html = css_inline.inline(page, load_remote_stylesheets=False).strip() + "\n"
    eml = _eml(subject, text, html, sender, recipient)
    return Email(subject, text, html, eml, template.as_source(subject, blocks), words.code, register)


def rewritten(source: str, before: Email, offer: Offer, sender: Sender) -> Email:
    """The e-mail after the user has edited its `source`; InputError where the edit names a discount (R16) or leaves nothing."""
    subject, document = template.blocks(source)
    if not document:
        raise InputError("The e-mail is empty.", "Write at least one line, or start again from the offer.")
    return compose(
        subject or before.subject, document, language(before.language), before.register, sender, mailbox_of(offer.brief)
    )


def _typeset(block: template.Block, words: Language) -> template.Block:
    lines = tuple((words.typeset(text), words.typeset(note)) for text, note in block.lines)
    return template.Block(block.kind, lines, block.is_marked)


def _without(text: str, names: Sequence[str]) -> str:
    """The text without these names, the longest first; what else it says is left to be checked."""
    for name in sorted((name for name in names if name), key=len, reverse=True):
        text = text.replace(name, "·")
    return text


def _refuse_discounts(text: str, sender: Sender) -> None:
    own = {name for name in (sender.name, sender.company) if name}
    for hit in (hit for line in text.splitlines() for hit in guard.find(line)):
        if not any(hit.word in name for name in own):
            raise InputError(f"The e-mail would say “{hit.word}”.", hit.suggestion)


def _groups(blocks: tuple[template.Block, ...]) -> list[dict[str, object]]:
    groups: list[dict[str, object]] = []
    for block in blocks:
        if block.kind == "option" or block.kind == "heading" or not groups:
            groups.append({"is_option": block.kind == "option", "is_marked": block.is_marked, "blocks": []})
        groups[-1]["blocks"].append(block)  # type: ignore[attr-defined]
    return groups


def _eml(subject: str, text: str, html: str, sender: Sender, recipient: tuple[str, str] | None) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    try:
        if sender.email:
            message["From"] = Address(plain(sender.name), addr_spec=sender.email)
    except ValueError as error:
        raise InputError(f"Your address “{sender.email}” is no e-mail address.", "Mend it in the settings.") from error
    if recipient:
        message["To"] = Address(recipient[0], addr_spec=recipient[1])
    message["X-Unsent"] = "1"
    message.set_content(text, charset="utf-8", cte="quoted-printable")
    message.add_alternative(html, subtype="html", charset="utf-8", cte="quoted-printable")
    message.set_boundary(BOUNDARY)
    return message.as_bytes()
