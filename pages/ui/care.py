"""Care of sites in words and figures: each site's standing against the stated rules, and what it comes to over all.

A site is late only where a rule says so; where nothing is recorded it is “no data”, which is neither good nor bad.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from data.due import sites as care_due
from data.frames import records
from pages.ui import answer_first, blocks, formats, search
from pages.ui.once import once

# Rule → its heading in the table, its name in sentences. In the order of the metric.
RULES = {
    "backup_daily": ("Daily", "Full backup every day"),
    "backup_off_site": ("Off-site", "Backups stored off-site"),
    "backup_kept_30_days": ("30 days", "Backups kept for 30 days"),
    "updates_weekly": ("Updates", "Updates every week"),
    "restore_test": ("Restore test", "Restore tested once a year"),
    "uptime": ("Uptime", "Promised uptime, over 30 days"),
}
STATES = {"ok": "OK", "late": "Late", "no_data": "No data"}
STANDINGS = {"late": "Late", "unknown": "Not all known", "kept": "All rules kept", "former": "Client left"}


@once
def standings(sites: pd.DataFrame, clients: pd.DataFrame) -> pd.DataFrame:
    """The frame `sites` with `standing` (late, unknown, kept, or former where the client has left), those late first."""
    former = care_due.former_clients(clients)
    known = sites.assign(standing=[_standing(row, former) for row in records(sites)])
    order = {name: place for place, name in enumerate(STANDINGS)}
    return known.sort_values("standing", key=lambda names: names.map(order), kind="stable").reset_index(drop=True)


def _standing(row: Mapping[Any, Any], former: set[str]) -> str:
    if row["client_id"] in former:
        return "former"
    if row["rules_late"]:
        return "late"
    # Where no uptime is promised there is no rule to keep.
    unknown = int(row["rules_no_data"]) - (1 if formats.is_missing(row["uptime_promised"]) else 0)
    return "unknown" if unknown > 0 else "kept"


@once
def answer(sites: pd.DataFrame) -> str:
    """The page's answer in one sentence, from `standings`."""
    counts = sites["standing"].value_counts()
    cared = int(counts.sum() - counts.get("former", 0))
    late, unknown = int(counts.get("late", 0)), int(counts.get("unknown", 0))
    if not cared:
        return "No site of a client is in care."
    if not late:
        said = "No site is known to be late"
    else:
        said = f"{formats.of(late, cared)} sites {'is' if late == 1 else 'are'} late against a rule"
    more = " more" if late else ""
    return f"{said}; {formats.count(unknown)}{more} can’t be judged on every rule." if unknown else f"{said}."


def figures(sites: pd.DataFrame, months: pd.DataFrame) -> None:
    """Five figures over the sites in care: late ones, updates, uptime, incidents and hours, with their course by month."""
    counts, uptimes = _counted(sites)
    by_month = _by_month(months)
    last = {name: by_month[name].iloc[-1] for name in by_month} if len(by_month) else {}
    with st.grid(5, min_column_width=150):
        blocks.figure(
            "Sites late",
            formats.of(counts.get("late", 0), sum(counts.values())),
            note=f"{formats.count(counts.get('kept', 0))} keep every rule",
            help="Late: at least one stated rule of care is broken, as the records show.",
        )
        blocks.figure(
            "Updates this month",
            formats.count(last.get("updates_done")),
            trend=by_month["updates_done"],
            note=f"{formats.count(last.get('updates_failed'))} failed",
        )
        blocks.figure(
            "Uptime, 30 days",
            formats.rate(sum(uptimes) / len(uptimes), 2) if uptimes else "No data",
            note=f"Mean of {formats.count(len(uptimes), 'monitored site')}",
        )
        blocks.figure(
            "Incidents this month", formats.count(last.get("incidents")), trend=by_month["incidents"], note="On all sites"
        )
        blocks.figure(
            "Hours this month", formats.recorded_hours(last.get("hours")), trend=by_month["hours"], note="Recorded on sites"
        )
    answer_first.pause()


@once
def _counted(sites: pd.DataFrame) -> tuple[dict[str, int], list[float]]:
    """How many sites in care have each standing, and the uptimes that were measured on them."""
    in_care = sites[sites["standing"] != "former"]
    return dict(Counter(in_care["standing"])), list(in_care["uptime_30d"].dropna().astype(float))


@once
def _by_month(months: pd.DataFrame) -> pd.DataFrame:
    return months.groupby("month")[["updates_done", "updates_failed", "incidents", "hours"]].sum(min_count=1).tail(13)


@once
def matching(sites: pd.DataFrame, health: pd.DataFrame, standing: str | None, rule: str | None, wanted: str) -> pd.DataFrame:
    """Sites of that standing, late against that rule, whose address or client contains the words; None and "" leave all."""
    kept = search.found(wanted, sites["site"], sites["client_name"])
    if standing in STANDINGS:
        kept &= sites["standing"] == standing
    if rule in RULES:
        kept &= sites["site"].isin(health.loc[(health["rule"] == rule) & (health["state"] == "late"), "site"])
    return sites[kept].reset_index(drop=True)
