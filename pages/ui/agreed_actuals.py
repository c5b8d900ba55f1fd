"""What came of each agreed line in a period: a table of targets and actual values, saved as a whole (R23, R24)."""

from typing import Any

import pandas as pd
import streamlit as st

from data import promises
from pages.ui import formats, warehouse
from proposals.care_report import Facts

# Measure → where a line's actual value comes from.
READ = {
    "": "Entered by hand",
    "uptime": "Uptime, %",
    "updates": "Updates made",
    "security_updates": "Security updates",
    "backups": "Backups made",
    "backups_off_site": "Off-site backups",
    "hours": "Hours recorded",
}
MET = {True: "Yes", False: "No", None: ""}


def edit(facts: Facts) -> None:
    """The lines of the facts with what is known of each, and the button that saves what was entered."""
    before = pd.DataFrame(
        [
            {
                "name": line.name,
                "target": "" if line.target is None else _target(line.target, line.unit, line.is_at_most),
                "actual": line.actual,
                "met": MET[line.is_met],
                "note": line.note,
                "source": READ[line.measure] if line.kind != "expectation" else READ[""],
            }
            for line in facts.agreed
        ]
    ).astype({"actual": "float64"})
    with st.form("actuals", border=False):
        after = st.data_editor(
            before,
            column_config={
                "name": st.column_config.Column("Agreed", width=260, pinned=True),
                "target": st.column_config.Column("Target", width=110),
                "actual": st.column_config.NumberColumn("Actual", min_value=0, width=100),
                "met": st.column_config.SelectboxColumn(
                    "Met", options=["Yes", "No"], width=80, help="To be chosen for expectations"
                ),
                "note": st.column_config.TextColumn("Said to the client", width=260, max_chars=promises.LONGEST),
                "source": st.column_config.Column("From", width=150),
            },
            disabled=["name", "target", "source"],
            hide_index=True,
            height="content",
            key=f"actuals_{facts.client_id}_{facts.period.label}_{warehouse.shown().version}",
        )
        st.caption("Targets of deliverables are for each month. What the records measure can’t be overwritten.")
        is_sent = st.form_submit_button("Save what came of it")
    if is_sent:
        _save(facts, before, after)


def _target(value: float, unit: str, is_at_most: bool) -> str:
    return f"{'at most ' if is_at_most else ''}{formats.decimal(value)} {unit}".strip()


def _save(facts: Facts, before: pd.DataFrame, after: pd.DataFrame) -> None:
    opened, by = warehouse.shown(), warehouse.settings().sender_name
    for line, old, new in zip(facts.agreed, before.to_dict("records"), after.to_dict("records"), strict=True):
        if all(_same(old[name], new[name]) for name in ("actual", "met", "note")):
            continue
        is_met = {"Yes": True, "No": False}.get(str(new["met"])) if line.kind == "expectation" else None
        actual = (
            None if line.measure or line.kind == "expectation" or formats.is_missing(new["actual"]) else float(new["actual"])
        )
        note = "" if formats.is_missing(new["note"]) else str(new["note"])
        promises.tell_actual(opened, line.promise_id, facts.period, actual=actual, is_met=is_met, note=note, by=by)
    st.rerun()


def _same(old: Any, new: Any) -> bool:
    return (formats.is_missing(old) and formats.is_missing(new)) or bool(old == new)
