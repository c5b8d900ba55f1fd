"""Prepaid terms that run out: the renewal to ask for 30 and 14 days ahead (mission.md F38, F39)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.due.facts import Facts, required, said
from data.due.item import DueItem, Kind
from data.frames import rows

if TYPE_CHECKING:
    import pandas

FIRST, SECOND = timedelta(days=30), timedelta(days=14)
# A term this short is always within 30 days of its end.
SHORT_MONTHS = 2
KINDS = (
    Kind(
        "renewal",
        "Renew prepaid terms",
        "prepaid term",
        "Write to the client",
        "billing.py",
        settled="The term was renewed, or the agreement has ended.",
        done="Asked",
        is_owed=True,
    ),
)


def items(facts: Facts) -> Iterator[DueItem]:
    """The next step of each renewal."""
    yield from renewals(facts.frame("outside_stripe"), facts.today)


def why(item: DueItem, facts: Facts) -> str:
    """Whether it was paid on, given up, or has come to its next step."""
    for row in rows(facts.frame("outside_stripe")):
        if item.id.startswith(f"renewal:{row['agreement_id']}:"):
            if row["state"] in ("ended", "cancelled"):
                return "The agreement has ended."
            if row["paid_until"] and f":{row['paid_until']}:" not in item.id:
                return f"It is paid until {said(required(row['paid_until']))}."
            return "The next step took its place."
    return ""


def renewals(agreed: "pandas.DataFrame", today: date) -> Iterator[DueItem]:
    """An item for each term without an end in sight: 30 days before it runs out, 14 days before, and once it has."""
    for row in rows(agreed):
        if row["state"] not in ("in force", "renewal due", "renewal overdue") or row["ends_on"] or not row["paid_until"]:
            continue
        until = required(row["paid_until"])
        is_short = int(row["months"]) <= SHORT_MONTHS
        if today >= until:
            due_on, words = until, f"was paid until {said(until)}: ask for the payment, or end it"
        elif today < until - SECOND and not is_short:
            due_on, words = until - FIRST, f"is paid until {said(until)}: announce the renewal"
        else:
            due_on, words = until - SECOND, f"is paid until {said(until)}: ask for the renewal"
        yield DueItem(
            id=f"renewal:{row['agreement_id']}:{until}:{due_on}",
            kind="renewal",
            rule="F38",
            subject=row["client_name"],
            detail=f"The term of {int(row['months'])} months {words}.".replace(" 1 months", " 1 month"),
            due_on=due_on,
            amount_minor=int(row["amount_minor"]),
            currency=row["currency"],
            client_id=row["client_id"],
            opens={"renewal": row["agreement_id"]},
        )
