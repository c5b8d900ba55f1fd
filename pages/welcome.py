"""The first opening: two doors, to the demo and to one's own figures."""

import streamlit as st

from pages.ui import blocks

DOORS = {
    "Look around": (
        "today.py",
        "An invented agency with three years of clients, payments, sites and calls, made up to today. Try everything: what you "
        "do there stays in the demo’s own file.",
        "Nothing to set up.",
    ),
    "Connect Stripe": (
        "connect.py",
        "Your own clients, revenue and failed payments. A read-only key, a test of it, one sync; then you stand before this "
        "month and what changed in it.",
        "About five minutes. The key stays on this machine and can’t change anything in Stripe.",
    ),
}

blocks.head("Welcome to Retainer Desk", "What changed this month, what to offer next, and what would a new price do?")
with st.grid(2, min_column_width=300):
    for label, (page, about, effort) in DOORS.items():
        with st.container(border=True, height="stretch", gap="small"):
            st.subheader("The demo" if page == "today.py" else "Your own figures", anchor=False)
            st.markdown(about)
            st.caption(effort)
            if st.button(label, type="primary", key=page, width="stretch"):
                st.switch_page(page)
with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    st.caption("No Stripe? Retainers paid by transfer and care of sites come in from files.", width="content")
    st.page_link("sources.py", label="Open data sources", icon=":material/arrow_forward:")
st.caption("Everything stays on this machine: no account, no telemetry, and nothing is ever sent to a client by itself.")
