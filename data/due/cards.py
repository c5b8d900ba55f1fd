"""Cards about to expire (mission.md F36)."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from data.due.facts import Facts, required, said
from data.due.item import DueItem, Kind
from data.frames import rows

if TYPE_CHECKING:
    import pandas

KINDS = (
    Kind(
        "card_expiring", "Remind of cards", "card", "Write to the client", "billing.py",
        settled="The card was replaced, or pays no retainer any more.", done="Reminded",
    ),
)  # fmt: skip


def items(facts: Facts) -> Iterator[DueItem]:
    """The next reminder for each card."""
    yield from expiring_cards(facts.frame("cards_expiring"), facts.today)


def why(item: DueItem, facts: Facts) -> str:
    """Whether the next reminder of the same card took its place."""
    return "The next reminder took its place." if any(one.id[:-10] == item.id[:-10] for one in items(facts)) else ""


def expiring_cards(cards: "pandas.DataFrame", today: date) -> Iterator[DueItem]:
    """The next reminder for each card about to expire (F36): 30 days, then 14 days before, then as soon as it has expired."""
    for row in rows(cards):
        expires_on, first_on, second_on = (required(row[name]) for name in ("expires_on", "remind_30_on", "remind_14_on"))
        if today > expires_on:
            due_on, words = expires_on, "has expired: the next charge will fail"
        elif today < second_on:
            due_on, words = first_on, f"expires on {said(expires_on)}: send the first reminder"
        else:
            due_on, words = second_on, f"expires on {said(expires_on)}: send the second reminder"
        yield DueItem(
            id=f"card:{row['client_id']}:{row['card_last4']}:{expires_on:%Y-%m}:{due_on}",
            kind="card_expiring",
            rule="F36",
            subject=row["client_name"],
            detail=f"The card ending in {row['card_last4']} {words}.",
            due_on=due_on,
            amount_minor=int(row["mrr_minor"]),
            currency=row["currency"],
            client_id=row["client_id"],
            opens={"card": row["client_id"]},
        )
