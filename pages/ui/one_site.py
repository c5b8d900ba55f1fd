"""One site on a page: its state against each rule with the reason, what was done month by month, and whose it is."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui import blocks, care, formats
from pages.ui.blocks import Column

_MATCHED = {
    "stripe": "matched by its Stripe customer",
    "email": "matched by e-mail address",
    "name": "matched by name",
    "domain": "matched by the domain of the e-mail address",
}
_BADGES = {"ok": "green", "late": "red", "no_data": "gray"}


def show(site: Mapping[Any, Any], health: pd.DataFrame, months: pd.DataFrame) -> None:
    """Everything known of one site; `site` is a row of the metric sites with its `standing`."""
    if st.button("All sites", icon=":material/arrow_back:", type="tertiary"):
        st.switch_page("maintenance.py")
    st.title(formats.plain(site["site"]), anchor=False)
    _owner(site)
    with st.grid(5, min_column_width=150):
        blocks.figure("State", care.STANDINGS[str(site["standing"])], note=_versions(site))
        blocks.figure(
            "Last full backup",
            _day(site["last_backup_on"]),
            note=_yes_no(site["is_off_site"], "Off-site", "Not off-site"),
        )
        blocks.figure(
            "Last updates",
            _day(site["last_update_on"]),
            note="No data on waiting ones"
            if formats.is_missing(site["pending_updates"])
            else f"{formats.count(site['pending_updates'])} waiting",
        )
        promised = site["uptime_promised"]
        blocks.figure(
            "Uptime, 30 days",
            "No data" if formats.is_missing(site["uptime_30d"]) else formats.rate(site["uptime_30d"], 2),
            note="Nothing promised" if formats.is_missing(promised) else f"{formats.rate(promised, 2)} promised",
        )
        blocks.figure(
            "Hours this month", care.hours(site["hours_this_month"]), note=f"In care since {formats.date(site['since_on'])}"
        )
    st.subheader("Against each rule", anchor=False)
    for row in health.to_dict("records"):
        said = care.with_dates(str(row["detail"]).partition(" Rule: ")[0])
        state = str(row["state"])
        st.markdown(
            f":{_BADGES[state]}-badge[{care.STATES[state]}] **{care.RULES[str(row['rule'])][1]}**  \n{formats.plain(said)}"
        )
    st.subheader("What was done, by month", anchor=False)
    if months.empty:
        st.markdown("Nothing is recorded for this site.")
        return
    newest = months.sort_values("month", ascending=False)
    blocks.table(
        newest,
        {
            "month": Column("Month", "month"),
            "updates_done": Column("Updates", "count"),
            "updates_failed": Column("Failed", "count"),
            "security_updates": Column("For security", "count"),
            "backups_done": Column("Backups", "count"),
            "backups_off_site": Column("Off-site", "count"),
            "incidents": Column("Incidents", "count"),
            "downtime_minutes": Column("Minutes down", "count"),
            "hours": Column("Hours", "hours"),
        },
        alt="Care of this site by month",
        key="site_months",
    )
    blocks.download(newest, f"care-{site['site']}.csv")


def _owner(site: Mapping[Any, Any]) -> None:
    if formats.is_missing(site["client_id"]):
        stated = site["stated_client"]
        named = "" if formats.is_missing(stated) else f" The file names “{formats.plain(stated)}”."
        st.warning(
            f"This site belongs to no client that is known here.{named} Write the client’s name, e-mail address or Stripe id "
            "in the file as it stands in Stripe, and import it again.",
            icon=":material/link_off:",
        )
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        how = _MATCHED.get(str(site["matched_by"]), "")
        st.caption(f"Of {formats.plain(site['client_name'])}{f', {how}' if how else ''}", width="content")
        if st.button("Open client", type="tertiary", icon=":material/arrow_forward:"):
            st.switch_page("clients.py", query_params={"client": site["client_id"]})


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
