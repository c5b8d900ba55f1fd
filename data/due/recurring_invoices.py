"""The 1st: recurring invoices go out, by Stripe for most and by hand for prepaid terms (mission.md F34, F39)."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from data.due.facts import Facts, day
from data.due.item import DueItem, Kind
from data.frames import rows

if TYPE_CHECKING:
    import pandas

KINDS = (
    Kind(
        "recurring_invoices",
        "Send the month’s invoices",
        "month",
        "Open Billing",
        "billing.py",
        settled="A sync since the 1st has brought in the month’s invoices.",
    ),
)


def items(facts: Facts) -> Iterator[DueItem]:
    """This month's 1st until it is done, else the next one."""
    yield from firsts(facts.frame("billing_days"), facts.frame("outside_stripe"), facts.syncs, facts.today, facts.local_day)


def firsts(
    billed: "pandas.DataFrame",
    agreed: "pandas.DataFrame",
    syncs: list[dict[str, Any]],
    today: date,
    local_day: Callable[[datetime], date],
) -> Iterator[DueItem]:
    """The 1st on which invoices go out; Stripe's are seen to be out by a later sync, those by hand by the user's word."""
    stripe = next((sync["last_ok_at"] for sync in syncs if sync["source"] == "stripe" and sync["last_ok_at"]), None)
    first = today.replace(day=1)
    if (stripe and local_day(stripe) > first) or (not stripe and today > first + timedelta(days=6)):
        first = (first + timedelta(days=32)).replace(day=1)
    month = f"{first:%Y-%m}"
    by_stripe = sum(row["is_on_the_first"] and str(row["next_charge_on"])[:7] <= month for row in rows(billed))
    by_hand = [row["client_name"] for row in rows(agreed) if not row["ends_on"] and _runs_out(row, first)]
    if not by_stripe and not by_hand:
        return
    told = (
        [f"Stripe charges {by_stripe} {'subscription' if by_stripe == 1 else 'subscriptions'} by itself."] if by_stripe else []
    )
    told += [f"To invoice by hand: {', '.join(sorted(by_hand))}."] if by_hand else []
    yield DueItem(
        id=f"invoices:{month}",
        kind="recurring_invoices",
        rule="F39",
        subject=f"Invoices of {first:%B %Y}",
        detail=" ".join(told),
        due_on=first,
    )


def _runs_out(row: dict[str, Any], first: date) -> bool:
    until = day(row["paid_until"])
    return (
        row["state"] in ("in force", "renewal due", "renewal overdue") and bool(until) and f"{until:%Y-%m}" == f"{first:%Y-%m}"
    )
