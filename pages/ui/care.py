"""Care of sites on a page: each site's standing against the stated rules, and one site's record.

A site is late only where a rule says so; where nothing is recorded it is “no data”, which is neither good nor bad.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from data.due import sites as care_due
from data.frames import records
from pages.ui import answer_first, blocks, cells, formats, search
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
_INK = {
    "light": {"Late": "color: #A5430A; font-weight: 600", "No data": "color: #6B7A76"},
    "dark": {"Late": "color: #F4B46A; font-weight: 600", "No data": "color: #93A19D"},
}


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
        blocks.figure("Hours this month", hours(last.get("hours")), trend=by_month["hours"], note="Recorded on sites")
    answer_first.pause()


@once
def _counted(sites: pd.DataFrame) -> tuple[dict[str, int], list[float]]:
    """How many sites in care have each standing, and the uptimes that were measured on them."""
    in_care = sites[sites["standing"] != "former"]
    return dict(Counter(in_care["standing"])), list(in_care["uptime_30d"].dropna().astype(float))


@once
def _by_month(months: pd.DataFrame) -> pd.DataFrame:
    return months.groupby("month")[["updates_done", "updates_failed", "incidents", "hours"]].sum(min_count=1).tail(13)


def hours(value: Any) -> str:
    """Hours, or “No data” where none are recorded."""
    return "No data" if formats.is_missing(value) else formats.hours(value)


def matrix(sites: pd.DataFrame, health: pd.DataFrame, key: str = "sites") -> None:
    """A row a site, a column a rule; a click on a site opens it."""
    names = list(sites["site"])
    config: dict[str, Any] = {
        "site": st.column_config.ButtonColumn(
            "Site",
            type="tertiary",
            alignment="left",
            pinned=True,
            width=190,
            key=f"{key}_open",
            on_click=lambda: st.switch_page(
                "maintenance.py", query_params={"site": names[st.session_state[f"{key}_open"].row]}
            ),
        ),
        "late_on": st.column_config.Column("State", width=150),
        "client_name": st.column_config.Column("Client", width=150),
        "pending_updates": st.column_config.NumberColumn("Waiting", help="Updates that wait", alignment="right", width=80),
    }
    config |= {rule: st.column_config.Column(short, help=long, width=84) for rule, (short, long) in RULES.items()}
    st.dataframe(
        _told(sites, health, key, str(st.context.theme.type)),
        column_config=config,
        hide_index=True,
        height="content" if len(sites) <= 12 else 36 * 13,
        placeholder="",
        key=key,
        alt="State of each site against each rule of care",
    )


@once
def _told(sites: pd.DataFrame, health: pd.DataFrame, key: str, theme: str) -> Any:
    wide = health.pivot_table(index="site", columns="rule", values="state", aggfunc="first").reindex(columns=list(RULES))
    shown = sites[["site", "client_name", "pending_updates", "standing"]].merge(
        wide, left_on="site", right_index=True, how="left"
    )
    shown["client_name"] = ["Not matched to a client" if formats.is_missing(name) else name for name in shown["client_name"]]
    for rule in RULES:
        shown[rule] = [STATES.get(state, "No data") for state in shown[rule]]
    shown["late_on"] = [_late_on(row) for row in records(shown)]
    table = shown[["site", "late_on", *RULES, "pending_updates", "client_name"]]
    inks = _INK.get(theme, _INK["light"])
    inked = {
        (row, place): inks[word]
        for place, rule in enumerate(table.columns)
        if rule in RULES
        for row, word in enumerate(table[rule])
        if word in inks
    }
    return cells.told(table, {}, key, inked)


def _late_on(row: Mapping[Any, Any]) -> str:
    late = [short.lower() for rule, (short, _) in RULES.items() if row[rule] == STATES["late"]]
    return f"Late: {', '.join(late)}" if late and row["standing"] == "late" else STANDINGS[str(row["standing"])]


@once
def matching(sites: pd.DataFrame, health: pd.DataFrame, standing: str | None, rule: str | None, wanted: str) -> pd.DataFrame:
    """Sites of that standing, late against that rule, whose address or client contains the words; None and "" leave all."""
    kept = search.found(wanted, sites["site"], sites["client_name"])
    if standing in STANDINGS:
        kept &= sites["standing"] == standing
    if rule in RULES:
        kept &= sites["site"].isin(health.loc[(health["rule"] == rule) & (health["state"] == "late"), "site"])
    return sites[kept].reset_index(drop=True)
