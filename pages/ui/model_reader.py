"""The second reader on a page: shown only where the settings name a model, and asked anew for each set of notes."""

import datetime as dt

import streamlit as st

from data.pricing.price_book import PriceBook
from data.settings import Settings
from pages.ui import formats
from proposals import second_reader
from proposals.brief import Brief

HELD = "second_reading"


def added(found: Brief, notes: str, book: PriceBook, settings: Settings) -> Brief:
    """The brief, with what the model added to it if it was asked for these notes; else as it was."""
    if not settings.notes_model:
        return found
    key = (notes, book.id, settings.notes_model)
    held = st.session_state.get(HELD)
    if held and held[0] == key:
        reading: second_reader.Reading = held[1]
        show = st.warning if reading.trouble else st.success
        show(formats.plain(reading.said), icon=":material/smart_toy:")
        if not reading.trouble:
            return reading.brief
    with st.container(border=True):
        st.markdown(formats.plain(second_reader.leaves(settings.notes_model)))
        if st.button("Send these notes to the model", icon=":material/upload:", key="send_notes"):
            with st.spinner("Waiting for the model"):
                today = dt.date.today()  # noqa: DTZ011 - the user's own day is meant
                reading = second_reader.brief(notes, book, today, settings.notes_model)
            st.session_state[HELD] = (key, reading)
            st.rerun()
    return found


def where(settings: Settings) -> str:
    """Where notes stay, as the page says it before any are put in."""
    if settings.notes_model:
        return f"Notes stay on this machine, unless you send them to “{settings.notes_model}”: you are asked each time."
    return "Everything stays on this machine."
