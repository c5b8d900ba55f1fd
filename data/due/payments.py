"""Unpaid invoices to collect (mission.md F37)."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from data.due.facts import Facts, day, rows, said
from data.due.item import DueItem, Kind

if TYPE_CHECKING:
    import pandas

KINDS = (Kind("failed_payment", "Collect payments", "unpaid invoice", "Open client", "clients.py", is_owed=True),)


def items(facts: Facts) -> Iterator[DueItem]:
    """An item for each invoice that wants money."""
    yield from failed_payments(facts.frame("collections"), facts.today)


def failed_payments(collections: "pandas.DataFrame", today: date) -> Iterator[DueItem]:
    """An item for each unpaid invoice (F37): due when Stripe stops trying, until then on the day of its next try."""
    words = {
        "retrying": "Stripe tries again on {next}; the client may have to give a new card.",
        "failed": "Stripe has stopped trying. Ask the client for a new card.",
        "overdue": "Sent and past its due date. Send a reminder.",
    }
    for row in rows(collections):
        if row["state"] not in words:
            continue
        failed_on, next_on = day(row["first_failed_at"]), day(row["next_attempt_at"])
        tried = f"{int(row['attempts'])} of its charges failed. " if row["attempts"] else ""
        yield DueItem(
            id=f"payment:{row['invoice_id']}",
            kind="failed_payment",
            rule="F37",
            subject=row["client_name"],
            detail=f"Invoice {row['invoice']}: {tried}{words[row['state']].format(next=said(next_on))}",
            due_on=(next_on if row["state"] == "retrying" else failed_on) or failed_on or today,
            amount_minor=int(row["amount_due_minor"]),
            currency=row["currency"],
            client_id=row["client_id"],
            opens={"client": row["client_id"]},
            stripe_id=row["invoice_id"],
        )
