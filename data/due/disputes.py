"""Disputes that wait for an answer: what the client's bank took back, or asks about (mission.md F37)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.due.facts import Facts, day, required, said
from data.due.item import DueItem, Kind
from data.frames import rows

if TYPE_CHECKING:
    import pandas

KINDS = (
    Kind(
        "dispute", "Answer disputes", "dispute", "Write to the client", "billing.py",
        settled="The dispute wants no answer any more.", done="Answered", is_owed=True,
    ),
)  # fmt: skip

WORDS = {
    "won": "The dispute was won, and the money came back.",
    "lost": "The dispute was lost.",
    "closed": "The bank asked no further.",
    "under review": "It was answered, or its time is over: the bank decides.",
}
# Evidence takes some days to gather: so many before the last day it is pressing.
DAYS_BEFORE = 7


def items(facts: Facts) -> Iterator[DueItem]:
    """An item for each dispute that can still be answered."""
    yield from to_answer(facts.frame("disputes"), facts.today)


def why(item: DueItem, facts: Facts) -> str:
    """What became of the dispute."""
    state = facts.frame("disputes").set_index("dispute_id")["state"].get(item.stripe_id or "")
    return WORDS.get(str(state), "")


def to_answer(disputes: "pandas.DataFrame", today: date) -> Iterator[DueItem]:
    """An item for each dispute to answer, due a week before the last day for it."""
    for row in rows(disputes):
        if row["state"] != "to answer":
            continue
        last_on, begun_on = day(row["answer_by_on"]), required(row["disputed_on"])
        about = f"Invoice {row['invoice']}" if row["invoice"] else "A payment"
        until = f" until {said(last_on)}" if last_on else ""
        yield DueItem(
            id=f"dispute:{row['dispute_id']}",
            kind="dispute",
            rule="F37",
            subject=row["client_name"] or "Unknown client",
            detail=f"{about}: the bank disputes it, saying “{row['reason'].replace('_', ' ')}”. Answer in Stripe{until}.",
            due_on=max(begun_on, last_on - timedelta(days=DAYS_BEFORE)) if last_on else begun_on,
            amount_minor=int(row["amount_minor"]),
            currency=row["currency"],
            client_id=row["client_id"],
            stripe_id=row["dispute_id"],
            opens={"invoice": row["invoice_id"]} if row["invoice_id"] else {},
        )
