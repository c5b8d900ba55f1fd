"""Proposals on record: drafted, sent, followed up, answered; what was sent stands for ever (architecture: frozen when sent).

A draft may change. Marking it sent writes a revision: tiers, prices, text, notes and corrections as they were, under a SHA-256
that takes in the revision before it. Rows of revisions and events are only ever added; a change is a new revision, which
supersedes the one before. The states are those of the metric `proposals`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from data import clock, version
from data.errors import AppError, InputError
from proposals import draft, ledger
from proposals.brief import LISTS, SINGLE, Brief
from proposals.email import Email
from proposals.offer import Offer

if TYPE_CHECKING:
    from data.warehouse import Warehouse

LONGEST_REASON = 1_000


class AlteredRevision(AppError):
    """This revision was changed outside Retainer Desk."""

    def __init__(self) -> None:
        super().__init__(hint="Its text no longer fits its SHA-256. Compare it with the message in your mail program.")


@dataclass(frozen=True)
class Revision:
    """What was sent: `content` as `content_of` made it; `is_intact` is False where the stored text no longer fits its hash."""

    proposal_id: str
    revision: int
    content: Mapping[str, Any]
    sha256: str
    is_intact: bool


def content_of(offer: Offer, email: Email, notes: str, read: Brief) -> dict[str, Any]:
    """All that a revision keeps, as plain data: offer with tiers and prices, texts, notes, and what the user corrected.

    `read` is the brief as the notes gave it; where the offer's own brief differs, the field stands in `corrections`.
    """
    brief = offer.brief
    return {
        "contact": {
            "name": brief.value("contact_name") or brief.value("contact_first_name"),
            "company": brief.value("company"),
            "email": brief.value("email"),
        },
        "offer": draft.record(offer, email, notes),
        "subject": email.subject,
        "text": email.text,
        "html": email.html,
        "eml": email.eml.decode("ascii", "surrogateescape"),
        "source": email.source,
        "notes": notes,
        "corrections": corrections(read, brief),
    }


def corrections(read: Brief, corrected: Brief) -> dict[str, dict[str, Any]]:
    """Fields that the user changed, each with the value `read` from the notes and the one `set` instead."""
    pairs = {name: (read.value(name), corrected.value(name)) for name in SINGLE}
    pairs |= {name: (read.values(name), corrected.values(name)) for name in LISTS}
    return {name: {"read": before, "set": after} for name, (before, after) in pairs.items() if before != after}


def corrected(read: Brief, kept: Mapping[str, Mapping[str, Any]]) -> Brief:
    """The brief as read, with corrections kept earlier; a field whose reading has changed since keeps the user's value."""
    for name, change in kept.items():
        read = read.replace_fact(name, change["set"])
    return read


def working_days_after(day: date, days: int) -> date:
    """The day that many working days later; Saturdays and Sundays are none."""
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def save_draft(warehouse: "Warehouse", content: Mapping[str, Any], proposal_id: str | None = None) -> str:
    """Keep a draft, of a new proposal or of a further revision, and return the proposal's id.

    InputError where that proposal is not known, or was answered: what follows an answer is a new proposal.
    """
    with warehouse.transaction() as cursor:
        known = ledger.open_proposal(cursor, proposal_id)
        cursor.execute(
            "insert or replace into proposal_drafts values (?, ?, ?)", [known, ledger.stored_text(content), clock.now()]
        )
        version.rise(cursor)
    return known


def discard_draft(warehouse: "Warehouse", proposal_id: str) -> None:
    """Throw a draft away; what was sent of that proposal stays."""
    with warehouse.transaction() as cursor:
        cursor.execute("delete from proposal_drafts where proposal_id = ?", [proposal_id])
        version.rise(cursor)


def send(
    warehouse: "Warehouse",
    content: Mapping[str, Any],
    *,
    on: date,
    follow_up_on: date,
    proposal_id: str | None = None,
    client_id: str | None = None,
) -> Revision:
    """Freeze this as sent on that day: the first revision of a new proposal, or the next one, which supersedes the last.

    InputError: unknown or answered proposal, the very same as last sent, a day to come, a follow-up before the sending.
    """
    _check_day(on)
    if follow_up_on < on:
        raise InputError("The follow-up lies before the sending.", "Choose a later day.")
    stored = ledger.stored_text(content)
    with warehouse.transaction() as cursor:
        known = ledger.open_proposal(cursor, proposal_id)
        last = ledger.newest(cursor, known)
        if last and last[1] == stored and ledger.last_event(cursor, known, last[0]) not in ledger.CLOSED:
            raise InputError("This is on record as sent already.", "Change something to send a new revision.")
        number = last[0] + 1 if last else 1
        digest = ledger.digest_of(known, number, last[2] if last else "", stored)
        cursor.execute("insert into proposal_revisions values (?, ?, ?, ?, ?)", [known, number, stored, digest, clock.now()])
        if last and ledger.last_event(cursor, known, last[0]) not in ledger.CLOSED:
            ledger.add(cursor, known, last[0], "superseded", on)
        ledger.add(cursor, known, number, "sent", on, follow_up_on=follow_up_on)
        cursor.execute("delete from proposal_drafts where proposal_id = ?", [known])
        if client_id:
            cursor.execute("insert or replace into proposal_clients values (?, ?, ?)", [known, client_id, clock.now()])
        version.rise(cursor)
    return Revision(known, number, json.loads(stored), digest, True)


def follow_up(warehouse: "Warehouse", proposal_id: str, *, on: date, next_on: date) -> None:
    """The client was written to again; the next follow-up is due on `next_on`. InputError where nothing waits for an answer."""
    _check_day(on)
    if next_on < on:
        raise InputError("The next follow-up lies before this one.", "Choose a later day.")
    _record(warehouse, proposal_id, "followed_up", on, follow_up_on=next_on)


def accept(warehouse: "Warehouse", proposal_id: str, tier: str, *, on: date) -> None:
    """The client took that tier (its id in the sent revision). InputError where it offered no such tier, or nothing waits."""
    _check_day(on)
    _record(warehouse, proposal_id, "accepted", on, tier=tier)


def decline(warehouse: "Warehouse", proposal_id: str, reason: str, *, on: date) -> None:
    """The client said no, for that reason. InputError for no reason or one too long, or where nothing waits for an answer."""
    _check_day(on)
    said = " ".join(reason.split())
    if not said or len(said) > LONGEST_REASON:
        raise InputError("A reason is needed.", f"Say in up to {LONGEST_REASON} characters why, or that none was given.")
    _record(warehouse, proposal_id, "declined", on, reason=said)


def reopen(warehouse: "Warehouse", proposal_id: str) -> None:
    """Take an answer back: the revision waits again, its follow-up on the day it had. InputError where there is no answer."""
    with warehouse.transaction() as cursor:
        number, state = ledger.current(cursor, proposal_id)
        if state not in ledger.ANSWERS:
            raise InputError(f"Proposal {proposal_id} has no answer to take back.")
        ledger.add(
            cursor,
            proposal_id,
            number,
            "reopened",
            clock.now().date(),
            follow_up_on=ledger.follow_up_day(cursor, proposal_id, number),
        )
        version.rise(cursor)


def withdraw(warehouse: "Warehouse", proposal_id: str) -> None:
    """The newest revision was not sent after all: it stays, marked so, and the one before it waits again.

    InputError where nothing waits for an answer.
    """
    with warehouse.transaction() as cursor:
        number = ledger.waiting(cursor, proposal_id)
        ledger.add(cursor, proposal_id, number, "withdrawn", clock.now().date())
        earlier = number - 1
        if earlier and ledger.last_event(cursor, proposal_id, earlier) == "superseded":
            day = ledger.follow_up_day(cursor, proposal_id, earlier)
            ledger.add(cursor, proposal_id, earlier, "reopened", clock.now().date(), follow_up_on=day)
        version.rise(cursor)


def choose_client(warehouse: "Warehouse", proposal_id: str, client_id: str | None) -> None:
    """Say which client a proposal is for, whose MRR then stands against it; None: matched by e-mail address again."""
    with warehouse.transaction() as cursor:
        cursor.execute("delete from proposal_clients where proposal_id = ?", [proposal_id])
        if client_id:
            cursor.execute("insert into proposal_clients values (?, ?, ?)", [proposal_id, client_id, clock.now()])
        version.rise(cursor)


def revisions(warehouse: "Warehouse", proposal_id: str) -> list[Revision]:
    """Every revision that was sent, the first one first; each checked against its hash and the one before."""
    with warehouse.cursor() as cursor:
        rows = cursor.execute(
            "select revision, content, sha256 from proposal_revisions where proposal_id = ? order by revision", [proposal_id]
        ).fetchall()
    found, before = [], ""
    for number, stored, digest in rows:
        is_intact = digest == ledger.digest_of(proposal_id, number, before, stored)
        found.append(Revision(proposal_id, number, json.loads(stored), digest, is_intact))
        before = digest
    return found


def latest(warehouse: "Warehouse", proposal_id: str) -> Mapping[str, Any] | None:
    """The content to go on with: the draft, else the newest revision that was sent; None where there is no such proposal."""
    with warehouse.cursor() as cursor:
        row = cursor.execute("select content from proposal_drafts where proposal_id = ?", [proposal_id]).fetchone()
    if row:
        content: Mapping[str, Any] = json.loads(row[0])
        return content
    sent = revisions(warehouse, proposal_id)
    return sent[-1].content if sent else None


def is_last_sent(warehouse: "Warehouse", proposal_id: str, content: Mapping[str, Any]) -> bool:
    """Whether this very content is what was sent last of that proposal, and no draft stands over it."""
    with warehouse.cursor() as cursor:
        if cursor.execute("select 1 from proposal_drafts where proposal_id = ?", [proposal_id]).fetchone():
            return False
        last = ledger.newest(cursor, proposal_id)
        is_out = last is not None and ledger.last_event(cursor, proposal_id, last[0]) != "withdrawn"
    return is_out and last is not None and last[1] == ledger.stored_text(content)


def _record(warehouse: "Warehouse", proposal_id: str, event: str, on: date, **more: Any) -> None:
    with warehouse.transaction() as cursor:
        number = ledger.waiting(cursor, proposal_id)
        sent_on, offered = ledger.sent_terms(cursor, proposal_id, number)
        if on < sent_on:
            raise InputError(f"That is before it was sent, on {sent_on}.", "Choose a later day.")
        if more.get("tier") not in (None, *offered):
            raise InputError(f"Proposal {proposal_id} offers no tier “{more['tier']}”.", f"It offers {', '.join(offered)}.")
        ledger.add(cursor, proposal_id, number, event, on, **more)
        version.rise(cursor)


def _check_day(on: date) -> None:
    # A day ahead of UTC is today in the east.
    if on > clock.now().date() + timedelta(days=1):
        raise InputError(f"{on} is still to come.", "Choose today or an earlier day.")
