"""The rows behind proposals on record: where a proposal stands, and the inserts; nothing here changes a revision or an event.

Every function takes a cursor of `Warehouse.transaction()`, so that reading the state and adding to it are one step.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from data import clock
from data.errors import InputError

ANSWERS = ("accepted", "declined")
CLOSED = (*ANSWERS, "withdrawn", "superseded")


def open_proposal(cursor: Any, proposal_id: str | None) -> str:
    """The id of a proposal that may get another draft or revision; a new one for None."""
    if proposal_id is None:
        row = cursor.execute("select count(*) + 1 from proposals").fetchone()
        made = f"{clock.now().year}-{row[0]:03}"
        cursor.execute("insert into proposals values (?, ?)", [made, clock.now()])
        return made
    if not cursor.execute("select 1 from proposals where proposal_id = ?", [proposal_id]).fetchone():
        raise InputError(f"There is no proposal {proposal_id} on record.", "Put a new one on record.")
    last = newest(cursor, proposal_id)
    if last and last_event(cursor, proposal_id, last[0]) in ANSWERS:
        raise InputError(f"Proposal {proposal_id} is answered.", "Put what follows on record as a new proposal.")
    return proposal_id


def newest(cursor: Any, proposal_id: str) -> tuple[int, str, str] | None:
    """Number, stored text and hash of the revision sent last, or None."""
    row: tuple[int, str, str] | None = cursor.execute(
        "select revision, content, sha256 from proposal_revisions where proposal_id = ? order by revision desc limit 1",
        [proposal_id],
    ).fetchone()
    return row


def last_event(cursor: Any, proposal_id: str, number: int) -> str:
    """The last event of a revision."""
    row = cursor.execute(
        "select event from proposal_events where proposal_id = ? and revision = ? order by place desc limit 1",
        [proposal_id, number],
    ).fetchone()
    return row[0] if row else ""


def current(cursor: Any, proposal_id: str) -> tuple[int, str]:
    """The newest revision that was not withdrawn, and its last event; InputError where nothing was sent."""
    last = newest(cursor, proposal_id)
    for number in range(last[0] if last else 0, 0, -1):
        state = last_event(cursor, proposal_id, number)
        if state != "withdrawn":
            return number, state
    raise InputError(f"Nothing of proposal {proposal_id} is on record as sent.", "Mark it as sent first.")


def waiting(cursor: Any, proposal_id: str) -> int:
    """The revision that waits for an answer; InputError where none does."""
    number, state = current(cursor, proposal_id)
    if state in CLOSED:
        raise InputError(f"Proposal {proposal_id} waits for no answer: it is {state}.", "Take that back first.")
    return number


def sent_terms(cursor: Any, proposal_id: str, number: int) -> tuple[date, list[str]]:
    """When a revision was sent, and the ids of the tiers that it offers."""
    row = cursor.execute(
        """
        select min(happened_on), any_value(content)
        from proposal_events
        join proposal_revisions using (proposal_id, revision)
        where proposal_id = ? and revision = ? and event = 'sent'
        """,
        [proposal_id, number],
    ).fetchone()
    return row[0], [tier["id"] for tier in json.loads(row[1])["offer"]["tiers"]]


def follow_up_day(cursor: Any, proposal_id: str, number: int) -> date | None:
    """The follow-up day that a revision was last given."""
    row = cursor.execute(
        """
        select follow_up_on from proposal_events
        where proposal_id = ? and revision = ? and follow_up_on is not null order by place desc limit 1
        """,
        [proposal_id, number],
    ).fetchone()
    return row[0] if row else None


def add(
    cursor: Any,
    proposal_id: str,
    number: int,
    event: str,
    on: date,
    *,
    follow_up_on: date | None = None,
    tier: str | None = None,
    reason: str | None = None,
) -> None:
    """Add one event to the end of a proposal's own list."""
    row = cursor.execute("select count(*) from proposal_events where proposal_id = ?", [proposal_id]).fetchone()
    values = [proposal_id, row[0] + 1, number, event, on, clock.now(), follow_up_on, tier, reason]
    cursor.execute("insert into proposal_events values (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)


def stored_text(content: Mapping[str, Any]) -> str:
    """The content as the one text that is kept and hashed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace").decode()


def digest_of(proposal_id: str, number: int, before: str, stored: str) -> str:
    """SHA-256 over id, number, the hash of the revision before (empty for the first) and the stored text."""
    return hashlib.sha256(f"{proposal_id}\n{number}\n{before}\n{stored}".encode()).hexdigest()
