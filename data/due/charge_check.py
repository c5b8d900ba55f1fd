"""The look at the month's failed charges on the 3rd (mission.md F37)."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from data.due.facts import Facts
from data.due.item import DueItem, Kind

CHECK_DAY = 3
KINDS = (
    Kind(
        "failed_charges_check",
        "Check the month’s charges",
        "check",
        "Sync Stripe",
        "sources.py",
        "A sync has brought in the month’s charges.",
    ),
)


def items(facts: Facts) -> Iterator[DueItem]:
    """The next check, or the one that is due."""
    yield from failed_charges_checks(facts.syncs, facts.today, facts.local_day)


def failed_charges_checks(syncs: list[dict[str, Any]], today: date, local_day: Callable[[datetime], date]) -> Iterator[DueItem]:
    """The look at the month's failed charges on the 3rd (F37): done as soon as a later sync of Stripe has brought them in."""
    stripe = next((sync for sync in syncs if sync["source"] == "stripe"), None)
    if not stripe or not stripe["last_ok_at"]:
        return
    check_on = today.replace(day=CHECK_DAY)
    if local_day(stripe["last_ok_at"]) >= check_on:
        check_on = (check_on.replace(day=28) + timedelta(days=5)).replace(day=CHECK_DAY)
    is_due = check_on <= today
    yield DueItem(
        id=f"check:{check_on:%Y-%m}",
        kind="failed_charges_check",
        rule="F37",
        subject="Failed charges of the month",
        detail="Payments of this month are not in yet: sync Stripe, then see what failed."
        if is_due
        else "The month’s invoices have been charged by then: sync Stripe and see what failed.",
        due_on=check_on,
    )
