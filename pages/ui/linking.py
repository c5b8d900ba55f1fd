"""Clients that may be one: suggestions to confirm, a link made by hand, and links to undo."""

import pandas as pd
import streamlit as st

from data import clients
from pages.ui import formats, warehouse


def suggestions() -> None:
    """Pairs of clients that look alike, each with a button that makes them one; nothing where there are none."""
    found = warehouse.metric("link_suggestions")
    if found.empty:
        return
    with st.expander(f"{formats.count(len(found), 'pair')} of clients may be one", icon=":material/link:"):
        st.caption("Linked, they count as one client; going from one to the other is no movement. You can undo it.")
        for pair in found.head(20).itertuples():
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(formats.plain(f"{pair.other_client_name} and {pair.client_name}: {pair.reason}"))
                key = f"link-{pair.client_id}-{pair.other_client_id}"
                if st.button("Link the two", key=key):
                    clients.link(warehouse.shown(), str(pair.other_client_id), str(pair.client_id))
                    st.rerun()


def of_client(client_id: str, everyone: pd.DataFrame) -> None:
    """What is linked to this client, each with its undo, and a choice of whom to link."""
    links = warehouse.metric("client_links_now")
    mine = links[links["client_id"] == client_id]
    others = everyone[everyone["client_id"] != client_id].drop_duplicates("client_id").sort_values("client_name")
    with st.expander("Linked to this client" if len(mine) else "Link another customer to this client", icon=":material/link:"):
        for link in mine.itertuples():
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"{formats.plain(link.linked_id)}, since {formats.date(link.linked_on)}")
                if st.button("Undo this link", key=f"unlink-{link.linked_id}"):
                    clients.unlink(warehouse.shown(), str(link.linked_id))
                    st.rerun()
        names = dict(zip(others["client_id"], others["client_name"], strict=True))
        with st.form("link-by-hand", border=False):
            chosen = st.selectbox(
                "Customer", list(names), index=None, format_func=lambda key: str(names[key]), placeholder="Choose one"
            )
            if st.form_submit_button("Link this customer") and chosen:
                clients.link(warehouse.shown(), chosen, client_id)
                st.rerun()
