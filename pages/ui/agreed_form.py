"""What was agreed with a client (R23, R24): the lines with their actual values, the form for more, and expectations."""

from typing import Any

import pandas as pd
import streamlit as st

from data import promises, reporting
from data.promises import MEASURES, Promise
from pages.ui import formats, states, warehouse
from pages.ui.month_box import first_day, month_box
from proposals.care_report import Facts

KINDS = {"deliverable": "Deliverable", "kpi": "KPI", "expectation": "Expectation (met or not)"}
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


def show(client_id: str, facts: Facts) -> None:
    """The lines of the period with what came of each, then the forms."""
    st.subheader("Agreed with this client", anchor=False)
    if facts.agreed:
        _actuals(facts)
    else:
        st.markdown(
            "Nothing is agreed yet. Ask what they expect each month, and write it down here: the report then answers it."
        )
    with st.expander("Add a line", icon=":material/add:"):
        _add(client_id)
    if facts.agreed:
        with st.expander("End or remove a line", icon=":material/event_busy:"):
            _end(facts)
    with st.expander("What they expect, and what comes next", icon=":material/hearing:"):
        _habit(client_id)


def _actuals(facts: Facts) -> None:
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


def _add(client_id: str) -> None:
    with st.form("promise", clear_on_submit=True, border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            kind = st.selectbox("Kind", list(KINDS), format_func=KINDS.__getitem__, width=210)
            name = st.text_input("What was agreed, in the client’s language", width=330, max_chars=promises.LONGEST)
            measure = st.selectbox("Actual value", ["", *MEASURES], format_func=READ.__getitem__, width=180)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            target = st.number_input("Target", min_value=0.0, value=None, step=1.0, width=130)
            unit = st.text_input("Unit (may be empty)", width=150, max_chars=30)
            way = st.selectbox("The target is", ["at least", "at most"], width=130)
            begins = month_box("From month", "2026-01")
            is_sent = st.form_submit_button("Add line", type="primary")
    if is_sent:
        with states.changing():
            is_words = kind == "expectation"
            promise = Promise(
                client_id,
                str(kind),
                str(name or ""),
                None if is_words else target,
                "" if is_words else str(measure or ""),
                str(unit or ""),
                way == "at most",
                first_day(begins),
            )
            promises.add(warehouse.shown(), promise)


def _end(facts: Facts) -> None:
    names = {line.promise_id: line.name for line in facts.agreed}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox("Line", list(names), format_func=names.__getitem__, width=330)
        if st.button("End with this period", help="Later reports leave it out, earlier ones keep it."):
            promises.end(warehouse.shown(), int(chosen or 0), facts.period.ends_on.replace(day=1))
            st.rerun()
        if st.button("Remove everywhere", help="For a line that should never have stood; what was sent keeps it."):
            promises.remove(warehouse.shown(), int(chosen or 0))
            st.rerun()


def _habit(client_id: str) -> None:
    held = reporting.habit(warehouse.shown(), client_id)
    with st.form("habit", border=False):
        expects = st.text_area("What they expect, in their words (only for you)", held.expectations, height=90)
        steps = st.text_area(
            "What comes next: one line an item, in the client’s language; printed in each report", held.next_steps, height=90
        )
        if st.form_submit_button("Save"):
            reporting.change(warehouse.shown(), client_id, expectations=str(expects or ""), next_steps=str(steps or ""))
            st.rerun()
