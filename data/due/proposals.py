"""Proposals that wait for an answer (mission.md R22)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from data.due.facts import Facts, day, required, said
from data.due.item import DueItem, Kind
from data.frames import rows

if TYPE_CHECKING:
    import pandas

KINDS = (
    Kind(
        "proposal_follow_up",
        "Follow up proposals",
        "proposal",
        "Open proposal",
        "proposal.py",
        "The proposal was followed up or answered.",
        done="",
    ),
)


def items(facts: Facts) -> Iterator[DueItem]:
    """The follow-up of each proposal without an answer."""
    yield from proposal_follow_ups(facts.frame("proposals"))


def proposal_follow_ups(proposals: "pandas.DataFrame") -> Iterator[DueItem]:
    """The follow-up of each proposal that was sent and has no answer, on the day that was set for it (R22)."""
    for row in rows(proposals):
        if row["state"] not in ("sent", "follow_up_due"):
            continue
        due_on, follow_ups = required(row["follow_up_on"]), int(row["follow_ups"] or 0)
        times = "" if not follow_ups else ", followed up once" if follow_ups == 1 else f", followed up {follow_ups} times"
        yield DueItem(
            id=f"proposal:{row['proposal_id']}:{due_on}",
            kind="proposal_follow_up",
            rule="R22",
            subject=row["company"] or row["contact_name"] or row["email"] or f"Proposal {row['proposal_id']}",
            detail=f"Proposal {row['proposal_id']}, sent on {said(day(row['sent_on']))}{times}: no answer yet.",
            due_on=due_on,
            client_id=row["client_id"],
            opens={"proposal": row["proposal_id"]},
        )
