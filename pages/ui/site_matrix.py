"""The table of the care page: a row a site, a column a rule of care, what is late in the colour of loss."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from data.frames import records
from pages.ui import cells, formats
from pages.ui.care import RULES, STANDINGS, STATES
from pages.ui.once import once

_INK = {
    "light": {"Late": "color: #A5430A; font-weight: 600", "No data": "color: #6B7A76"},
    "dark": {"Late": "color: #F4B46A; font-weight: 600", "No data": "color: #93A19D"},
}


def show(sites: pd.DataFrame, health: pd.DataFrame, key: str = "sites") -> None:
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
