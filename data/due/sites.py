"""Sites that break a rule of care (mission.md F22–F26)."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from data.due.facts import Facts, day
from data.due.item import DueItem, Kind
from data.frames import rows

if TYPE_CHECKING:
    import pandas

KINDS = (
    Kind(
        "site_late", "Mend sites", "site", "Open site", "maintenance.py", "The rules that were broken are kept again.", done=""
    ),
)


def items(facts: Facts) -> Iterator[DueItem]:
    """Sites that are late."""
    yield from late_sites(facts.frame("site_health"), facts.frame("clients"), facts.today)


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
