"""The other tool's file on the page: chosen, its columns shown as they were understood, corrected and confirmed."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import streamlit as st

from data import reconcile
from data.reconcile import Columns, Table
from pages.ui import file_box, formats

FILE, CONFIRMED = "reconcile_file", "reconcile_confirmed"
NOBODY = ""
UNITS = {"major": "Dollars, euros …, as 99.00", "minor": "Cents, as 9900"}
SIGNS = {".": "1,234.50", ",": "1.234,50"}
ORDERS = {True: "day first (31/01/2026)", False: "month first (01/31/2026)"}


def choose() -> tuple[bytes, str] | None:
    """The content and name of the file in hand, kept while the session lasts; None until one is given."""
    held: tuple[bytes, str] | None = st.session_state.get(FILE)
    if held:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"File: **{formats.plain(held[1])}**", width="content")
            if st.button("Take another file", icon=":material/upload_file:"):
                st.session_state.pop(FILE)
                st.session_state.pop(CONFIRMED, None)
                file_box.empty(FILE)
        return held
    given = file_box.ask("CSV or Excel file of MRR by client and month", ["csv", "xlsx"], FILE)
    st.caption(
        "As Stripe’s “MRR per subscriber per month”, an export of ChartMogul or Baremetrics, or your own sheet: "
        "a line a client with a column a month, or a line for each client and month. It is compared, never kept."
    )
    if given is None:
        return None
    st.session_state[FILE] = (given.getvalue(), given.name)
    st.rerun()
    return None


@st.cache_data(max_entries=4, show_spinner="Reading the file")
def read(content: bytes, name: str) -> Table:
    """The file as a table; InputError where there is none."""
    return reconcile.read_table(content, name)


def confirm(table: Table, currencies: Sequence[str]) -> Columns | None:
    """The columns once the user has confirmed them; until then what was recognised, to correct, and a button."""
    found = reconcile.recognise(table, currencies)
    held = st.session_state.get(CONFIRMED)
    with st.expander("How this file is read", expanded=held is None, icon=":material/view_column:"):
        columns = _corrected(table, found, currencies)
        asked = columns.open_questions
        if asked:
            st.warning("Say what the file doesn’t tell, then compare.", icon=":material/help:")
        if st.button("Compare with our figures", type="primary", disabled=bool(asked)):
            st.session_state[CONFIRMED] = held = asdict(columns)
            st.rerun()
    return Columns(**held) if held else None


def _corrected(table: Table, found: Columns, currencies: Sequence[str]) -> Columns:
    headings = [NOBODY, *table.headings]
    st.markdown(formats.plain(_understood(table, found)))
    chosen: dict[str, Any] = {}
    with st.grid(3, min_column_width=200):
        for role, label in (("id", "Customer id"), ("email", "E-mail"), ("name", "Client’s name")):
            chosen[role] = _column(label, headings, getattr(found, role))
        if found.layout == "long":
            chosen["month"] = _column("Month", headings, found.month)
            chosen["amount"] = _column("MRR", headings, found.amount)
        chosen["currency"] = _column("Currency", headings, found.currency)
    columns = replace(found, **chosen)
    if (columns.amount, columns.currency, columns.month) != (found.amount, found.currency, found.month):
        columns = reconcile.read_amounts(table, columns, currencies)
    return _asked(columns, currencies)


def _asked(columns: Columns, currencies: Sequence[str]) -> Columns:
    """The same with what only the user can say: unit, currency, decimal sign, order of day and month."""
    said: dict[str, Any] = {"unit": _choice("Amounts are in", UNITS, columns.unit, columns.because.get("unit", ""))}
    if not columns.currency:
        codes = sorted({*currencies, *filter(None, [columns.fixed_currency])})
        names = {code: code.upper() for code in codes}
        because = columns.because.get("fixed_currency", "")
        said["fixed_currency"] = _choice("Currency of the file", names, columns.fixed_currency, because)
    if not columns.decimal:
        said["decimal"] = _choice("1,234 and a half is written", SIGNS, "", "")
    if columns.day_first is None and columns.month:
        said["day_first"] = _choice("Dates with slashes have the", ORDERS, False, "no date tells it") == True  # noqa: E712
    return replace(columns, **said)


def _column(label: str, headings: list[str], held: str) -> str:
    place = headings.index(held) if held in headings else 0
    return str(
        st.selectbox(label, headings, place, format_func=lambda name: name or "Not in the file", key=f"column_{label}_{held}")
    )


def _choice(label: str, options: dict[Any, str], held: Any, because: str) -> Any:
    """One of these; none is chosen where the file doesn't tell, so that nothing is guessed."""
    names = list(options)
    place = names.index(held) if held in names else None
    caption = f"{label} ({because})" if because and place is not None else label
    chosen = st.radio(caption, names, place, format_func=options.__getitem__, horizontal=True, key=f"choice_{label}_{held}")
    return "" if chosen is None else chosen


def _understood(table: Table, found: Columns) -> str:
    rows = formats.count(len(table.rows), "line")
    if found.layout == "wide":
        months = sorted(found.months.values())
        return f"{rows}, a column for each of {len(months)} months, {formats.month(months[0])} to {formats.month(months[-1])}."
    return f"{rows}, each of one client and month."
