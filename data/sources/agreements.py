"""Agreements outside Stripe, paid by transfer, cheque or in prepaid terms, from a CSV (definitions.md, Agreements; F38)."""

import csv
import hashlib
import io
import json
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import InputError
from data.money import minor_digits, to_minor

if TYPE_CHECKING:
    from data.warehouse import Warehouse

COLUMNS = ("client", "tier", "amount", "currency", "months", "starts_on", "ends_on", "paid_until", "paid_by")
REQUIRED = ("client", "amount", "currency", "months", "starts_on")


@dataclass(frozen=True)
class AgreementsReport:
    """What an import of agreements did: how many rows were kept, new and changed ones, and the rows left out, with reasons."""

    name: str
    kept: int
    added: int
    changed: int
    bad: tuple[str, ...]

    def lines(self) -> list[str]:
        """The report in plain sentences, the first of them the answer."""
        said = [f"{self.name}: {self.kept} agreements read; {self.added} new, {self.changed} changed."]
        return said + ([f"{len(self.bad)} rows left out:", *(f"  {row}" for row in self.bad[:20])] if self.bad else [])


def import_file(path: Path, warehouse: "Warehouse") -> AgreementsReport:
    """Take in a CSV of agreements; the same agreement (client, tier, currency, start) again is updated, not doubled.

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
    warehouse.build()
    return AgreementsReport(path.name, len(good), landed.added, landed.changed, tuple(bad))


def checked(fields: Mapping[str, str]) -> dict[str, Any]:
    """One agreement as it is entered (texts as in the file's columns) as a payload; InputError where a field makes no sense."""
    try:
        return _payload({column: str(fields.get(column) or "").strip() for column in COLUMNS})
    except ValueError as error:
        reason = str(error)
        raise InputError(f"{reason[:1].upper()}{reason[1:]}.", "Correct it, then save again.") from None


def save(warehouse: "Warehouse", fields: Mapping[str, str], agreement_id: str = "") -> str:
    """Keep one agreement as it is entered (texts as in the file's columns), rebuild, and return its id.

    With `agreement_id` that agreement is changed and keeps its id; a new one has the id that the file would give it, so that
    importing it later updates it. InputError where a field makes no sense, or such an agreement is there already.
    """
    payload = checked(fields)
    kept = _kept(warehouse)
    if agreement_id and agreement_id not in kept:
        raise InputError("This agreement is no longer there.", "Enter it anew.")
    if not agreement_id:
        agreement_id = _id(payload, 1)
        if agreement_id in kept:
            raise InputError(
                f"There is an agreement of {payload['client']} for this tier and start already.",
                "Open it in the list to change it.",
            )
    _keep(warehouse, {"id": agreement_id, **payload})
    return agreement_id


def end(warehouse: "Warehouse", agreement_id: str, ends_on: date) -> None:
    """End an agreement: `ends_on` is the first day no longer covered; on its first day it counts as never begun, and rebuild.

    InputError where there is no such agreement, or it would end before it starts.
    """
    payload = _kept(warehouse).get(agreement_id)
    if payload is None:
        raise InputError("This agreement is no longer there.", "Reload the page.")
    if ends_on.isoformat() < payload["starts_on"]:
        raise InputError("An agreement can’t end before it starts.", f"It starts on {payload['starts_on']}.")
    _keep(warehouse, {**payload, "ends_on": ends_on.isoformat()})


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
    warehouse.build()


def _id(payload: Mapping[str, Any], number: int) -> str:
    """An id that stays: made of client, tier, currency and start, and the number of such an agreement in its file."""
    key = "\x1f".join(str(payload[column]) for column in ("client", "tier", "currency", "starts_on"))
    return "agreement_" + hashlib.sha256(f"{key}\x1f{number}".encode()).hexdigest()[:16]


def read_file(path: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """What `read_rows` makes of that file, without keeping anything; InputError where it can't be read."""
    return read_rows(_text(path), path.name)


def read_rows(text: str, name: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Good rows as payloads (amounts in minor units, dates ISO), a sentence for each bad one; InputError without columns."""
    dialect = ";" if text.splitlines()[0].count(";") > text.splitlines()[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=dialect, restkey="")
    headings = [heading.strip().lower() for heading in reader.fieldnames or []]
    missing = [column for column in REQUIRED if column not in headings]
    if missing:
        raise InputError(f"{name} lacks the column {missing[0]}.", f"Its first line must name: {','.join(COLUMNS)}.")
    reader.fieldnames = headings
    good: list[dict[str, Any]] = []
    bad: list[str] = []
    seen: Counter[str] = Counter()
    for row in reader:
        try:
            payload = _payload({key: (value or "").strip() for key, value in row.items() if key in COLUMNS})
        except ValueError as error:
            bad.append(f"line {reader.line_num}: {error}")
            continue
        key = "\x1f".join(str(payload[column]) for column in ("client", "tier", "currency", "starts_on"))
        seen[key] += 1
        good.append({"id": _id(payload, seen[key]), **payload})
    return good, bad


def _payload(row: dict[str, str]) -> dict[str, Any]:
    for column in REQUIRED:
        if not row.get(column):
            raise ValueError(f"{column} is empty")
    currency = row["currency"].lower()
    if len(currency) != 3 or not currency.isascii() or not currency.isalpha():
        raise ValueError(f"“{currency}” is no currency; write it as eur")
    starts_on, ends_on, paid_until = (_day(row, column) for column in ("starts_on", "ends_on", "paid_until"))
    if ends_on and starts_on and ends_on < starts_on:
        raise ValueError("ends_on is before starts_on")
    return {
        "client": row["client"],
        "tier": row.get("tier", ""),
        "amount_minor": _amount(row["amount"], currency),
        "currency": currency,
        "months": _months(row["months"]),
        "starts_on": starts_on,
        "ends_on": ends_on,
        "paid_until": paid_until,
        "paid_by": row.get("paid_by", ""),
    }


def _amount(text: str, currency: str) -> int:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"the amount “{text}” is no decimal number; write it as 1250.50") from None
    if not amount.is_finite() or amount < 0 or amount >= 10**12:
        raise ValueError(f"the amount “{text}” can't be a price")
    if amount != round(amount, minor_digits(currency)):
        raise ValueError(f"the amount “{text}” has more decimals than {currency} has")
    return to_minor(amount, currency)


def _months(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 120:
        raise ValueError(f"months is “{text}”; it must be a whole number, as 1, 3, 6 or 12")
    return int(text)


def _day(row: dict[str, str], column: str) -> str | None:
    if not row.get(column):
        return None
    try:
        return date.fromisoformat(row[column]).isoformat()
    except ValueError:
        raise ValueError(f"{column} is “{row[column]}”; write it as 2026-01-31") from None


def _text(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"There is no file {path}.", "Check the path.") from None
    except UnicodeDecodeError:
        raise InputError(f"{path.name} is not UTF-8 text.", "Save it as CSV UTF-8.") from None
    except OSError as error:
        raise InputError(f"{path.name} can't be read.", error.strerror or "") from error
    if not text.strip():
        raise InputError(f"{path.name} is empty.", f"Its first line must name: {','.join(COLUMNS)}.")
    return text
