"""Reports on record: reviewed, sent, skipped; what was sent stands for ever under its SHA-256 (architecture: frozen when sent).

Nothing here sends anything (F27): `send` writes down that the user did.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from data import clock, version
from data.errors import InputError
from data.warehouse import Warehouse
from proposals import ledger
from proposals.care_report import html, pdf
from proposals.care_report.report import Report


@dataclass(frozen=True)
class Sent:
    """What was sent: `content` is plain data; `is_intact` is False where text or PDF no longer fit their hash."""

    report_id: str
    revision: int
    content: Mapping[str, Any]
    pdf: bytes
    sha256: str
    is_intact: bool
    state: str


def save_review(warehouse: Warehouse, report: Report, base: str) -> None:
    """Keep the text as the user reviewed it; `base` is what it was written from, so that a later change of the facts shows."""
    kept = {"source": report.email.source, "base": base, "language": report.email.language}
    with warehouse.transaction() as cursor:
        values = [report.report_id, ledger.stored_text(kept), clock.now()]
        cursor.execute("insert or replace into report_drafts values (?, ?, ?)", values)
        version.rise(cursor)


def review(warehouse: Warehouse, report_id: str) -> Mapping[str, Any] | None:
    """What was reviewed of a report (source, base, language), or None."""
    with warehouse.cursor() as cursor:
        row = cursor.execute("select content from report_drafts where report_id = ?", [report_id]).fetchone()
    return json.loads(row[0]) if row else None


def discard_review(warehouse: Warehouse, report_id: str) -> None:
    """Forget a reviewed text; what was sent stays."""
    with warehouse.transaction() as cursor:
        cursor.execute("delete from report_drafts where report_id = ?", [report_id])
        version.rise(cursor)


def send(warehouse: Warehouse, report: Report, *, on: date) -> Sent:
    """Freeze this as sent on that day: the first revision, or the next one, which supersedes the last.

    InputError for a day to come, or where this very text stands as sent already.
    """
    if on > clock.now().date() + timedelta(days=1):  # a day ahead of UTC is today in the east
        raise InputError(f"{on} is still to come.", "Choose today or an earlier day.")
    paper = pdf.document(report)
    stored = ledger.stored_text(_content(report, paper))
    with warehouse.transaction() as cursor:
        last = cursor.execute(
            "select revision, content, sha256 from report_revisions where report_id = ? order by revision desc limit 1",
            [report.report_id],
        ).fetchone()
        if last and last[1] == stored and _last_event(cursor, report.report_id)[0] == "sent":
            raise InputError("This is on record as sent already.", "Change something to send it anew.")
        number = last[0] + 1 if last else 1
        digest = ledger.digest_of(report.report_id, number, last[2] if last else "", stored)
        values = [report.report_id, number, report.client_id, report.kind, report.starts_on, report.ends_on, stored, paper]
        cursor.execute("insert into report_revisions values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [*values, digest, clock.now()])
        _add(cursor, report, number, "sent", on)
        cursor.execute("delete from report_drafts where report_id = ?", [report.report_id])
        version.rise(cursor)
    return Sent(report.report_id, number, json.loads(stored), paper, digest, True, "sent")


def skip(warehouse: Warehouse, report: Report) -> None:
    """This period goes without a report; it is due no more."""
    _mark(warehouse, report, "skipped", ("", "withdrawn", "resumed"))


def resume(warehouse: Warehouse, report: Report) -> None:
    """Take a skip back: the report is due again. InputError where it was not skipped."""
    _mark(warehouse, report, "resumed", ("skipped",))


def withdraw(warehouse: Warehouse, report: Report) -> None:
    """It was not sent after all: the revision stays, marked so, and the report is due again. InputError where none was."""
    _mark(warehouse, report, "withdrawn", ("sent",))


def state(warehouse: Warehouse, report_id: str) -> str:
    """The last event of a report: sent, withdrawn, skipped, resumed; empty where there is none."""
    with warehouse.cursor() as cursor:
        return _last_event(cursor, report_id)[0]


def revisions(warehouse: Warehouse, report_id: str) -> list[Sent]:
    """Every revision that was sent, the first one first; each checked against its hash, the one before, and its PDF's."""
    with warehouse.cursor() as cursor:
        rows = cursor.execute(
            """
            select revision, content, pdf, sha256, arg_max(event, place) as event
            from report_revisions join report_events using (report_id, revision)
            where report_id = ? group by all order by revision
            """,
            [report_id],
        ).fetchall()
    found, before = [], ""
    for number, stored, paper, digest, event in rows:
        content = json.loads(stored)
        is_intact = digest == ledger.digest_of(report_id, number, before, stored)
        is_intact = is_intact and content["sha256"]["report.pdf"] == sha256(paper).hexdigest()
        found.append(Sent(report_id, number, content, bytes(paper), digest, is_intact, event))
        before = digest
    return found


def _content(report: Report, paper: bytes) -> dict[str, Any]:
    page = html.page(report)
    return {
        "kind": report.kind,
        "client": {"id": report.client_id, "name": report.client_name},
        "period": report.period,
        "language": report.email.language,
        "register": report.email.register,
        "title": report.title,
        "tiles": [[tile.value, tile.label] for tile in report.tiles],
        "facts": report.facts,
        "subject": report.email.subject,
        "text": report.email.text,
        "source": report.email.source,
        "page": page,
        "eml": report.email.eml.decode("ascii", "surrogateescape"),
        "sha256": {
            "report.eml": sha256(report.email.eml).hexdigest(),
            "report.html": sha256(page.encode()).hexdigest(),
            "report.pdf": sha256(paper).hexdigest(),
        },
    }


def _mark(warehouse: Warehouse, report: Report, event: str, allowed: tuple[str, ...]) -> None:
    with warehouse.transaction() as cursor:
        last, number = _last_event(cursor, report.report_id)
        if last not in allowed:
            raise InputError(f"This report can't be {event}: it is {last or 'not sent'}.", "Reload the page.")
        _add(cursor, report, number, event, clock.now().date())
        version.rise(cursor)


def _last_event(cursor: Any, report_id: str) -> tuple[str, int]:
    row = cursor.execute(
        "select event, revision from report_events where report_id = ? order by place desc limit 1", [report_id]
    ).fetchone()
    return (str(row[0]), int(row[1])) if row else ("", 0)


def _add(cursor: Any, report: Report, number: int, event: str, on: date) -> None:
    row = cursor.execute("select count(*) + 1 from report_events where report_id = ?", [report.report_id]).fetchone()
    values = [report.report_id, row[0], report.client_id, report.kind, report.starts_on, report.ends_on, number, event, on]
    cursor.execute("insert into report_events values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [*values, clock.now()])
