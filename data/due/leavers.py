"""Clients who are set to leave (definitions.md, cancel at period end)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from data.due.facts import Facts, day, said
from data.due.item import DueItem, Kind
from data.frames import rows

if TYPE_CHECKING:
    import pandas

KINDS = (
    Kind(
        "leaver",
        "Talk to those who leave",
        "client",
        "Open client",
        "clients.py",
        "The client stays, or has left.",
        done="Talked",
    ),
)


def items(facts: Facts) -> Iterator[DueItem]:
    """A talk with each of them."""
    yield from leavers(facts.frame("clients"))


def leavers(clients: "pandas.DataFrame") -> Iterator[DueItem]:
    """Clients scheduled to leave (definitions.md, cancel at period end): a talk to have before the day."""
    for row in rows(clients):
        if leaves_on := day(row["leaves_on"]):
            yield DueItem(
                id=f"leaver:{row['client_id']}:{row['currency']}:{leaves_on}",
                kind="leaver",
                rule="F1",
                subject=row["client_name"],
                detail=f"Set to leave on {said(leaves_on)}. Ask why while they are still a client.",
                due_on=leaves_on,
                amount_minor=int(row["leaving_minor"]),
                currency=row["currency"],
                client_id=row["client_id"],
                opens={"client": row["client_id"]},
            )
