"""Unpaid invoices to collect, step by step as the user's policy for non-payment has it (mission.md F16, F37)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.due.facts import Facts, day, required, said
from data.due.item import DueItem, Kind
from data.frames import rows
from data.settings import Settings

if TYPE_CHECKING:
    import pandas

KINDS = (
    Kind(
        "failed_payment", "Collect payments", "unpaid invoice", "Write to the client", "billing.py",
        settled="The invoice wants no money any more.", done="Reminded", is_owed=True,
    ),
)  # fmt: skip

STATES = {
    "retrying": "Stripe tries again on {next}; the client may have to give a new card.",
    "failed": "Stripe has stopped trying. Ask the client for a new card.",
    "overdue": "Sent and past its due date. Send a reminder.",
}
STEPS = {
    "notice": "",
    "reminder": " Unpaid for {days} days: remind the client.",
    "suspension": " Unpaid for {days} days: by your policy the services may be suspended.",
    "termination": " Unpaid for {days} days: by your policy the agreement may be ended.",
}


def items(facts: Facts) -> Iterator[DueItem]:
    """An item for each invoice that wants money, at the step of the policy that it has come to."""
    yield from failed_payments(facts.frame("collections"), facts.today, facts.settings)


def why(item: DueItem, facts: Facts) -> str:
    """What became of the invoice."""
    state = facts.frame("collections").set_index("invoice_id")["state"].get(item.stripe_id or "")
    if state in STATES:
        return "It came to the next step of your policy."
    told = {"recovered": "The money came in.", "uncollectible": "The invoice was given up as uncollectible."}
    return told.get(str(state), "The invoice was paid or voided.")


def steps(settings: Settings) -> dict[str, int]:
    """Each step of the policy with the days after which it comes, in order (F16)."""
    return {
        "notice": 0,
        "reminder": settings.reminder_days,
        "suspension": settings.suspension_days,
        "termination": settings.termination_days,
    }


def step(unpaid_since: date, today: date, settings: Settings) -> str:
    """The step that an invoice unpaid since that day has come to."""
    reached = [name for name, days in steps(settings).items() if (today - unpaid_since).days >= days]
    return reached[-1] if reached else "notice"


def failed_payments(collections: "pandas.DataFrame", today: date, settings: Settings) -> Iterator[DueItem]:
    """An item for each unpaid invoice: due since its step was reached; while Stripe tries again, on the day of the next try."""
    for row in rows(collections):
        if row["state"] not in STATES:
            continue
        since_on, next_on = required(row["since_on"]), day(row["next_attempt_on"])
        reached = step(since_on, today, settings)
        tried = f"{int(row['attempts'])} of its charges failed. " if row["attempts"] else ""
        words = STATES[row["state"]].format(next=said(next_on)) + STEPS[reached].format(days=(today - since_on).days)
        is_waiting = row["state"] == "retrying" and reached == "notice"
        due_on = next_on if is_waiting and next_on else since_on + timedelta(days=steps(settings)[reached])
        yield DueItem(
            id=f"payment:{row['invoice_id']}:{reached}",
            kind="failed_payment",
            rule="F37",
            subject=row["client_name"],
            detail=f"Invoice {row['invoice']}: {tried}{words}",
            due_on=due_on,
            amount_minor=int(row["amount_due_minor"]),
            currency=row["currency"],
            client_id=row["client_id"],
            stripe_id=row["invoice_id"],
            opens={"invoice": row["invoice_id"]},
            thing=f"payment:{row['invoice_id']}",
        )
