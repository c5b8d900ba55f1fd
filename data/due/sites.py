"""Sites that break a rule of care, and the weekly round (mission.md F22–F26)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.due.facts import Facts, day, rows
from data.due.item import DueItem, Kind

if TYPE_CHECKING:
    import pandas

ROUND_EVERY = timedelta(days=7)
KINDS = (
    Kind("site_late", "Mend sites", "site", "Open site", "maintenance.py"),
    Kind("weekly_round", "Make the weekly round", "round", "Open Care", "maintenance.py"),
)


def items(facts: Facts) -> Iterator[DueItem]:
    """Sites that are late, and the next round."""
    health = facts.frame("site_health")
    yield from late_sites(health, facts.frame("clients"), facts.today)
    yield from weekly_rounds(health)


def late_sites(health: "pandas.DataFrame", clients: "pandas.DataFrame", today: date) -> Iterator[DueItem]:
    """An item for each site that breaks a rule of care (F22–F26), due since the first day on which one was broken."""
    worth = {row["client_id"]: row for row in reversed(list(rows(clients)))}
    left = former_clients(clients)
    late = [row for row in rows(health) if row["state"] == "late" and row["client_id"] not in left]
    for site in dict.fromkeys(row["site"] for row in late):
        broken = [row for row in late if row["site"] == site]
        client_id = broken[0]["client_id"]
        client = worth.get(client_id or "", {})
        due_on = min(day(row["since"]) or today for row in broken)
        yield DueItem(
            id=f"site:{site}:{'+'.join(sorted(row['rule'] for row in broken))}",
            kind="site_late",
            rule="F22–F26",
            subject=site,
            detail=" ".join(row["detail"].partition(" Rule: ")[0] for row in broken),
            due_on=due_on,
            amount_minor=client.get("mrr_minor"),
            currency=client.get("currency", ""),
            client_id=client_id,
            opens={"site": site},
        )


def former_clients(clients: "pandas.DataFrame") -> set[str]:
    """Ids of clients who have left in every currency: they are owed no care, while a site of nobody known still is."""
    standings: dict[str, set[str]] = {}
    for row in rows(clients):
        standings.setdefault(row["client_id"], set()).add(row["standing"])
    return {client for client, known in standings.items() if known == {"churned"}}


def weekly_rounds(health: "pandas.DataFrame") -> Iterator[DueItem]:
    """The weekly round of updates and the look at the off-site store (F25): due when the first site has gone a week without."""
    next_by_site = {
        row["site"]: (day(row["since"]) or date.min) + ROUND_EVERY
        for row in rows(health)
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
