"""The fields of the call sheet: each kept for the session under its own name, whatever the language of the words around it."""

import datetime as dt
from typing import Any

import streamlit as st

from data.pricing import price_book
from data.settings import Settings
from pages.ui import notes_box, on_record
from proposals import call_sheet
from proposals.call_sheet import CallWords, Step

NUMBERS = {"minutes": 5.0, "sites": 1.0, "horizon": 1.0, "hours": 1.0, "budget_low": 50.0, "budget_high": 50.0}
TERMS = (3, 6, 12)
LONGEST_LINE, LONGEST_TEXT = 300, 4_000


def fields(step: Step, words: CallWords, settings: Settings) -> None:
    """The fields of one step, long ones over the whole width, short ones side by side."""
    short = [name for name in step.fields if name not in call_sheet.LINES]
    for name in step.fields:
        if name in call_sheet.LINES:
            st.text_area(
                words.labels[name], key=_key(name), persist_state="session", height=100, max_chars=LONGEST_TEXT, placeholder="…"
            )
    if short:
        with st.grid(min(max(len(short), 2), 4), min_column_width=150):
            for name in short:
                _short(name, words, settings)


def typed() -> dict[str, Any]:
    """What stands in the fields now, by field."""
    return {name: st.session_state.get(_key(name)) for fields in call_sheet.STEPS.values() for name in fields}


def clear() -> None:
    """Empty every field for the next call."""
    for names in call_sheet.STEPS.values():
        for name in names:
            st.session_state.pop(_key(name), None)


def write_proposal(notes: str) -> None:
    """Go to the proposal page with these notes; of an empty sheet nothing is taken."""
    if not notes:
        return
    st.session_state[notes_box.KEY] = notes
    st.session_state[notes_box.VIEW] = "Marked"
    st.session_state["is_new_client"] = True
    st.session_state.pop(on_record.OPENED, None)
    st.switch_page("proposal.py")


def _short(name: str, words: CallWords, settings: Settings) -> None:
    label, key = words.labels[name], _key(name)
    if name in NUMBERS:
        st.number_input(label, min_value=0.0, value=None, step=NUMBERS[name], format="%g", key=key, persist_state="session")
    elif name in call_sheet.DATES:
        first = dt.date.today() if name == "call_date" else None  # noqa: DTZ011 - the user's own day is meant
        st.date_input(label, first, key=key, persist_state="session", format="YYYY-MM-DD")
    elif name in words.options:
        choices = words.options[name]
        st.selectbox(
            label, list(choices), index=None, placeholder="…", format_func=choices.__getitem__, key=key, persist_state="session"
        )
    elif name == "prepay":
        st.selectbox(label, TERMS, index=None, placeholder="…", key=key, persist_state="session")
    elif name == "currency":
        own = settings.reporting_currency or price_book.in_use(settings).currency
        st.text_input(label, own.upper(), key=key, persist_state="session", max_chars=3)
    else:
        st.text_input(label, key=key, persist_state="session", max_chars=LONGEST_LINE)


def _key(name: str) -> str:
    return f"call_{name}"
