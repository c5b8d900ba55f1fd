"""Replies to objections, as a second short e-mail for each class (R15–R19).

Money: the price stands, value is added. Value: what a monthly fee gives. Results: a trial month, paid, never free.
"""

from data.errors import InputError
from proposals import template
from proposals.email import Email, compose
from proposals.language import language
from proposals.letter import letter, mailbox_of
from proposals.offer import Offer, brief_language
from proposals.sender import Sender, checked_register

KINDS = ("money", "value", "results")


def reply(offer: Offer, kind: str, sender: Sender, language_code: str | None = None, register: str | None = None) -> Email:
    """The reply to an objection of that kind, in a language (default: the notes') and register (default: the sender's).

    Raises InputError for an unknown kind, language or register, and for a template that can't be used or names a discount.
    """
    if kind not in KINDS:
        raise InputError(f"There is no reply to “{kind}”.", f"Use {', '.join(KINDS)}.")
    code = language_code or brief_language(offer.brief)
    words = language(code)
    register = checked_register(register or sender.register)
    values = letter(offer, words, register, sender)
    subject, document = template.render(f"reply_{kind}", code, values, sender.home)
    return compose(subject, document, words, register, sender, mailbox_of(offer.brief))
