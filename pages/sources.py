"""Data: where the figures come from, how fresh they are, and how to bring one's own in."""

import streamlit as st

from pages.ui import (
    agreement_import,
    blocks,
    care_import,
    connections,
    file_box,
    formats,
    freshness,
    outside_stripe,
    settings_form,
    stripe_connection,
    tool_import,
    warehouse,
)

blocks.head("Data sources", "Where do the figures come from, and how fresh are they?")
settings = warehouse.settings()
syncs = freshness.own_syncs(settings)
freshness.figures(settings, syncs)
st.subheader(formats.plain(freshness.answer(settings, syncs)), anchor=False)
freshness.switch(settings)

with st.container(border=True):
    st.subheader("Stripe", anchor=False)
    stripe_connection.show(settings, syncs.get("stripe"))

with st.container(border=True):
    st.subheader("Tools that look after sites", anchor=False)
    connections.show(settings, syncs)

with st.container(border=True):
    st.subheader("Files", anchor=False)
    file_box.outcome()
    kind = st.segmented_control(
        "What the file holds",
        ["care", "tools", "agreements"],
        default="care",
        required=True,
        format_func={
            "care": "Care of sites",
            "tools": "Another tool’s export",
            "agreements": "Agreements outside Stripe",
        }.__getitem__,
        key="kind",
        bind="query-params",
    )
    if kind == "agreements":
        st.caption("Retainers paid by transfer, cheque or in advance: client, amount, months covered, start, paid until.")
        agreement_import.show()
        outside_stripe.show(settings)
    elif kind == "tools":
        st.caption("Hours of a time tracker, a site’s log or backups, or any spreadsheet whose columns you map once.")
        tool_import.show()
    else:
        st.caption("Sites, updates, backups, incidents and hours, in any of their columns; the template shows them all.")
        care_import.show()

with st.container(border=True):
    st.subheader("Settings and rules in use", anchor=False)
    settings_form.show(settings)

with st.container(border=True):
    st.subheader("Where the data lie", anchor=False)
    freshness.places(settings)
blocks.foot(rules=["Only a sync talks to the outside, and only to the servers set here; no page does by itself."])
