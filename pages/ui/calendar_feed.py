"""The calendar on a page: the file to download, and the feed to subscribe to, with its secret made, replaced and forgotten."""

import streamlit as st

from data import ical
from data import settings as settings_module
from data.settings import Settings
from pages.ui import warehouse


def show(settings: Settings) -> None:
    """The download, the feed's address while it is open, and what is in it."""
    st.subheader("Everything due, in your own calendar", anchor=False)
    st.caption("The 1st, the 3rd, cards and prepaid terms with their reminders, and all that is due, as all-day entries.")
    st.download_button(
        "Download the calendar", lambda: ical.of(warehouse.shown()), "retainer-desk.ics", "text/calendar",
        icon=":material/download:", on_click="ignore",
    )  # fmt: skip
    with st.container(border=True):
        st.markdown("**Feed for Google, Apple or Outlook**")
        if settings.calendar_token:
            _open(settings)
        else:
            st.caption("It is off. Whoever knows its address can read it, so the address holds a secret that you can replace.")
            if st.button("Open the feed"):
                ical.open_feed(settings)
                st.rerun()
        shown = st.toggle(
            "Put amounts and e-mail addresses into it", settings.calendar_details == "show", key="calendar_details"
        )
        if shown != (settings.calendar_details == "show"):
            settings_module.save(settings, calendar_details="show" if shown else "hide")
            st.rerun()


def _open(settings: Settings) -> None:
    base = str(st.context.url or "http://127.0.0.1:8501/").split("/billing")[0].rstrip("/")
    st.code(f"{base}{ical.ADDRESS}?key={settings.calendar_token}", language=None, wrap_lines=True)
    st.caption(
        "A calendar on the web reaches it only if this dashboard can be reached from there; one on this computer always."
    )
    with st.container(horizontal=True):
        if st.button("Replace the secret", help="Whoever has the address now is shut out."):
            ical.open_feed(settings)
            st.rerun()
        if st.button("Close the feed"):
            ical.close_feed(settings)
            st.rerun()
