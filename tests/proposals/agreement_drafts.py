"""Agreements for tests: a home whose settings are whole, terms that can be sent, and what a PDF says."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from data import clock, metrics
from data.settings import Settings
from data.warehouse import Warehouse
from proposals.agreement import drafting, record
from proposals.agreement.standing import Revision
from proposals.agreement.terms import Party, Terms, from_dict

TODAY = clock.now().date()
SENT = TODAY - timedelta(days=20)
CLIENT = Party("Brutăria Șerban & Fils", "12 rue Haute, Lyon", "RCS 123", "Élodie Müller", "elodie@fils.example")


def settings(home: Path, **more: Any) -> Settings:
    """Settings with everything that an agreement names."""
    given = {"sender_name": "Ana Pop", "sender_address": "Str. Lungă 4, Cluj", "law": "France", "court": "Lyon"}
    return Settings(home=home, show="own", **{**given, **more})


def opened(home: Path, **more: Any) -> Warehouse:
    """An empty warehouse of one's own in that home."""
    return Warehouse(home / "retainer.duckdb", settings(home, **more))


def terms(warehouse: Warehouse, language: str = "en", **changes: Any) -> Terms:
    """Terms of the tier Growth that lack nothing."""
    made = drafting.by_hand(warehouse.settings, language=language, tier_id="growth", client=CLIENT, starts_on=date(2026, 1, 1))
    return from_dict({**made.to_dict(), **changes})


def with_parameters(made: Terms, **changes: Any) -> Terms:
    """The same terms with other parameters."""
    return from_dict({**made.to_dict(), "parameters": {**made.parameters, **changes}})


def sent(warehouse: Warehouse, made: Terms | None = None, agreement_id: str | None = None, **more: Any) -> tuple[str, Revision]:
    """A draft, sent at once: the agreement's id, and the revision."""
    known = record.save_draft(warehouse, made or terms(warehouse), agreement_id)
    return known, record.send(warehouse, known, **{"author": "Ana", "note": "First version", "on": SENT, **more})


def signed(warehouse: Warehouse, made: Terms | None = None) -> str:
    """An agreement with a signed first revision."""
    known, _ = sent(warehouse, made)
    record.sign(warehouse, known, 1, by="Élodie Müller", on=SENT + timedelta(days=2), note="Paper, in the folder")
    return known


def cover(warehouse: Warehouse) -> None:
    """Sign an agreement with every client who pays, as it is billed."""
    for row in metrics.read(warehouse, "clients").to_dict("records"):
        billed = {name: row[name] for name in ("client_id", "currency")} | {"monthly_minor": int(row["mrr_minor"])}
        named = {"provider": {"name": "Ana", "address": "Cluj"}, "billed_as": row["tier"]}
        signed(warehouse, with_parameters(terms(warehouse, **billed, **named), law="France", court="Lyon"))


def pages(pdf: bytes) -> list[str]:
    """The text of each page, on one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def count(pdf: bytes) -> int:
    """How many pages there are."""
    return len(PdfReader(io.BytesIO(pdf)).pages)
