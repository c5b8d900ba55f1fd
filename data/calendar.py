"""What is due: billing and care dates, from the facts at hand, as one list of items that every reader shares.

Each item is derived from the data, so it goes away when the facts say that it was done: a paid invoice, a new card, an
update, a sync. Rules: mission.md F22–F26 (care), F25 (weekly round), F36 (cards), F37 (the 3rd), definitions.md (leaving).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from data import metrics

if TYPE_CHECKING:
    import pandas

    from data.warehouse import Warehouse

# In the order of their weight: money owed first, then data that may hide more of it, then money offered, care, and who leaves.
KINDS = (
    "failed_payment",
    "failed_charges_check",
    "sync",
    "card_expiring",
    "proposal_follow_up",
    "site_late",
    "weekly_round",
    "leaver",
)

CHECK_DAY = 3
ROUND_EVERY = timedelta(days=7)
# Payments are looked at daily; care data follows the weekly round.
STALE_AFTER = {"stripe": timedelta(days=2), "maintenance": timedelta(days=8)}
SOURCE_TITLES = {"stripe": "Stripe", "maintenance": "care data", "agreements": "agreements"}


@dataclass(frozen=True)
class DueItem:
    """One thing to do, due on a day of the account's time zone.

    `id` is stable over days; `subject` is a client's, site's or source's own name, `detail` a sentence. `amount_minor` of
    `currency` is what is at stake: the invoice for payments, else the client's MRR. `rule` is an id of mission.md.
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
    site: str | None = None
    stripe_id: str | None = None
    proposal_id: str | None = None

    def days_late(self, today: date) -> int:
        """Whole days since it was due; negative before."""
        return (today - self.due_on).days


@dataclass(frozen=True)
class Due:
    """Everything due as seen on `today`: what is due now, most pressing first, and what comes up, soonest first."""

    today: date
    now: tuple[DueItem, ...]
    later: tuple[DueItem, ...]


def due(warehouse: "Warehouse") -> Due:
    """What is due by the data of this warehouse, as seen from its own day and time zone."""
    with warehouse.cursor() as cursor:
        row = cursor.execute("select today from params").fetchone()
    today: date = row[0] if row else warehouse.as_of.date()
    clients = metrics.read(warehouse, "clients")
    syncs = warehouse.last_syncs()
    items = [
        *failed_payments(metrics.read(warehouse, "collections"), today),
        *failed_charges_checks(syncs, today),
        *syncs_to_mend(syncs, warehouse.as_of),
        *expiring_cards(metrics.read(warehouse, "cards_expiring"), today),
        *proposal_follow_ups(metrics.read(warehouse, "proposals")),
        *late_sites(metrics.read(warehouse, "site_health"), clients, today),
        *weekly_rounds(metrics.read(warehouse, "site_health")),
        *leavers(clients),
    ]
    rank = {kind: place for place, kind in enumerate(KINDS)}
    now = sorted((item for item in items if item.due_on <= today), key=lambda item: (rank[item.kind], item.due_on))
    later = sorted((item for item in items if item.due_on > today), key=lambda item: (item.due_on, rank[item.kind]))
    return Due(today, tuple(now), tuple(later))


def at_stake(items: Iterable[DueItem]) -> dict[str, int]:
    """What the items are about in minor units by currency, the largest first; a client's MRR counts once, each invoice too."""
    stakes = {
        (item.id if item.kind == "failed_payment" else item.client_id, item.currency): item.amount_minor
        for item in items
        if item.amount_minor
    }
    sums: dict[str, int] = {}
    for (_, currency), amount in stakes.items():
        sums[currency] = sums.get(currency, 0) + amount
    return dict(sorted(sums.items(), key=lambda pair: -pair[1]))


def failed_payments(collections: "pandas.DataFrame", today: date) -> Iterator[DueItem]:
    """An item for each unpaid invoice (F37): due when Stripe stops trying, until then on the day of its next try."""
    words = {
        "retrying": "Stripe tries again on {next}; the client may have to give a new card.",
        "failed": "Stripe has stopped trying. Ask the client for a new card.",
        "overdue": "Sent and past its due date. Send a reminder.",
    }
    for row in _rows(collections):
        if row["state"] not in words:
            continue
        failed_on, next_on = _day(row["first_failed_at"]), _day(row["next_attempt_at"])
        tried = f"{int(row['attempts'])} of its charges failed. " if row["attempts"] else ""
        yield DueItem(
            id=f"payment:{row['invoice_id']}",
            kind="failed_payment",
            rule="F37",
            subject=row["client_name"],
            detail=f"Invoice {row['invoice']}: {tried}{words[row['state']].format(next=_said(next_on))}",
            due_on=(next_on if row["state"] == "retrying" else failed_on) or failed_on or today,
            amount_minor=int(row["amount_due_minor"]),
            currency=row["currency"],
            client_id=row["client_id"],
            stripe_id=row["invoice_id"],
        )


def failed_charges_checks(syncs: list[dict[str, Any]], today: date) -> Iterator[DueItem]:
    """The look at the month's failed charges on the 3rd (F37): done as soon as a later sync of Stripe has brought them in."""
    stripe = next((sync for sync in syncs if sync["source"] == "stripe"), None)
    if not stripe or not stripe["last_ok_at"]:
        return
    check_on = today.replace(day=CHECK_DAY)
    if stripe["last_ok_at"].date() >= check_on:
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


def syncs_to_mend(syncs: list[dict[str, Any]], as_of: datetime) -> Iterator[DueItem]:
    """Sources whose last sync failed, or whose data are older than the practice asks for."""
    for sync in syncs:
        title = SOURCE_TITLES.get(sync["source"], sync["source"])
        limit, last_ok = STALE_AFTER.get(sync["source"]), sync["last_ok_at"]
        if sync["status"] == "failed":
            detail, due_on = f"The last sync failed: {sync['message']}", sync["finished_at"].date()
        elif limit and last_ok and as_of - last_ok > limit:
            detail = f"Nothing new since {_said(last_ok.date())}; what happened since is not in these figures."
            due_on = (last_ok + limit).date()
        else:
            continue
        yield DueItem(id=f"sync:{sync['source']}", kind="sync", rule="F37", subject=title, detail=detail, due_on=due_on)


def expiring_cards(cards: "pandas.DataFrame", today: date) -> Iterator[DueItem]:
    """The next reminder for each card about to expire (F36): 30 days, then 14 days before, then as soon as it has expired."""
    for row in _rows(cards):
        expires_on, first_on, second_on = (_required(row[name]) for name in ("expires_on", "remind_30_on", "remind_14_on"))
        if today > expires_on:
            due_on, words = expires_on, "has expired: the next charge will fail"
        elif today < second_on:
            due_on, words = first_on, f"expires on {_said(expires_on)}: send the first reminder"
        else:
            due_on, words = second_on, f"expires on {_said(expires_on)}: send the second reminder"
        yield DueItem(
            id=f"card:{row['client_id']}:{expires_on:%Y-%m}:{due_on}",
            kind="card_expiring",
            rule="F36",
            subject=row["client_name"],
            detail=f"The card ending in {row['card_last4']} {words}.",
            due_on=due_on,
            amount_minor=int(row["mrr_minor"]),
            currency=row["currency"],
            client_id=row["client_id"],
        )


def proposal_follow_ups(proposals: "pandas.DataFrame") -> Iterator[DueItem]:
    """The follow-up of each proposal that was sent and has no answer, on the day that was set for it (R22)."""
    for row in _rows(proposals):
        if row["state"] not in ("sent", "follow_up_due"):
            continue
        due_on, follow_ups = _required(row["follow_up_on"]), int(row["follow_ups"] or 0)
        times = "" if not follow_ups else ", followed up once" if follow_ups == 1 else f", followed up {follow_ups} times"
        yield DueItem(
            id=f"proposal:{row['proposal_id']}:{due_on}",
            kind="proposal_follow_up",
            rule="R22",
            subject=row["company"] or row["contact_name"] or row["email"] or f"Proposal {row['proposal_id']}",
            detail=f"Proposal {row['proposal_id']}, sent on {_said(_day(row['sent_on']))}{times}: no answer yet.",
            due_on=due_on,
            client_id=row["client_id"],
            proposal_id=row["proposal_id"],
        )


def late_sites(health: "pandas.DataFrame", clients: "pandas.DataFrame", today: date) -> Iterator[DueItem]:
    """An item for each site that breaks a rule of care (F22–F26), due since the first day on which one was broken."""
    worth = {row["client_id"]: row for row in reversed(list(_rows(clients)))}
    left = former_clients(clients)
    late = [row for row in _rows(health) if row["state"] == "late" and row["client_id"] not in left]
    for site in dict.fromkeys(row["site"] for row in late):
        rows = [row for row in late if row["site"] == site]
        client = worth.get(rows[0]["client_id"] or "", {})
        yield DueItem(
            id=f"site:{site}",
            kind="site_late",
            rule="F22–F26",
            subject=site,
            detail=" ".join(row["detail"].partition(" Rule: ")[0] for row in rows),
            due_on=min(_day(row["since"]) or today for row in rows),
            amount_minor=client.get("mrr_minor"),
            currency=client.get("currency", ""),
            client_id=rows[0]["client_id"],
            site=site,
        )


def former_clients(clients: "pandas.DataFrame") -> set[str]:
    """Ids of clients who have left in every currency: they are owed no care, while a site of nobody known still is."""
    standings: dict[str, set[str]] = {}
    for row in _rows(clients):
        standings.setdefault(row["client_id"], set()).add(row["standing"])
    return {client for client, known in standings.items() if known == {"churned"}}


def weekly_rounds(health: "pandas.DataFrame") -> Iterator[DueItem]:
    """The weekly round of updates and the look at the off-site store (F25): due when the first site has gone a week without."""
    next_by_site = {
        row["site"]: (_day(row["since"]) or date.min) + ROUND_EVERY
        for row in _rows(health)
        if row["rule"] == "updates_weekly" and row["state"] == "ok" and row["since"]
    }
    if next_by_site:
        due_on = min(next_by_site.values())
        first = sum(on == due_on for on in next_by_site.values())
        yield DueItem(
            id=f"round:{due_on}",
            kind="weekly_round",
            rule="F25",
            subject="Weekly round",
            detail=f"{first} of {len(next_by_site)} sites up to date {'has' if first == 1 else 'have'} gone a week by then: "
            "make the updates, and look at the off-site backups.",
            due_on=due_on,
        )


def leavers(clients: "pandas.DataFrame") -> Iterator[DueItem]:
    """Clients scheduled to leave (definitions.md, cancel at period end): a talk to have before the day."""
    for row in _rows(clients):
        if leaves_on := _day(row["leaves_on"]):
            yield DueItem(
                id=f"leaver:{row['client_id']}:{row['currency']}:{leaves_on}",
                kind="leaver",
                rule="F1",
                subject=row["client_name"],
                detail=f"Set to leave on {_said(leaves_on)}. Ask why while they are still a client.",
                due_on=leaves_on,
                amount_minor=int(row["leaving_minor"]),
                currency=row["currency"],
                client_id=row["client_id"],
            )


def _rows(frame: "pandas.DataFrame") -> Iterator[dict[str, Any]]:
    """Rows as dicts with None for whatever kind of missing value."""
    for row in frame.to_dict("records"):
        yield {str(name): None if value != value or str(value) == "<NA>" else value for name, value in row.items()}


def _day(text: Any) -> date | None:
    return date.fromisoformat(str(text)[:10]) if text else None


def _required(text: Any) -> date:
    return date.fromisoformat(str(text)[:10])


def _said(day: date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else "an unknown day"
