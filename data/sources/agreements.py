"""Agreements outside Stripe, paid by transfer, cheque or in prepaid terms, from a file (definitions.md, Agreements; F38)."""

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import InputError
from data.sources.agreement_rows import COLUMNS, payload, read
from data.sources.maintenance.sheets import file_content

if TYPE_CHECKING:
    from data.warehouse import Warehouse

PREPAID = "Who doesn’t pay by card prepays 3, 6 or 12 months (RETAINER_MONTHLY_OUTSIDE)."

__all__ = ["COLUMNS", "AgreementsReport", "checked", "end", "import_file", "read_file", "save"]


@dataclass(frozen=True)
class AgreementsReport:
    """What an import of agreements did: how many rows were kept, new and changed ones, the rows left out, with reasons.

    `monthly`: clients who go on paying by the month though the setting has it otherwise (F38).
    """

    name: str
    kept: int
    added: int
    changed: int
    bad: tuple[str, ...]
    monthly: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """The report in plain sentences, the first of them the answer."""
        said = [f"{self.name}: {self.kept} agreements read; {self.added} new, {self.changed} changed."]
        if self.monthly:
            told = ", ".join(self.monthly[:3]) + (" …" if len(self.monthly) > 3 else "")
            said.append(f"Paid by the month: {told}. {PREPAID}")
        return said + ([f"{len(self.bad)} rows left out:", *(f"  {row}" for row in self.bad[:20])] if self.bad else [])


def import_file(path: Path, warehouse: "Warehouse") -> AgreementsReport:
    """Take in a CSV or workbook; the same agreement (client, tier, currency, start) again is updated, not doubled.

    Raises InputError where the file can't be read or lacks a column; single bad rows are listed and the others kept.
    """
    started_at = datetime.now(UTC)
    good, bad = read_file(path)
    if not good:
        raise InputError(
            f"{path.name} holds no agreement that can be read.", bad[0] if bad else f"Its columns: {', '.join(COLUMNS)}."
        )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "agreements.ndjson"
        file.write_text("".join(json.dumps(row) + "\n" for row in good), encoding="utf-8")
        with warehouse.transaction() as cursor:
            landed = warehouse.load_raw(cursor, "agreements", "agreements", [file], seen_at=started_at, logged=True)
            warehouse.record_sync(
                cursor, "agreements", started_at=started_at, finished_at=datetime.now(UTC), status="ok", objects=len(good),
                message=f"{path.name}: {len(good)} agreements read, {len(bad)} rows left out",
            )  # fmt: skip
    warehouse.refresh()
    is_told, today = warehouse.settings.monthly_outside_stripe == "refuse", warehouse.today.isoformat()
    monthly = [row["client"] for row in good if is_told and row["months"] == 1 and not _is_over(row, today)]
    return AgreementsReport(path.name, len(good), landed.added, landed.changed, tuple(bad), tuple(dict.fromkeys(monthly)))


def _is_over(row: Mapping[str, Any], today: str) -> bool:
    return (row["ends_on"] or row["paid_until"] or today) < today


def checked(fields: Mapping[str, str]) -> dict[str, Any]:
    """One agreement as it is entered (texts as in the file's columns) as a payload; InputError where a field makes no sense."""
    try:
        return payload({column: str(fields.get(column) or "").strip() for column in COLUMNS})
    except ValueError as error:
        reason = str(error)
        raise InputError(f"{reason[:1].upper()}{reason[1:]}.", "Correct it, then save again.") from None


def save(warehouse: "Warehouse", fields: Mapping[str, str], agreement_id: str = "") -> str:
    """Keep one agreement as it is entered (texts as in the file's columns), rebuild, and return its id.

    With `agreement_id` that agreement is changed and keeps its id; a new one has the id that the file would give it, so that
    importing it later updates it. InputError where a field makes no sense, or such an agreement is there already.
    """
    entered = checked(fields)
    kept = _kept(warehouse)
    if agreement_id and agreement_id not in kept:
        raise InputError("This agreement is no longer there.", "Enter it anew.")
    if not agreement_id:
        agreement_id = _id(entered, 1)
        if agreement_id in kept:
            raise InputError(
                f"There is an agreement of {entered['client']} for this tier and start already.",
                "Open it in the list to change it.",
            )
    _keep(warehouse, {"id": agreement_id, **entered})
    return agreement_id


def end(warehouse: "Warehouse", agreement_id: str, ends_on: date) -> None:
    """End an agreement: `ends_on` is the first day no longer covered; on its first day it counts as never begun, and rebuild.

    InputError where there is no such agreement, or it would end before it starts.
    """
    known = _kept(warehouse).get(agreement_id)
    if known is None:
        raise InputError("This agreement is no longer there.", "Reload the page.")
    if ends_on.isoformat() < known["starts_on"]:
        raise InputError("An agreement can’t end before it starts.", f"It starts on {known['starts_on']}.")
    _keep(warehouse, {**known, "ends_on": ends_on.isoformat()})


def _kept(warehouse: "Warehouse") -> dict[str, dict[str, Any]]:
    with warehouse.cursor() as cursor:
        rows = cursor.execute("select id, payload from raw_agreements__agreements where gone_at is null").fetchall()
    return {str(row[0]): json.loads(row[1]) for row in rows}


def _keep(warehouse: "Warehouse", row: Mapping[str, Any]) -> None:
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "agreement.ndjson"
        file.write_text(json.dumps(row) + "\n", encoding="utf-8")
        with warehouse.transaction() as cursor:
            warehouse.load_raw(cursor, "agreements", "agreements", [file], seen_at=now, logged=True)
            message = f"Agreement of {row['client']} entered"
            warehouse.record_sync(
                cursor, "agreements", started_at=now, finished_at=now, status="ok", objects=1, message=message
            )
    warehouse.refresh()


def _key(agreement: Mapping[str, Any]) -> str:
    return "\x1f".join(str(agreement[column]) for column in ("client", "tier", "currency", "starts_on"))


def _id(agreement: Mapping[str, Any], number: int) -> str:
    """An id that stays: made of client, tier, currency and start, and the number of such an agreement in its file."""
    key = _key(agreement)
    return "agreement_" + hashlib.sha256(f"{key}\x1f{number}".encode()).hexdigest()[:16]


def read_file(path: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """Good rows with their ids (amounts in minor units, dates ISO), and a sentence for each bad one, without keeping anything.

    Raises InputError where the file can't be read, or lacks a column that is needed.
    """
    good, bad = read(file_content(path), path.name)
    seen: Counter[str] = Counter()
    named = []
    for row in good:
        seen[_key(row)] += 1
        named.append({"id": _id(row, seen[_key(row)]), **row})
    return named, bad
