"""What is due: billing and care dates, from the facts at hand, as one list of items that every reader shares.

Each item is derived from the data, so it goes away when the facts say that it was done: a paid invoice, a new card, an
update, a sync. Each subject is a file in data/due/.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from data.due import cards, charge_check, leavers, payments, proposals, sites, sources, weekly_round
from data.due.facts import Facts
from data.due.item import DueItem, Kind

if TYPE_CHECKING:
    from data.warehouse import Warehouse

# In the order of their weight: money owed first, then data that may hide more of it, then money offered, care, and who leaves.
SUBJECTS = (payments, charge_check, sources, cards, proposals, sites, weekly_round, leavers)
KINDS: dict[str, Kind] = {kind.id: kind for subject in SUBJECTS for kind in subject.KINDS}


@dataclass(frozen=True)
class Due:
    """Everything due as seen on `today`: what is due now, most pressing first, and what comes up, soonest first."""

    today: date
    now: tuple[DueItem, ...]
    later: tuple[DueItem, ...]


def due(warehouse: "Warehouse") -> Due:
    """What is due by the data of this warehouse, as seen from its own day and time zone."""
    facts = Facts(warehouse)
    today = facts.today
    items = [item for subject in SUBJECTS for item in subject.items(facts)]
    rank = {kind: place for place, kind in enumerate(KINDS)}
    now = sorted((item for item in items if item.due_on <= today), key=lambda item: (rank[item.kind], item.due_on))
    later = sorted((item for item in items if item.due_on > today), key=lambda item: (item.due_on, rank[item.kind]))
    return Due(today, tuple(now), tuple(later))


def at_stake(items: Iterable[DueItem]) -> dict[str, int]:
    """What the items are about in minor units by currency, the largest first; a client's MRR counts once, each invoice too."""
    stakes = {
        (item.id if KINDS[item.kind].is_owed else item.client_id, item.currency): item.amount_minor
        for item in items
        if item.amount_minor
    }
    sums: dict[str, int] = {}
    for (_, currency), amount in stakes.items():
        sums[currency] = sums.get(currency, 0) + amount
    return dict(sorted(sums.items(), key=lambda pair: -pair[1]))
