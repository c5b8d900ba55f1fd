"""What is due: billing and care dates, from the facts at hand, as one list of items that every reader shares.

Each item is derived from the data, so it goes away when the facts say that it was done: a paid invoice, a new card, an
update, a sync. What the user says of an item (done, snoozed, dismissed) is kept. Each subject is a file in data/due/.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from data.due import (
    agreements,
    cards,
    charge_check,
    disputes,
    leavers,
    payments,
    price_changes,
    proposals,
    recurring_invoices,
    register,
    renewals,
    reports,
    restated,
    sites,
    sources,
    weekly_round,
)
from data.due.facts import Facts
from data.due.item import DueItem, Kind
from data.due.register import Closed, Mark

if TYPE_CHECKING:
    from data.warehouse import Warehouse

# In the order of their weight: money owed first, then data that may hide more of it, money offered, care, agreements, leavers.
SUBJECTS = (
    payments,
    disputes,
    charge_check,
    sources,
    cards,
    renewals,
    recurring_invoices,
    price_changes,
    proposals,
    sites,
    weekly_round,
    reports,
    agreements,
    restated,
    leavers,
)
KINDS: dict[str, Kind] = {kind.id: kind for subject in SUBJECTS for kind in subject.KINDS}


@dataclass(frozen=True)
class Due:
    """Everything due as seen on `today`: what is due now, most pressing first, and what comes up, soonest first.

    `aside` holds what the user marked as done, snoozed or dismissed and the data still show; `closed` what the data settled.
    """

    today: date
    now: tuple[DueItem, ...]
    later: tuple[DueItem, ...]
    aside: tuple[tuple[DueItem, Mark], ...] = ()
    closed: tuple[Closed, ...] = ()


def due(warehouse: "Warehouse") -> Due:
    """What is due by the data of this warehouse, as seen from its own day and time zone; what is settled is closed and kept."""
    facts = Facts(warehouse)
    today = facts.today
    items = read(facts)
    register.keep(warehouse, items, lambda item: why(item, facts))
    marks = register.marks(warehouse)
    aside = [(item, marks[item.id]) for item in items if item.id in marks and marks[item.id].hides(today)]
    hidden = {item.id for item, _ in aside}
    open_ = [item for item in items if item.id not in hidden]
    rank = {kind: place for place, kind in enumerate(KINDS)}
    now = sorted((item for item in open_ if item.due_on <= today), key=lambda item: (rank[item.kind], item.due_on))
    later = sorted((item for item in open_ if item.due_on > today), key=lambda item: (item.due_on, rank[item.kind]))
    aside.sort(key=lambda pair: pair[1].marked_at, reverse=True)
    return Due(today, tuple(now), tuple(later), tuple(aside), tuple(register.closed(warehouse, facts.as_of)))


def read(facts: Facts) -> list[DueItem]:
    """Every item that the facts show, each id once."""
    found: dict[str, DueItem] = {}
    for subject in SUBJECTS:
        for item in subject.items(facts):
            found.setdefault(item.id, item)
    return list(found.values())


def why(item: DueItem, facts: Facts) -> str:
    """Why an item that the facts no longer show was closed: in its subject's words, else in its kind's."""
    if item.kind not in KINDS:
        return "It is no longer watched."
    subject = next(each for each in SUBJECTS if any(kind.id == item.kind for kind in each.KINDS))
    told = subject.why(item, facts) if hasattr(subject, "why") else ""
    return told or KINDS[item.kind].settled


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
