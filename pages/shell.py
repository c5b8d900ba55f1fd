"""The frame around every page: log-in, menu, banners, and the handler that turns an error into a sentence."""

import streamlit as st

from pages.ui import dark_choices, menu, signed_in, states, warehouse

st.set_page_config(page_title="Retainer Desk", page_icon=states.ICON, layout="wide")
try:
    settings = warehouse.settings()
    signed_in.require(settings.allowed_emails)
    page = st.navigation(menu.sections(is_first_opening=settings.show == "auto" and settings.is_demo), position="top")
    with st.container(horizontal_alignment="center"), st.container(width=1200):
        if page.url_path not in ("", "welcome", "connect"):  # nobody waits for figures that are not shown
            with warehouse.waiting(settings):
                opened = warehouse.shown()
                warehouse.take_in_waiting(opened)
            if settings.is_demo:
                states.demo_banner(has_own=settings.own_warehouse.exists())
            states.failed_syncs(opened.last_syncs(), page.url_path)
        dark_choices.lit()
        page.run()
except Exception as error:
    states.show_error(error)
