"""Agreements on record: drafted, sent, signed, superseded (mission.md F10–F14); what was sent stands for ever.

A draft may change. Sending it freezes a revision: terms, words and PDF, each under its SHA-256. Nothing here changes one; what
is to change becomes the next. The revision signed last goes on until a later one is signed. Every step takes `seen`, the token
of the state that the user looked at: where that has changed since, nothing is written.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data import clock
from data.errors import InputError
from proposals.agreement import document, ledger, pdf, reviews
from proposals.agreement.document import Change
from proposals.agreement.ledger import Event
from proposals.agreement.lines import one_line
from proposals.agreement.standing import Agreement, Revision, read, sending
from proposals.agreement.terms import Terms

if TYPE_CHECKING:
    from data.warehouse import Warehouse

LONGEST_NOTE = 1_000
LARGEST_SCAN = 20_000_000


def save_draft(warehouse: "Warehouse", terms: Terms, agreement_id: str | None = None, *, seen: str | None = None) -> str:
    """Keep a draft, of a new agreement or of the next revision of one, and return the agreement's id.

    InputError where that agreement is not known or has ended; StaleAgreement; AlteredAgreement.
    """
    content = ledger.stored_text(terms.to_dict())
    with warehouse.transaction() as cursor:
        known = agreement_id or ledger.begin(cursor)
        _refuse_ended(known, ledger.checked(cursor, known, seen))
        cursor.execute("insert or replace into contract_drafts values (?, ?, ?)", [known, content, clock.now()])
        ledger.tell(cursor)
    return known


def discard_draft(warehouse: "Warehouse", agreement_id: str, *, seen: str | None = None) -> None:
    """Throw a draft away; what was sent of that agreement stays."""
    with warehouse.transaction() as cursor:
        ledger.checked(cursor, agreement_id, seen)
        cursor.execute("delete from contract_drafts where agreement_id = ?", [agreement_id])
        ledger.tell(cursor)


def composed(
    warehouse: "Warehouse", agreement: Agreement, author: str, note: str, on: date, *, is_draft: bool = False
) -> dict[str, Any]:
    """The words of the draft as the next revision, with its entry in the change log."""
    if agreement.draft is None:
        raise InputError(f"Agreement {agreement.id} has no draft.", "Begin the next revision first.")
    home: Path = warehouse.settings.home
    with warehouse.cursor() as cursor:
        review = reviews.of(cursor, document.fingerprint(agreement.draft, home))
    log = [*(each.change for each in agreement.revisions), Change(len(agreement.revisions) + 1, on, author, note)]
    return document.compose(agreement.draft, log, home=home, review=review, is_draft=is_draft)


def draft_pdf(warehouse: "Warehouse", agreement: Agreement, on: date) -> bytes:
    """The draft on paper, marked as one, dated on that day."""
    return pdf.document(composed(warehouse, agreement, "", "", on, is_draft=True))


def send(warehouse: "Warehouse", agreement_id: str, *, author: str, note: str, on: date, seen: str | None = None) -> Revision:
    """Freeze the draft as the next revision, sent on that day; one that still waits for a signature is superseded.

    InputError: no draft, no author or change note (F14), something missing, a discount word, a letter without a font, nothing
    changed, a day to come or before the last revision; StaleAgreement; AlteredAgreement.
    """
    author, note = _said("author", author, 120), _said("change note", note, LONGEST_NOTE)
    _check_day(on)
    agreement = read(warehouse, agreement_id)
    words = composed(warehouse, agreement, author, note, on)
    terms = agreement.draft
    assert terms is not None  # noqa: S101 - composed has refused it
    _refuse_unfit(agreement, terms, words, on)
    with warehouse.transaction() as cursor:
        events = ledger.checked(cursor, agreement_id, agreement.token if seen is None else seen)
        if ledger.token(cursor, agreement_id) != agreement.token:
            raise ledger.StaleAgreement
        _refuse_ended(agreement_id, events)
        freeze(cursor, agreement_id, terms, words, on)
        cursor.execute("delete from contract_drafts where agreement_id = ?", [agreement_id])
        ledger.tell(cursor)
    return read(warehouse, agreement_id).revision(words["revision"])


def freeze(cursor: Any, agreement_id: str, terms: Terms, words: Mapping[str, Any], on: date) -> None:
    """Add a revision that nothing changes from now on: its terms, words and PDF, each with its hash in the chain."""
    number, change = words["revision"], words["log"]["rows"][-1]
    printed, content = pdf.document(words), ledger.stored_text({"terms": terms.to_dict(), "document": words})
    cursor.execute(
        "insert into contract_revisions values (?, ?, ?, ?, ?)", [agreement_id, number, content, printed, clock.now()]
    )
    for earlier, state in ledger.states(ledger.events(cursor, agreement_id)).items():
        if state == "sent":
            ledger.add(cursor, agreement_id, earlier, "superseded", on, {"by_revision": number})
    hashes = {"content_sha256": ledger.sha256(content), "pdf_sha256": ledger.sha256(printed)}
    ledger.add(cursor, agreement_id, number, "sent", on, {"author": change[2], "note": change[3], **hashes})


def sign(
    warehouse: "Warehouse",
    agreement_id: str,
    revision: int,
    *,
    by: str,
    on: date,
    note: str = "",
    scan: tuple[str, bytes] | None = None,
    seen: str | None = None,
) -> None:
    """The client signed that revision, on that day; `scan` is the signed copy (file name, bytes), `note` says where it is kept.

    InputError: not the revision that waits, no name, neither scan nor note, a day to come or too early; StaleAgreement.
    """
    by, note = _said("name of who signed", by, 200), one_line(note)[:LONGEST_NOTE]
    name, content = (one_line(Path(scan[0]).name)[-120:], scan[1]) if scan else ("", b"")
    if not note and not content:
        raise InputError("The signed copy is missing.", "Attach its scan, or note where it is kept.")
    if len(content) > LARGEST_SCAN:
        raise InputError("The scan is too large.", f"It may hold up to {LARGEST_SCAN // 1_000_000} MB.")
    _check_day(on)
    with warehouse.transaction() as cursor:
        events = ledger.checked(cursor, agreement_id, seen)
        states = ledger.states(events)
        if states.get(revision) != "sent":
            is_now = states.get(revision, "not on record")
            raise InputError(f"Revision {revision} does not wait for a signature: it is {is_now}.", "Send a revision first.")
        sent = sending(events, revision)
        if sent and on < sent.on:
            raise InputError(f"That is before it was sent, on {sent.on}.", "Choose a later day.")
        detail: dict[str, Any] = {"by": by, "note": note, "file_name": name}
        if content:
            detail["file_sha256"] = ledger.sha256(content)
            values = [agreement_id, revision, name, content, detail["file_sha256"], clock.now()]
            cursor.execute("insert into contract_files values (?, ?, ?, ?, ?, ?)", values)
        for earlier, state in states.items():
            if state == "signed":
                ledger.add(cursor, agreement_id, earlier, "superseded", on, {"by_revision": revision})
        ledger.add(cursor, agreement_id, revision, "signed", on, detail)
        ledger.tell(cursor)


def revise(warehouse: "Warehouse", agreement_id: str, *, seen: str | None = None) -> Terms:
    """Begin the next revision from the last one, and return its draft; a draft that stands there is kept as it is."""
    agreement = read(warehouse, agreement_id)
    if agreement.draft is not None:
        return agreement.draft
    if agreement.newest is None:
        raise InputError(f"Agreement {agreement_id} holds nothing to revise.", "Draft a new one.")
    save_draft(warehouse, agreement.newest.terms, agreement_id, seen=agreement.token if seen is None else seen)
    return agreement.newest.terms


def end(warehouse: "Warehouse", agreement_id: str, *, on: date, reason: str, seen: str | None = None) -> None:
    """The agreement ended on that day, or was refused; nothing follows it. InputError: no reason, already ended, never sent."""
    reason = _said("reason", reason, LONGEST_NOTE)
    _check_day(on)
    with warehouse.transaction() as cursor:
        events = ledger.checked(cursor, agreement_id, seen)
        _refuse_ended(agreement_id, events)
        running = [revision for revision, state in ledger.states(events).items() if state in ledger.OPEN]
        if not running:
            raise InputError(f"Nothing of agreement {agreement_id} was sent.", "Discard its draft instead.")
        for revision in running:
            ledger.add(cursor, agreement_id, revision, "ended", on, {"reason": reason})
        cursor.execute("delete from contract_drafts where agreement_id = ?", [agreement_id])
        ledger.tell(cursor)


def choose_client(warehouse: "Warehouse", agreement_id: str, client_id: str | None) -> None:
    """Say which client an agreement is with, whose MRR stands against it; None: as the agreement itself names it."""
    with warehouse.transaction() as cursor:
        ledger.events(cursor, agreement_id)
        cursor.execute("delete from contract_clients where agreement_id = ?", [agreement_id])
        if client_id:
            cursor.execute("insert into contract_clients values (?, ?, ?)", [agreement_id, client_id, clock.now()])
        ledger.tell(cursor)


def _refuse_unfit(agreement: Agreement, terms: Terms, words: Mapping[str, Any], on: date) -> None:
    missing, last = terms.missing(), agreement.newest
    if missing:
        raise InputError(f"The agreement lacks {', '.join(missing)}.", "Fill that in, then send it.")
    if last and on < last.sent.on:
        raise InputError(f"That is before the last revision was sent, on {last.sent.on}.", "Choose a later day.")
    said = ("parties", "clauses", "notice", "reviewed", "initials", "title")
    if last and all(last.document[part] == words[part] for part in said) and last.terms == terms:
        raise InputError("Nothing has changed since the last revision.", "Change something, or leave it as it is.")
    document.refuse_discounts(words, terms)


def _refuse_ended(agreement_id: str, events: Sequence[Event]) -> None:
    if events and events[-1].event == "ended":
        raise InputError(f"Agreement {agreement_id} has ended.", "Draft a new one.")


def _said(what: str, text: str, most: int) -> str:
    said = one_line(text)
    if not said or len(said) > most:
        raise InputError(f"The {what} is needed.", f"Write up to {most} characters.")
    return said


def _check_day(on: date) -> None:
    # A day ahead of UTC is today in the east.
    if on > clock.now().date() + timedelta(days=1):
        raise InputError(f"{on} is still to come.", "Choose today or an earlier day.")
