"""The weekly round in rows: a site with its two tasks, who ticked or what proves each, and what an edit of them tells."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data.rounds import TASKS, Tick
from pages.ui import formats, states


def by_site(asked: pd.DataFrame) -> pd.DataFrame:
    """One row a site of one week: `updates` and `off_site` done or not, `…_state`, `…_how` in words, `note`, `is_done`."""
    told: dict[str, dict[str, Any]] = {}
    for row in asked.to_dict("records"):
        site = told.setdefault(
            row["site"], {"site": row["site"], "client_name": None, "note": "", **dict.fromkeys(TASKS, False), "is_done": False}
        )
        site["client_name"] = "" if formats.is_missing(row["client_name"]) else row["client_name"]
        site |= {
            row["task"]: row["state"] != "open",
            f"{row['task']}_state": row["state"],
            f"{row['task']}_how": how(row),
        }
        site["note"] = site["note"] or ("" if formats.is_missing(row["note"]) else row["note"])
    for site in told.values():
        site["is_done"] = all(site[task] for task in TASKS)
    columns = ["site", "client_name", "note", *TASKS, "is_done"]
    return pd.DataFrame(list(told.values()), columns=None if told else columns)


def how(row: Mapping[Any, Any]) -> str:
    """Who ticked a task, what proves it, or what is known of it while it is open; empty where nothing is."""
    if row["state"] == "ticked":
        return ", ".join(part for part in (str(row["told_by"] or ""), formats.date(row["told_on"])) if part)
    if formats.is_missing(row["proof"]):
        return ""
    day, number = formats.date(row["proof_on"]), int(row["number"])
    source = "" if formats.is_missing(row["sources"]) else f" ({_named(str(row['sources']))})"
    return {
        "made": f"{formats.count(number, 'update')}, {day}{source}",
        "none_waiting": f"None waiting, {day}",
        "waiting": f"{formats.count(number)} waiting, {day}",
        "stored": f"{formats.count(number, 'backup')}, {day}{source}",
    }[str(row["proof"])]


def _named(sources: str) -> str:
    return formats.listing(["care file" if each == "maintenance" else states.source_name(each) for each in sources.split(",")])


def finding(sites: pd.DataFrame, week_on: str) -> str:
    """The page's answer as a sentence."""
    left = int((~sites["is_done"].astype(bool)).sum()) if len(sites) else 0
    if not left:
        return f"The round of the week of {formats.date(week_on)} is done."
    return f"{formats.of(left, len(sites))} sites {'is' if left == 1 else 'are'} still open."


def changes(before: pd.DataFrame, after: pd.DataFrame) -> list[Tick]:
    """What an edit of the table tells: each changed tick, and a changed note with the ticks of its site."""
    found = []
    for old, new in zip(before.to_dict("records"), after.to_dict("records"), strict=True):
        note = "" if formats.is_missing(new["note"]) else str(new["note"])
        for task in TASKS:
            is_kept_proven = old[f"{task}_state"] == "proven" and bool(new[task])
            if bool(old[task]) != bool(new[task]) or note != (old["note"] or ""):
                found.append(Tick(str(old["site"]), task, bool(new[task]) and not is_kept_proven, note))
    return found


def weeks(asked: pd.DataFrame) -> pd.DataFrame:
    """One row a week, newest first: sites, how many are done and open, and who ticked."""
    rows = []
    for week_on, told in asked.groupby("week_on"):
        open_ = told[told["state"] == "open"]["site"].nunique()
        names = sorted({str(name) for name in told["told_by"].dropna() if str(name)})
        sites = told["site"].nunique()
        rows.append({"week_on": week_on, "sites": sites, "done": sites - open_, "open": open_, "told_by": ", ".join(names)})
    columns = ["week_on", "sites", "done", "open", "told_by"]
    return pd.DataFrame(rows, columns=columns).sort_values("week_on", ascending=False).reset_index(drop=True)
