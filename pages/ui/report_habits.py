"""How each client is reported to: how often, in which language, whom the greeting names."""

from typing import Any

import pandas as pd
import streamlit as st

from data import reporting
from data.reporting import EVERY
from pages.ui import formats, languages, warehouse
from proposals.language import codes


def show() -> None:
    """How each client is reported to, in one table to edit: rhythm, language, whom the greeting names."""
    with st.expander("How often, in which language, to whom", icon=":material/tune:"):
        clients = warehouse.metric("clients")
        clients = clients[clients["standing"].isin(["paying", "comped"])].drop_duplicates("client_id").reset_index(drop=True)
        if clients.empty:
            st.markdown("There is no client yet.")
            return
        settings = warehouse.settings()
        st.caption(
            f"Empty follows the settings: reports {settings.report_every}, due on day {settings.report_day} of the month after."
        )
        before = _kept(clients)
        with st.form("habits", border=False):
            after = _edited(before)
            is_sent = st.form_submit_button("Save")
        if is_sent:
            _save_habits(list(clients["client_id"]), before, after)


def _kept(clients: pd.DataFrame) -> pd.DataFrame:
    """A row a client, in their order: client, every, language, contact, as far as they are kept for it."""
    kept = reporting.habits(warehouse.shown())
    known = [kept.get(str(client), reporting.Habit(str(client))) for client in clients["client_id"]]
    return pd.DataFrame(
        {
            "client": clients["client_name"],
            "every": [habit.every or None for habit in known],
            "language": [habit.language or None for habit in known],
            "contact": [habit.contact for habit in known],
        }
    )


def _edited(before: pd.DataFrame) -> pd.DataFrame:
    column = st.column_config
    return st.data_editor(
        before,
        column_config={
            "client": column.Column("Client", width=200, pinned=True),
            "every": column.SelectboxColumn("How often", options=list(EVERY), format_func=formats.sentence, width=140),
            "language": column.SelectboxColumn("Language", options=list(codes()), format_func=languages.name, width=130),
            "contact": column.TextColumn("Greets", help="The name after the greeting", max_chars=80, width=200),
        },
        disabled=["client"],
        hide_index=True,
        height="content" if len(before) <= 10 else 36 * 11,
        key=f"habits_{warehouse.shown().version}",
    )


def _save_habits(ids: list[Any], before: pd.DataFrame, after: pd.DataFrame) -> None:
    opened = warehouse.shown()
    for client_id, old, new in zip(ids, before.to_dict("records"), after.to_dict("records"), strict=True):
        changed = {
            str(name): _text(new[name]) for name in ("every", "language", "contact") if _text(new[name]) != _text(old[name])
        }
        if changed:
            reporting.change(opened, str(client_id), **changed)
    st.rerun()


def _text(value: Any) -> str:
    return "" if formats.is_missing(value) else str(value).strip()
