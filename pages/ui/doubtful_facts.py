"""Readings on too weak evidence to be facts: each with the words it was read from, and a button that takes it over."""

from typing import Any

import streamlit as st

from data.pricing.price_book import PriceBook
from pages.ui import formats
from pages.ui.brief_words import LABELS, OBJECTIONS
from proposals.brief import Brief, Fact

NUMBERS = ("sites",)
LINES = ("challenges", "goals")
LISTS = ("services", "objections")
SHOWN = 6


def show(read: Brief, corrected: Brief, book: PriceBook, key: str) -> None:
    """The doubtful readings that the form below does not hold yet; `key` is the form's."""
    left = [(name, fact) for name, fact in read.doubtful if not _is_held(corrected, name, fact)][:SHOWN]
    if not left:
        return
    is_open = bool(st.session_state.get(f"{key}_doubtful"))  # with another number on it, it would be another one, and closed
    title = f"{formats.count(len(left), 'reading')} in doubt, not taken over"
    with st.expander(title, icon=":material/contrast:", expanded=is_open):
        for place, (name, fact) in enumerate(left):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(_told(name, fact, book))
                st.button(
                    "Take it over",
                    key=f"{key}_doubtful_{name}_{fact.start}_{place}",
                    on_click=_take,
                    args=(key, name, fact.value, corrected),
                )


def _told(name: str, fact: Fact, book: PriceBook) -> str:
    """The field and value in words, and the quote where it says more."""
    quote = f"“{formats.plain(' '.join((fact.quote or '').split()))}”"
    if name in LINES:
        return f"**{LABELS[name]}:** {quote}"
    known = {service.id: service.name("en") for service in book.services.values()} if name == "services" else OBJECTIONS
    return f"**{LABELS[name]}:** {formats.plain(known.get(str(fact.value), str(fact.value)))}, from {quote}"


def _is_held(brief: Brief, name: str, fact: Fact) -> bool:
    held = brief.values(name) if name in (*LINES, *LISTS) else [brief.value(name)]
    return _line(fact.value) in [_line(each) for each in held]


def _line(value: Any) -> str:
    return " ".join(str(value).split())


def _take(key: str, name: str, value: Any, corrected: Brief) -> None:
    """Put the value into the form's own field, as if it had been typed or chosen there."""
    widget = f"{key}_{name}"
    st.session_state[f"{key}_doubtful"] = True
    if name in LISTS:
        st.session_state[widget] = [*dict.fromkeys([*corrected.values(name), value])]
    elif name in LINES:
        st.session_state[widget] = "\n".join(_line(each) for each in [*corrected.values(name), value])
    else:
        st.session_state[widget] = float(value) if name in NUMBERS else str(value)
