"""Letters of billing: a card that expires, a payment that failed, in three tones over time, or that the client's bank disputes,
and a prepaid term that runs out.

Each is a template `languages/<code>/billing_*.j2`; the days come from the user's policy for non-payment (F16, F36–F38). Nothing
is sent: the letter is copied, or opened as an .eml draft.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date

from data.settings import Settings
from proposals import template
from proposals.email import Email, compose
from proposals.language import Language, language
from proposals.mailbox import mailbox
from proposals.sender import Sender, checked_register
from proposals.wording import plain

# Tone → the step of the policy from which it is meant.
TONES = {"friendly": "notice", "firm": "reminder", "final": "suspension"}
# Who is told of a consequence has at least so many days left to prevent it.
NOTICE_DAYS = 3


@dataclass(frozen=True)
class Addressee:
    """To whom a letter goes: the client's name and address, and the language to write in."""

    name: str
    email: str = ""
    language: str = "en"

    @property
    def mailbox(self) -> tuple[str, str] | None:
        """(name, address) for a header; None where there is no address that one can hold."""
        return mailbox(self.name, self.email)


def card(who: Addressee, sender: Sender, *, last4: str, expires_on: date, today: date, register: str | None = None) -> Email:
    """The reminder of a card that expires (F36). InputError for an unknown language, and a template that can't be used."""
    words = language(who.language)
    values = {
        "last4": plain(last4),
        "expires_day": words.day(expires_on, "long"),
        "expires_month": format_date(expires_on, "MMMM y", locale=words.locale()),
        "is_expired": today > expires_on,
    }
    return _letter("billing_card", values, who, words, sender, register)


def unpaid(
    who: Addressee,
    sender: Sender,
    settings: Settings,
    *,
    tone: str,
    invoice: str,
    amount_minor: int,
    currency: str,
    since_on: date,
    today: date,
    next_try_on: date | None = None,
    is_invoice: bool = False,
    has_agreement: bool = True,
    register: str | None = None,
) -> Email:
    """The letter about an unpaid invoice in one of three tones (TONES), with the days of the policy (F16).

    Without a signed agreement (F4) it appeals to none. A day of the policy that is past, or too near to act on, is put three
    days ahead. InputError as in `card`.
    """
    words = language(who.language)
    suspend_on = max(since_on + timedelta(days=settings.suspension_days), today + timedelta(days=NOTICE_DAYS))
    between = timedelta(days=settings.termination_days - settings.suspension_days)
    end_on = max(since_on + timedelta(days=settings.termination_days), suspend_on + between)
    values = {
        "invoice": plain(invoice),
        "amount": words.money(amount_minor, currency),
        "since_day": words.day(since_on, "long"),
        "next_try": words.day(next_try_on, "long") if next_try_on and next_try_on > today else "",
        "suspend_day": words.day(suspend_on, "long"),
        "end_day": words.day(end_on, "long"),
        "is_invoice": is_invoice,
        "has_agreement": has_agreement,
    }
    return _letter(f"billing_unpaid_{tone}", values, who, words, sender, register)


def disputed(
    who: Addressee,
    sender: Sender,
    *,
    invoice: str,
    amount_minor: int,
    currency: str,
    since_on: date,
    is_lost: bool = False,
    register: str | None = None,
) -> Email:
    """The letter about a payment that the client's bank disputes, or has taken back for good. InputError as in `card`."""
    words = language(who.language)
    values = {
        "invoice": plain(invoice),
        "amount": words.money(amount_minor, currency),
        "since_day": words.day(since_on, "long"),
        "is_lost": is_lost,
    }
    return _letter("billing_disputed", values, who, words, sender, register)


def renewal(
    who: Addressee,
    sender: Sender,
    *,
    amount_minor: int,
    currency: str,
    months: int,
    paid_until: date,
    today: date,
    register: str | None = None,
) -> Email:
    """The letter about the next prepaid term (F38, F39). InputError as in `card`."""
    words = language(who.language)
    values = {
        "amount": words.money(amount_minor, currency),
        "months_text": words.count("months", months),
        "until_day": words.day(paid_until, "long"),
        "is_over": today >= paid_until,
    }
    return _letter("billing_renewal", values, who, words, sender, register)


def tone_of(step: str) -> str:
    """The tone that fits a step of the policy; past the last one, the final tone."""
    return next((tone for tone, name in TONES.items() if name == step), "final")


def _letter(
    name: str, values: Mapping[str, Any], who: Addressee, words: Language, sender: Sender, register: str | None
) -> Email:
    chosen = checked_register(register or sender.register)
    common = {
        "v": template.voice(chosen),
        "signature": sender.signature,
    }
    subject, document = template.render(name, words.code, {**common, **values}, sender.home)
    return compose(subject, document, words, chosen, sender, who.mailbox)
