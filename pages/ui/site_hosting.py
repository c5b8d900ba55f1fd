"""A site's hosting on a page: the check list to tick, certificate and licences, and what is installed and waits."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from data import hosting
from pages.ui import blocks, formats, round_ticks, states, warehouse
from pages.ui.blocks import Column

ANSWERS = {True: "Yes", False: "No", None: "Not known"}


def show(site: Mapping[Any, Any]) -> None:
    """Everything of one site that lies beside the rules of backups and updates; `site` is a row of the metric sites."""
    address = str(site["site"])
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Hosting check list", anchor=False)
        _checks(address)
    with right:
        st.subheader("Dates and sources", anchor=False)
        _dates(site, address)
    parts = warehouse.metric("site_components")
    parts = parts[parts["site"] == address]
    if len(parts):
        _parts(parts)


def _checks(address: str) -> None:
    told = warehouse.metric("hosting")
    told = told[told["site"] == address].set_index("item")
    st.caption("What you know of its server. What you don’t tick stays “not known”.")
    by = round_ticks.who()
    for item, (_, sentence) in hosting.ITEMS.items():
        before = None
        if item in told.index and not formats.is_missing(told.at[item, "is_met"]):
            before = bool(told.at[item, "is_met"])
        said = sentence
        if before is not None:
            who = str(told.at[item, "checked_by"] or "")
            said += f" · {', '.join(part for part in (who, formats.date(told.at[item, 'checked_on'])) if part)}"
        chosen = st.segmented_control(
            formats.plain(said), list(ANSWERS), default=before, format_func=ANSWERS.__getitem__, key=f"hosting_{address}_{item}"
        )
        if chosen != before:
            hosting.tick(warehouse.shown(), address, item, chosen, by)
            st.rerun()


def _dates(site: Mapping[Any, Any], address: str) -> None:
    for label, column in (
        ("Certificate ends", "certificate_expires_on"),
        ("Oldest kept backup", "oldest_backup_on"),
        ("Last restore test", "restore_tested_on"),
        ("Last checked", "checked_on"),
    ):
        value = site.get(column)
        st.markdown(f"{label}: **{'no data' if formats.is_missing(value) else formats.plain(formats.date(value))}**")
    named = [states.source_name(name.removesuffix("_monitor")) for name in str(site.get("sources") or "").split(",") if name]
    st.markdown(f"Known from: {formats.plain(formats.listing(sorted(set(named))) or 'records of work only')}")
    licences = warehouse.metric("licences")
    licences = licences[licences["site"] == address]
    for row in licences.to_dict("records"):
        when = "no date" if formats.is_missing(row["renews_on"]) else f"renews on {formats.date(row['renews_on'])}"
        st.markdown(formats.plain(f"Licence {row['component']}: {when}"))
    if licences.empty:
        st.markdown("Premium licences: **no data**")


def _parts(parts: pd.DataFrame) -> None:
    waiting = int(parts["is_waiting"].sum())
    said = f"{formats.count(len(parts), 'plugin')} and themes, {formats.count(waiting)} waiting for an update"
    with st.expander(said, icon=":material/extension:"):
        blocks.table(
            parts.assign(new_version=parts["new_version"].where(parts["is_waiting"].astype(bool))),
            {
                "component": Column("Name", width="medium"),
                "kind": Column("Kind", "word"),
                "version": "Version",
                "new_version": "Waiting",
            },
            alt="Plugins and themes of this site",
            key="site_parts",
        )
