"""Clients: all of them with standing, tier and MRR; one of them with its history, under its own address."""

import streamlit as st

from pages.ui import (
    blocks,
    candidates,
    client_findings,
    filters,
    linking,
    one_client,
    own_book,
    palette,
    rows,
    states,
    warehouse,
)

everyone = warehouse.metric("clients")
asked = str(st.query_params.get("client", ""))
one = everyone[everyone["client_id"] == asked].sort_values("mrr_minor", ascending=False)
if not one.empty:
    one_client.show(one, everyone)
    st.stop()

blocks.head("Clients", "Who pays what, and since when?")
if everyone.empty:
    states.empty("No clients yet", "Every client with standing, tier, MRR and history.")
    candidates.show()
    st.stop()
if asked:
    st.warning("There is no such client in this warehouse; here are all of them.")

with st.container(horizontal=True, vertical_alignment="top"):
    currency = filters.currency(everyone)
    known = filters.only(everyone, currency)
    words = st.text_input("Find", placeholder="Name or e-mail", type="search", key="find", width=260)
    standings = [standing for standing in ("paying", "paused", "comped", "churned") if standing in set(known["standing"])]
    present = [standing for standing in standings if standing != "churned"]
    chosen = st.pills("Standing", standings, selection_mode="multi", default=present, format_func=str.capitalize)
    tiers = palette.tier_order(list(known["tier"].dropna()), own_book.tiers())
    tier = st.selectbox("Tier", tiers, index=None, placeholder="All", width=200)

found = client_findings.matching(known, words, chosen or standings, tier)
st.caption(client_findings.found(found, currency))
if not found.empty:
    rows.clients(found, currency)
candidates.show()
linking.suggestions()
blocks.foot(rules=["A client with two currencies stands here once in each."], is_revenue=True)
