"""Scenarios kept by name on the what-if page: keep, open again, rename, remove, and up to four side by side."""

import streamlit as st

from data.errors import AppError
from data.pricing.what_if import levers, saved
from data.pricing.what_if.book import Book
from data.pricing.what_if.scenario import Scenario
from pages.ui import blocks, formats, states, warehouse, what_if_book, what_if_levers
from pages.ui.blocks import Column


def kept(book: Book, scenario: Scenario) -> None:
    """Keep this scenario by a name, and lay those kept side by side."""
    opened, currency = warehouse.shown(), book.currency
    with st.form("keep_scenario", clear_on_submit=True, border=False):
        name_column, button_column = st.columns([3, 1], vertical_alignment="bottom")
        name = name_column.text_input(
            "Keep the levers as they stand, as", max_chars=saved.LONGEST_NAME, placeholder="Growth at 385, from renewal"
        )
        is_kept = button_column.form_submit_button("Keep scenario")
    try:
        if is_kept:
            saved.save(opened, str(name or ""), currency, scenario)
        known = saved.kept(opened, currency)
    except AppError as error:
        states.show_error(error)
        return
    if not known:
        st.caption("None kept yet. Keep a few, and they stand here beside each other, under the same luck.")
        return
    _side_by_side(book, known)
    _one(book, known)


def _side_by_side(book: Book, known: dict[str, Scenario]) -> None:
    most = saved.MOST_SIDE_BY_SIDE
    chosen = st.multiselect("Show", list(known), list(known)[:most], max_selections=most, key=_key("side_by_side", known))
    rows, faults = what_if_book.side_by_side(book, {name: known[name] for name in chosen})
    for fault in faults:
        st.caption(formats.plain(f"No longer fits today’s clients: {fault}"))
    if rows.empty:
        return
    blocks.table(
        rows,
        {
            "name": Column("Scenario", width="medium"),
            "gain_minor": Column("If all stay", "money"),
            "may_leave": Column("May leave", "count"),
            "clients": Column("Of", "count"),
            "mrr_minor": Column("MRR in 12 months", "money"),
            "low_minor": Column("Likely from", "money"),
            "high_minor": Column("to", "money"),
            "chance_pays": Column("Pays off", "rate"),
            "chance_below": Column("Below today", "rate"),
        },
        alt="Scenarios side by side",
        key="kept",
        currency=book.currency,
    )


def _one(book: Book, known: dict[str, Scenario]) -> None:
    """Open, rename or remove one of them."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = str(st.selectbox("Scenario", list(known), key=_key("kept_one", known), width=300))
        try:
            values = levers.levers(book, known[name])
        except AppError as error:
            values, reason = {}, f"{error.title} {error.hint}"
        st.button(
            "Open scenario",
            type="primary",
            on_click=what_if_levers.move,
            args=(values,),
            disabled=not values,
            help=None if values else formats.plain(reason),
        )
        with st.popover("Rename scenario"):
            _rename(book, name)
        if st.button("Remove scenario", type="tertiary"):
            saved.forget(warehouse.shown(), name, book.currency)
            st.session_state["what_if_removed"] = known[name]
            st.rerun()
    removed = st.session_state.get("what_if_removed")
    if removed and removed.currency == book.currency and removed.name not in known:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(formats.plain(f"“{removed.name}” was removed."))
            if st.button("Undo", type="tertiary"):
                saved.save(warehouse.shown(), removed.name, book.currency, removed)
                del st.session_state["what_if_removed"]
                st.rerun()


def _key(name: str, known: dict[str, Scenario]) -> str:
    """A choice among these names only: it starts again where one is added, renamed or removed."""
    return f"{name}: {', '.join(known)}"


def _rename(book: Book, name: str) -> None:
    new = st.text_input("New name", name, max_chars=saved.LONGEST_NAME, key=f"rename_{name}")
    if st.button("Save name"):
        with states.changing():
            saved.rename(warehouse.shown(), name, str(new or ""), book.currency)
