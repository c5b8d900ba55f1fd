"""Agreements (contracts) that wait for a signature, that differ from what is billed, or that are missing (F4, F12)."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from data.due.facts import Facts, day, required, said
from data.due.item import DueItem, Kind
from data.frames import rows
from data.money import to_major

if TYPE_CHECKING:
    import pandas

KINDS = (
    Kind(
        "agreement_signature",
        "Get agreements signed",
        "agreement",
        "Open agreement",
        "agreements.py",
        "It is signed, ended, or was sent anew.",
    ),
    Kind(
        "agreement_drift",
        "Bring agreements up to date",
        "client",
        "Open agreement",
        "agreements.py",
        "What is signed is what is billed.",
    ),
    Kind(
        "agreement_missing",
        "Give clients an agreement",
        "client",
        "Draft agreement",
        "agreements.py",
        "An agreement was sent, or the client left.",
    ),
)
AT_ONCE = 5  # more clients than that, and not one agreement on record: one item for all of them


def items(facts: Facts) -> Iterator[DueItem]:
    """What is to be done about agreements."""
    yield from unsigned(facts.frame("agreement_register"))
    yield from drifted(facts.frame("agreement_coverage"), facts.today)
    yield from missing(facts.frame("agreement_coverage"), facts.today, has_any=not facts.frame("agreement_register").empty)


def unsigned(register: "pandas.DataFrame") -> Iterator[DueItem]:
    """Each revision that was sent and is not signed (F12)."""
    for row in rows(register):
        if row["state"] == "sent":
            yield DueItem(
                id=f"agreement:{row['agreement_id']}:{row['revision']}",
                kind="agreement_signature",
                rule="F12",
                subject=row["client_name"] or row["agreement_id"],
                detail=f"Awaiting signature: revision {row['revision']} of agreement {row['agreement_id']}, "
                f"sent on {said(day(row['sent_on']))}.",
                due_on=required(row["sent_on"]),
                amount_minor=int(row["monthly_minor"]),
                currency=row["currency"],
                client_id=row["client_id"],
                opens={"agreement": row["agreement_id"]},
            )


def drifted(coverage: "pandas.DataFrame", today: date) -> Iterator[DueItem]:
    """Each client who is billed another fee or tier than the agreement says that is signed."""
    for row in rows(coverage):
        if row["state"] == "differs":
            yield DueItem(
                id=f"agreement_drift:{row['client_id']}:{row['currency']}:{row['agreed_minor']}:{row['mrr_minor']}:{row['tier']}",
                kind="agreement_drift",
                rule="F12",
                subject=row["client_name"],
                detail=f"{difference(row)} Send a new revision, or correct the billing.",
                due_on=today,
                amount_minor=int(row["mrr_minor"]),
                currency=row["currency"],
                client_id=row["client_id"],
                opens={"agreement": row["agreement_id"]} if row["agreement_id"] else {"client": row["client_id"]},
            )


def missing(coverage: "pandas.DataFrame", today: date, *, has_any: bool) -> Iterator[DueItem]:
    """Each client with MRR and no agreement in force (F4); one item for all of them where none is on record yet."""
    without = [row for row in rows(coverage) if row["state"] in ("missing", "expired")]
    if not has_any and len(without) > AT_ONCE:
        yield DueItem(
            id="agreement_missing",
            kind="agreement_missing",
            rule="F4",
            subject=f"{len(without)} clients without an agreement",
            detail="They pay every month, and no agreement is on record. Begin with the largest.",
            due_on=today,
        )
        return
    for row in without:
        is_over = row["state"] == "expired"
        yield DueItem(
            id=f"agreement_missing:{row['client_id']}:{row['currency']}",
            kind="agreement_missing",
            rule="F4",
            subject=row["client_name"],
            detail="The term of the signed agreement is over; the client goes on paying."
            if is_over
            else "Pays every month without a signed agreement.",
            due_on=today,
            amount_minor=int(row["mrr_minor"]),
            currency=row["currency"],
            client_id=row["client_id"],
            opens={"agreement": row["agreement_id"]} if is_over and row["agreement_id"] else {"client": row["client_id"]},
        )


def difference(row: dict[str, Any]) -> str:
    """How what is signed differs from what is billed, in a sentence; `row` is one of agreement_coverage."""
    billed = f"{_money(row['mrr_minor'], row['currency'])} a month, {row['tier']}"
    if row["agreed_minor"] is None:
        return f"Signed in {str(row['agreed_currency']).upper()}; billed: {billed}."
    agreed = f"{_money(row['agreed_minor'], row['currency'])} a month, {row['agreed_tier'] or 'no tier'}"
    return f"Signed: {agreed}; billed: {billed}."


def _money(minor: Any, currency: str) -> str:
    return f"{to_major(int(minor), currency):,} {currency.upper()}"
