"""The weekly round on a page: which week and who ticks, the table to tick in, and the undo of what was saved last."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from data import rounds
from data.rounds import TASKS, Tick
from pages.ui import blocks, formats, round_sites, search, warehouse
from pages.ui.signed_in import reader

LAST = "round_last"  # what was told last, to be undone: (week, ticks as they stood before)
VIEWS = {"open": "Open", "done": "Done", "all": "All"}
LABELS = {"updates": "Updates done", "off_site": "Off-site seen"}


def week(asked: pd.DataFrame) -> str:
    """The chosen week, named by its Monday; the newest until another is chosen."""
    weeks = sorted(set(asked["week_on"]), reverse=True)
    wanted = str(st.query_params.get("week", ""))
    place = weeks.index(wanted) if wanted in weeks else 0
    return str(st.selectbox("Week", weeks, place, format_func=lambda day: f"Week of {formats.date(day)}", width=230))


def who() -> str:
    """Who ticks: the one who is logged in, else the name typed here (at first that of the settings)."""
    name = warehouse.settings().sender_name
    return reader() or str(
        st.text_input("Ticked by", name, key="round_by", persist_state="session", placeholder="Your name", width=200) or ""
    )


def figures(sites: pd.DataFrame) -> None:
    """How many sites are done, and how: by ticks or by what sources prove."""
    with st.grid(4, min_column_width=150):
        blocks.figure("Sites done", formats.of(sites["is_done"].sum(), len(sites)), note="Both tasks")
        for task in TASKS:
            states_ = list(sites[f"{task}_state"]) if len(sites) else []
            done = len(states_) - states_.count("open")
            note = f"{formats.count(states_.count('proven'))} proven, {formats.count(states_.count('ticked'))} ticked"
            blocks.figure(LABELS[task], formats.of(done, len(sites)), note=note)
        blocks.figure("Open", formats.count((~sites["is_done"].astype(bool)).sum()), note="Sites with a task left")


def narrowed(sites: pd.DataFrame) -> pd.DataFrame:
    """The sites of the chosen view that match the words: open ones first asked for."""
    view = st.segmented_control(
        "Show", list(VIEWS), default="open", required=True, format_func=VIEWS.__getitem__, key="round_view"
    )
    words = st.text_input("Find", placeholder="Site or client", type="search", key="round_find", width=220)
    kept = search.found(words, sites["site"], sites["client_name"])
    if view in ("open", "done"):
        kept &= sites["is_done"].astype(bool) == (view == "done")
    return sites[kept].reset_index(drop=True)


def edit(sites: pd.DataFrame, week_on: str, by: str) -> None:
    """The table to tick in, saved as a whole; and one button that ticks everything shown."""
    version = warehouse.shown().version
    with st.form("round", border=False):
        told = st.data_editor(
            sites[["site", "updates", "updates_how", "off_site", "off_site_how", "note", "client_name"]],
            column_config={
                "site": st.column_config.Column("Site", width=190, pinned=True),
                "updates": st.column_config.CheckboxColumn("Updates done", width=120),
                "updates_how": st.column_config.Column("Updates", width=190),
                "off_site": st.column_config.CheckboxColumn("Off-site seen", width=120),
                "off_site_how": st.column_config.Column("Backups", width=215),
                "note": st.column_config.TextColumn("Note", width=145, max_chars=rounds.LONGEST),
                "client_name": st.column_config.Column("Client", width=150),
            },
            disabled=["site", "updates_how", "off_site_how", "client_name"],
            hide_index=True,
            height="content" if len(sites) <= 12 else 36 * 13,
            key=f"round_{week_on}_{version}_{len(sites)}",  # other rows begin anew: edits are kept by place
        )
        with st.container(horizontal=True):
            is_saved = st.form_submit_button("Save ticks", type="primary", icon=":material/check:")
            label = f"Tick all {formats.count(len(sites))} shown" if len(sites) > 1 else "Tick this site"
            is_all = st.form_submit_button(label, icon=":material/done_all:")
    if is_saved:
        _save(week_on, round_sites.changes(sites, told), sites, by)
    if is_all:
        _save(week_on, [Tick(row["site"], task, True, row["note"]) for row, task in _open(told)], sites, by)


def _open(sites: pd.DataFrame) -> list[tuple[Mapping[Any, Any], str]]:
    return [(row, task) for row in sites.to_dict("records") for task in TASKS if not row[task]]


def _save(week_on: str, ticks: list[Tick], before: pd.DataFrame, by: str) -> None:
    if not ticks:
        st.toast("Nothing was changed.")
        return
    rounds.tell(warehouse.shown(), dt.date.fromisoformat(week_on), ticks, by=by)
    stood = {row["site"]: row for row in before.to_dict("records")}
    undoing = [Tick(t.site, t.task, stood[t.site][f"{t.task}_state"] == "ticked", stood[t.site]["note"] or "") for t in ticks]
    st.session_state[LAST] = (week_on, undoing)
    st.rerun()


def undo(by: str) -> None:
    """What was saved last, with the button that takes it back."""
    held = st.session_state.get(LAST)
    if not held:
        return
    week_on, ticks = held
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        number = len({tick.site for tick in ticks})
        st.success(f"Saved for {formats.count(number, 'site')}.", icon=":material/check:", width="stretch")
        if st.button("Undo", icon=":material/undo:"):
            rounds.tell(warehouse.shown(), dt.date.fromisoformat(week_on), ticks, by=by)
            del st.session_state[LAST]
            st.rerun()
