"""What was agreed with a client (R23, R24): the lines, the forms to add and end one, and what the client expects."""

import streamlit as st

from data import promises, reporting
from data.promises import MEASURES, Promise
from pages.ui import agreed_actuals, states, warehouse
from pages.ui.agreed_actuals import READ
from pages.ui.month_box import first_day, month_box
from proposals.care_report import Facts

KINDS = {"deliverable": "Deliverable", "kpi": "KPI", "expectation": "Expectation (met or not)"}


def show(client_id: str, facts: Facts) -> None:
    """The lines of the period with what came of each, then the forms."""
    st.subheader("Agreed with this client", anchor=False)
    if facts.agreed:
        agreed_actuals.edit(facts)
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
