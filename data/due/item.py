"""One thing that is due, and the kinds of things that can be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")


@dataclass(frozen=True)
class Kind:
    """How a kind of item is told: the heading and noun of its group, and the button that opens the page where it is done.

    `settled` is said of an item that the data closed, where its subject knows no better. With `is_owed` each item's amount is
    money owed by itself; else amounts are MRR, and a client's counts once. `done` is the button by which the user says so;
    empty where only the data can.
    """

    id: str
    heading: str
    noun: str
    action: str
    page: str
    settled: str = "The data show that it is done."
    is_owed: bool = False
    done: str = "Done"


@dataclass(frozen=True)
class DueItem:
    """One thing to do, due on a day of the account's time zone.

    `id` names the occasion (this invoice, this card’s expiry, the 3rd of this month), so it is stable over days. `subject` is
    a client's, site's or source's own name, `detail` a sentence. `amount_minor` of `currency` is what is at stake: the invoice
    for payments, else the client's MRR. `rule` is an id of mission.md. `opens` is the query of the address of its kind's page.
    `thing` stays the same when the date moves; empty: the id without its dates.
    """

    id: str
    kind: str
    rule: str
    subject: str
    detail: str
    due_on: date
    amount_minor: int | None = None
    currency: str = ""
    client_id: str | None = None
    stripe_id: str | None = None
    opens: Mapping[str, str] = field(default_factory=dict, hash=False)
    thing: str = ""

    @property
    def series(self) -> str:
        """What a calendar knows the item by, whichever day it falls on."""
        return self.thing or ":".join(part for part in self.id.split(":") if not DATE.fullmatch(part))

    def days_late(self, today: date) -> int:
        """Whole days since it was due; negative before."""
        return (today - self.due_on).days
