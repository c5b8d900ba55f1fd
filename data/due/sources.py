"""Sources whose last sync failed, or whose data are older than the practice asks for."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from data.due.facts import Facts, said
from data.due.item import DueItem, Kind
from data.sources.titles import title_of

# Payments are looked at daily; care data follows the weekly round.
STALE_AFTER = {"stripe": timedelta(days=2)} | dict.fromkeys(
    ("maintenance", "mainwp", "wp_umbrella", "uptime_kuma", "uptime_robot"), timedelta(days=8)
)
KINDS = (
    Kind(
        "sync",
        "Bring the figures up to date",
        "source",
        "Open Data",
        "sources.py",
        "A sync or import brought the data up to date.",
        done="",
    ),
)


def items(facts: Facts) -> Iterator[DueItem]:
    """An item for each source that needs a look."""
    yield from syncs_to_mend(facts.syncs, facts.as_of)


def syncs_to_mend(syncs: list[dict[str, Any]], as_of: datetime) -> Iterator[DueItem]:
    """Sources whose last sync failed, or whose data are older than the practice asks for."""
    for sync in syncs:
        title = title_of(sync["source"])
        limit, last_ok = STALE_AFTER.get(sync["source"]), sync["last_ok_at"]
        if sync["status"] == "failed":
            detail, due_on = f"The last sync failed: {sync['message']}", sync["finished_at"].date()
        elif limit and last_ok and as_of - last_ok > limit:
            detail = f"Nothing new since {said(last_ok.date())}; what happened since is not in these figures."
            due_on = (last_ok + limit).date()
        else:
            continue
        yield DueItem(id=f"sync:{sync['source']}", kind="sync", rule="F37", subject=title, detail=detail, due_on=due_on)
