"""The rows behind agreements on record, and the chain of hashes over them; nothing here changes a revision, event or file.

Every function takes a cursor of `Warehouse.transaction()`, so that reading the state and adding to it are one step. Each
event's hash takes in the one before; a `sent` event holds those of the revision's text and PDF, a `signed` one the scan's.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data import clock, models, version
from data.errors import AppError, InputError

OPEN = ("sent", "signed")


class StaleAgreement(AppError):
    """This agreement was changed in the meantime, in another tab or on the command line."""

    def __init__(self) -> None:
        super().__init__(hint="Nothing was overwritten. Load what stands now, then do it again.")


class AlteredAgreement(AppError):
    """This agreement was changed outside Retainer Desk."""

    def __init__(self) -> None:
        super().__init__(
            hint="What is on record no longer fits its SHA-256. Compare it with the copies that you and the client hold."
        )


@dataclass(frozen=True)
class Event:
    """One thing that happened to a revision: sent, signed, superseded, ended."""

    place: int
    revision: int
    event: str
    on: date
    detail: Mapping[str, Any]


def begin(cursor: Any) -> str:
    """Make a new agreement and return its id, as A2026-001."""
    row = cursor.execute("select count(*) + 1 from contracts").fetchone()
    made = f"A{clock.now().year}-{row[0]:03}"
    cursor.execute("insert into contracts values (?, ?, 0, '')", [made, clock.now()])
    return made


def checked(cursor: Any, agreement_id: str, seen: str | None) -> list[Event]:
    """The events of an agreement that may be written to.

    InputError: unknown; StaleAgreement: it is no longer as `seen` (a `token`); AlteredAgreement: it does not fit its hashes.
    """
    found = events(cursor, agreement_id)
    if seen is not None and seen != token(cursor, agreement_id):
        raise StaleAgreement
    if not is_intact(cursor, agreement_id):
        raise AlteredAgreement
    return found


def token(cursor: Any, agreement_id: str) -> str:
    """What an agreement's state is told by: changes with every event and every saved draft."""
    row = cursor.execute(
        """
        select contracts.events, contracts.head, epoch_us(drafts.saved_at)
        from contracts left join contract_drafts as drafts using (agreement_id) where agreement_id = ?
        """,
        [agreement_id],
    ).fetchone()
    return "/".join(str(part) for part in row) if row else ""


def events(cursor: Any, agreement_id: str) -> list[Event]:
    """What happened to an agreement, the first thing first; InputError where there is no such agreement."""
    if not cursor.execute("select 1 from contracts where agreement_id = ?", [agreement_id]).fetchone():
        raise InputError(f"There is no agreement {agreement_id} on record.", "See `python -m proposals agreement list`.")
    rows = cursor.execute(
        "select place, revision, event, happened_on, detail from contract_events where agreement_id = ? order by place",
        [agreement_id],
    ).fetchall()
    return [Event(place, revision, event, on, json.loads(detail)) for place, revision, event, on, detail in rows]


def states(found: list[Event]) -> dict[int, str]:
    """The state of each revision that was sent, by its number."""
    return {event.revision: event.event for event in found}


def add(cursor: Any, agreement_id: str, revision: int, event: str, on: date, detail: Mapping[str, Any]) -> None:
    """Add one event to the end of an agreement's chain."""
    place, before = cursor.execute("select events + 1, head from contracts where agreement_id = ?", [agreement_id]).fetchone()
    at, told = clock.now(), stored_text(detail)
    digest = _digest(agreement_id, place, revision, event, on, at, told, before)
    cursor.execute(
        "insert into contract_events values (?, ?, ?, ?, ?, ?, ?, ?)",
        [agreement_id, place, revision, event, on, at, told, digest],
    )
    cursor.execute("update contracts set events = ?, head = ? where agreement_id = ?", [place, digest, agreement_id])


def is_intact(cursor: Any, agreement_id: str) -> bool:
    """Whether every event, revision, PDF and scan of an agreement fits the chain of its hashes."""
    count, head = cursor.execute("select events, head from contracts where agreement_id = ?", [agreement_id]).fetchone()
    rows = cursor.execute(
        """
        select place, revision, event, happened_on, recorded_at, detail, sha256
        from contract_events where agreement_id = ? order by place
        """,
        [agreement_id],
    ).fetchall()
    before, told = "", list[str]()
    for number, (place, revision, event, on, at, detail, digest) in enumerate(rows, start=1):
        if place != number or digest != _digest(agreement_id, place, revision, event, on, at, detail, before):
            return False
        before = digest
        told += [f"{revision} {name} {value}" for name, value in sorted(json.loads(detail).items()) if name.endswith("_sha256")]
    return (len(rows), before) == (count, head) and sorted(told) == sorted(_held(cursor, agreement_id))


def tell(cursor: Any) -> None:
    """Figures follow what was written, and what pages keep of earlier reads is keyed by this number."""
    cursor.execute(f"create or replace table written_agreements as {models.select('written_agreements')}")
    version.rise(cursor)


def stored_text(content: Mapping[str, Any]) -> str:
    """The content as the one text that is kept and hashed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace").decode()


def sha256(content: bytes | str) -> str:
    """The SHA-256 of bytes, or of a text in UTF-8."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def _digest(agreement_id: str, place: int, revision: int, event: str, on: date, at: datetime, detail: str, before: str) -> str:
    return sha256("\n".join([agreement_id, str(place), str(revision), event, on.isoformat(), at.isoformat(), detail, before]))


def _held(cursor: Any, agreement_id: str) -> list[str]:
    """The hashes of what is kept, named as in the events."""
    kept = cursor.execute(
        "select revision, content, pdf from contract_revisions where agreement_id = ?", [agreement_id]
    ).fetchall()
    files = cursor.execute("select revision, content from contract_files where agreement_id = ?", [agreement_id]).fetchall()
    return [
        *(f"{revision} content_sha256 {sha256(content)}" for revision, content, _ in kept),
        *(f"{revision} pdf_sha256 {sha256(bytes(pdf))}" for revision, _, pdf in kept),
        *(f"{revision} file_sha256 {sha256(bytes(content))}" for revision, content in files),
    ]
