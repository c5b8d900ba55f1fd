"""An agreement as it stands on record: its revisions with their states, the draft of the next one, PDFs and scans."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.errors import InputError
from proposals.agreement import ledger
from proposals.agreement.document import Change
from proposals.agreement.ledger import Event
from proposals.agreement.terms import Terms, from_dict

if TYPE_CHECKING:
    from data.warehouse import Warehouse


@dataclass(frozen=True)
class Revision:
    """What was sent: its words (`document`), terms and state; `sha256` is that of its PDF."""

    number: int
    state: str
    document: Mapping[str, Any]
    terms: Terms
    sent: Event
    signed: Event | None
    sha256: str

    @property
    def change(self) -> Change:
        """Its entry in the change log."""
        return Change(self.number, self.sent.on, self.sent.detail["author"], self.sent.detail["note"])


@dataclass(frozen=True)
class Agreement:
    """One agreement as it stands: revisions that were sent, the first one first, and the draft of the next, if there is one."""

    id: str
    revisions: tuple[Revision, ...]
    draft: Terms | None
    events: tuple[Event, ...]
    token: str
    is_intact: bool

    @property
    def newest(self) -> Revision | None:
        """The revision sent last."""
        return self.revisions[-1] if self.revisions else None

    @property
    def terms(self) -> Terms | None:
        """The terms to go on with: the draft's, else those sent last; None where the only draft was discarded."""
        return self.draft or (self.newest.terms if self.newest else None)

    @property
    def in_force(self) -> Revision | None:
        """The revision that is signed."""
        return next((revision for revision in reversed(self.revisions) if revision.state == "signed"), None)

    @property
    def is_ended(self) -> bool:
        """Whether the agreement was ended; nothing follows."""
        return bool(self.events) and self.events[-1].event == "ended"

    def revision(self, number: int) -> Revision:
        """The revision of that number; InputError where none was sent."""
        for revision in self.revisions:
            if revision.number == number:
                return revision
        raise InputError(f"Agreement {self.id} has no revision {number} that was sent.", "See `agreement show`.")


def read(warehouse: "Warehouse", agreement_id: str) -> Agreement:
    """An agreement as it stands; InputError where there is none of that id."""
    with warehouse.cursor() as cursor:
        events = ledger.events(cursor, agreement_id)
        rows = cursor.execute(
            "select revision, content from contract_revisions where agreement_id = ? order by revision", [agreement_id]
        ).fetchall()
        found = cursor.execute("select content from contract_drafts where agreement_id = ?", [agreement_id]).fetchone()
        is_intact, token = ledger.is_intact(cursor, agreement_id), ledger.token(cursor, agreement_id)
    revisions = tuple(_revision(number, json.loads(content), events) for number, content in rows if sending(events, number))
    draft = from_dict(json.loads(found[0])) if found else None
    return Agreement(agreement_id, revisions, draft, tuple(events), token, is_intact)


def ids(warehouse: "Warehouse") -> list[str]:
    """Every agreement's id, the first one first."""
    with warehouse.cursor() as cursor:
        return [row[0] for row in cursor.execute("select agreement_id from contracts order by agreement_id").fetchall()]


def printed(warehouse: "Warehouse", agreement_id: str, number: int) -> bytes:
    """The PDF of a revision as it was sent. InputError where there is none; AlteredAgreement where it fits its hash no more."""
    with warehouse.cursor() as cursor:
        ledger.checked(cursor, agreement_id, None)
        row = cursor.execute(
            "select pdf from contract_revisions where agreement_id = ? and revision = ?", [agreement_id, number]
        ).fetchone()
    if row is None:
        raise InputError(f"Agreement {agreement_id} has no revision {number} that was sent.", "See `agreement show`.")
    return bytes(row[0])


def scans(warehouse: "Warehouse", agreement_id: str) -> list[tuple[int, str, bytes]]:
    """The scans of signed revisions: revision, file name, bytes."""
    with warehouse.cursor() as cursor:
        rows = cursor.execute(
            "select revision, name, content from contract_files where agreement_id = ? order by revision", [agreement_id]
        ).fetchall()
    return [(revision, name, bytes(content)) for revision, name, content in rows]


def _revision(number: int, content: Mapping[str, Any], events: Sequence[Event]) -> Revision:
    mine = [event for event in events if event.revision == number]
    sent = next(event for event in mine if event.event == "sent")
    signed = next((event for event in mine if event.event == "signed"), None)
    terms = from_dict(content["terms"])
    return Revision(number, mine[-1].event, content["document"], terms, sent, signed, sent.detail["pdf_sha256"])


def sending(events: Sequence[Event], number: int) -> Event | None:
    """The event by which a revision was sent."""
    return next((event for event in events if event.revision == number and event.event == "sent"), None)
