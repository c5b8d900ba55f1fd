"""Whom a report goes to and how they are spoken to."""

from dataclasses import dataclass

from data import reporting
from data.errors import InputError
from data.frames import rows
from data.settings import Settings
from data.warehouse import Warehouse
from proposals.care_report.facts import Reader
from proposals.language import codes
from proposals.mailbox import mailbox
from proposals.wording import plain


@dataclass(frozen=True)
class Addressee:
    """A client as a report addresses it: `greeted` is the name after the greeting, `email` empty where none can be used."""

    client_id: str
    name: str
    greeted: str = ""
    email: str = ""
    language: str = "en"
    next_steps: tuple[str, ...] = ()

    @property
    def mailbox(self) -> tuple[str, str] | None:
        """(name, address) for the message's header; None where no address is known."""
        return mailbox(self.name, self.email)


def addressee(warehouse: Warehouse, reader: Reader, client_id: str, settings: Settings) -> Addressee:
    """The client as kept for its reports: its own language, else that of Stripe, else that of the settings.

    InputError where there is no such client.
    """
    known = [row for row in rows(reader("clients")) if row["client_id"] == client_id]
    if not known:
        raise InputError(f"There is no client “{client_id}”.", "Name one by its id, name or e-mail address.")
    habit = reporting.habit(warehouse, client_id)
    owed = next((row for row in rows(reader("care_reports")) if row["client_id"] == client_id), {})
    wished = [habit.language, str(owed.get("language") or ""), settings.report_language]
    email = str(known[0]["email"] or "")
    return Addressee(
        client_id,
        str(known[0]["client_name"]),
        plain(habit.contact)[:80],
        email if mailbox("", email) else "",
        next((code for code in wished if code in codes()), "en"),
        tuple(line.strip(" -•") for line in habit.next_steps.splitlines() if line.strip(" -•")),
    )
