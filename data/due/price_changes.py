"""Clients who are to be told of a new price before it comes (mission.md F27, R15: told by the owner, price as it stands)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from data.due.facts import Facts, required, said
from data.due.item import DueItem, Kind
from data.frames import rows

if TYPE_CHECKING:
    import pandas

KINDS = (
    Kind(
        "price_change",
        "Tell clients of their new price",
        "client",
        "Open e-mail",
        "what_if.py",
        settled="The client was told, or the change withdrawn.",
    ),
)


def items(facts: Facts) -> Iterator[DueItem]:
    """Each client who has still to be told."""
    yield from clients_to_tell(facts.frame("price_changes"))


def clients_to_tell(changes: "pandas.DataFrame") -> Iterator[DueItem]:
    """An item for each client of a planned price change who was not told yet, due on the day to tell it by."""
    for row in rows(changes):
        if row["state"] not in ("planned", "due"):
            continue
        yield DueItem(
            id=f"price_change:{row['change_id']}:{row['client_id']}",
            kind="price_change",
            rule="F27",
            subject=row["client_name"],
            detail=f"Price change planned: tell the client by {said(required(row['tell_by']))}; "
            f"the new price comes on {said(required(row['effective_on']))}.",
            due_on=required(row["tell_by"]),
            amount_minor=int(row["then_minor"]),
            currency=row["currency"],
            client_id=row["client_id"],
            opens={"view": "Apply", "currency": row["currency"], "tell": f"{row['change_id']}:{row['client_id']}"},
        )
