"""A lawyer's review of the wording: only where there is one does an agreement not say that it is no legal advice (F17).

A review is of the clauses that are on, in their order and language, word by word; what differs from client to client (names,
amounts, parameters) is no part of it. Another wording needs another review.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from data import clock
from data.errors import InputError
from proposals.agreement import document, ledger
from proposals.agreement.document import Review
from proposals.agreement.lines import one_line
from proposals.agreement.terms import Terms

if TYPE_CHECKING:
    from data.warehouse import Warehouse


def of(cursor: Any, fingerprint: str) -> Review | None:
    """The last review of a wording, or None."""
    row = cursor.execute(
        """
        select reviewer, reviewed_on from contract_reviews
        where template_sha256 = ? order by recorded_at desc limit 1
        """,
        [fingerprint],
    ).fetchone()
    return Review(row[0], row[1]) if row else None


def standing(warehouse: "Warehouse", terms: Terms) -> Review | None:
    """The review of the wording that these terms use, or None."""
    with warehouse.cursor() as cursor:
        return of(cursor, document.fingerprint(terms, warehouse.settings.home))


def add(warehouse: "Warehouse", terms: Terms, reviewer: str, on: date) -> Review:
    """Put on record that somebody reviewed the wording of these terms. InputError: no name, or a day to come."""
    name = one_line(reviewer)
    if not name or len(name) > 200:
        raise InputError("The reviewer’s name is needed.", "Write the name of the lawyer who reviewed the wording.")
    if on > clock.now().date() + timedelta(days=1):
        raise InputError(f"{on} is still to come.", "Choose the day of the review.")
    with warehouse.transaction() as cursor:
        values = [terms.language, document.fingerprint(terms, warehouse.settings.home), name, on, clock.now()]
        cursor.execute("insert into contract_reviews values (?, ?, ?, ?, ?)", values)
        ledger.tell(cursor)
    return Review(name, on)
