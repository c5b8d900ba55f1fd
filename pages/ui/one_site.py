"""One site on a page: its state against each rule with the reason, what was done month by month, and whose it is."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui import blocks, care, data_sentences, formats, site_hosting, site_owner
from pages.ui.blocks import Column

_BADGES = {"ok": "green", "late": "red", "no_data": "gray"}


def show(site: Mapping[Any, Any], health: pd.DataFrame, months: pd.DataFrame) -> None:
    """Everything known of one site; `site` is a row of the metric sites with its `standing`."""
    if st.button("All sites", icon=":material/arrow_back:", type="tertiary"):
        st.switch_page("maintenance.py")
    st.title(formats.plain(site["site"]), anchor=False)
    site_owner.show(site)
    _figures(site)
    _rules(health)
    site_hosting.show(site)
    st.subheader("What was done, by month", anchor=False)
    if months.empty:
        st.markdown("Nothing is recorded for this site.")
    else:
        _by_month(months.sort_values("month", ascending=False), str(site["site"]))


def _figures(site: Mapping[Any, Any]) -> None:
    waiting, promised = site["pending_updates"], site["uptime_promised"]
    with st.grid(5, min_column_width=150):
        blocks.figure("State", care.STANDINGS[str(site["standing"])], note=_versions(site))
        off_site = _yes_no(site["is_off_site"], "Off-site", "Not off-site")
        blocks.figure("Last full backup", _day(site["last_backup_on"]), note=off_site)
        blocks.figure(
            "Last updates",
            _day(site["last_update_on"]),
            note="No data on waiting ones" if formats.is_missing(waiting) else f"{formats.count(waiting)} waiting",
        )
        blocks.figure(
            "Uptime, 30 days",
            "No data" if formats.is_missing(site["uptime_30d"]) else formats.rate(site["uptime_30d"], 2),
            note="Nothing promised" if formats.is_missing(promised) else f"{formats.rate(promised, 2)} promised",
        )
        since = f"In care since {formats.date(site['since_on'])}"
        blocks.figure("Hours this month", formats.recorded_hours(site["hours_this_month"]), note=since)


def _rules(health: pd.DataFrame) -> None:
    """Every rule with its state and the reason, broken ones first."""
    late = int((health["state"] == "late").sum())
    st.subheader(f"{formats.of(late, len(health))} rules broken" if late else "No rule is known to be broken", anchor=False)
    for row in sorted(health.to_dict("records"), key=lambda row: row["state"] != "late"):
        said = data_sentences.as_people_write(str(row["detail"]))
        state = str(row["state"])
        st.markdown(
            f":{_BADGES[state]}-badge[{care.STATES[state]}] **{care.RULES[str(row['rule'])][1]}**  \n{formats.plain(said)}"
        )


def _by_month(months: pd.DataFrame, site: str) -> None:
    """Rows of care_months; backups known in part are told as “at least”."""
    floors = months["is_backups_floor"].fillna(False).astype(bool)
    known = {
        name: [
            f"at least {count}" if is_floor and count else str(count)
            for count, is_floor in zip(months[name], floors, strict=True)
        ]
        for name in ("backups_done", "backups_off_site")
    }
    columns = {
        "month": Column("Month", "month"),
        "updates_done": Column("Updates", "count"),
        "updates_failed": Column("Failed", "count"),
        "security_updates": Column("For security", "count"),
        "backups_done": "Backups",
        "backups_off_site": "Off-site",
        "incidents": Column("Incidents", "count"),
        "downtime_minutes": Column("Minutes down", "count"),
        "hours": Column("Hours", "hours"),
    }
    blocks.table(months.assign(**known), columns, alt="Care of this site by month", key="site_months")
    if floors.any():
        st.caption(
            "At least: the first list of backups held only those kept that day, so earlier ones of the month may be missing."
        )
    blocks.download(months, f"care-{site}.csv")


def _day(value: Any) -> str:
    return "No data" if formats.is_missing(value) else formats.date(value)


def _versions(site: Mapping[Any, Any]) -> str:
    known = [
        f"{name} {formats.plain(site[column])}"
        for name, column in (("WordPress", "wp_version"), ("PHP", "php_version"))
        if not formats.is_missing(site[column])
    ]
    return ", ".join(known) or "Versions not recorded"


def _yes_no(value: Any, yes: str, no: str) -> str:
    return "Off-site or not: no data" if formats.is_missing(value) else yes if value else no
