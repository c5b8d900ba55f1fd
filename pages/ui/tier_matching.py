"""Giving tiers to the products that the price book does not claim, all at once, with a tier suggested for each."""

import streamlit as st

from data import clients
from data.pricing import price_book
from data.pricing.tier_suggestions import Suggestion, suggest
from data.settings import Settings
from pages.ui import arrival, formats, warehouse

AT_ONCE = 8
OWN_NAME = "Keep its own name"


def show(settings: Settings) -> bool:
    """The form, and the two ways on to the review; False where every price has a tier already."""
    book = price_book.in_use(settings)
    found = suggest(warehouse.metric("unmapped_prices").to_dict("records"), book)
    if not found:
        return False
    st.subheader("Which product is which tier?", anchor=False)
    st.markdown(
        "Tiers follow the price book, whose names your Stripe products don’t have. Suggested is what fits by name or price; "
        "what you leave counts under its own name. You can change this at any time on Revenue → Tiers."
    )
    tiers = [tier.name() for tier in book.tiers]
    with st.form("match_tiers", border=False):
        chosen = {one.stripe_id: _row(one, tiers) for one in found[:AT_ONCE]}
        if more := found[AT_ONCE:]:
            st.caption(f"{formats.count(len(more), 'product')} with less MRR wait on Revenue → Tiers.")
        with st.container(horizontal=True):
            is_sent = st.form_submit_button("Use these tiers", type="primary")
            is_left = st.form_submit_button("Leave all names as they are")
    if is_sent:
        clients.map_tiers(warehouse.shown(), {key: tier for key, tier in chosen.items() if tier != OWN_NAME})
    if is_sent or is_left:
        arrival.go()
    return True


def _row(one: Suggestion, tiers: list[str]) -> str:
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="medium"):
        paid = f"{formats.count(one.clients, 'client')} now, {formats.money(one.mrr_minor, one.currency)} MRR"
        paid += f". Suggested {one.why}." if one.why else ". No tier fits by name or price."
        st.markdown(f"**{formats.plain(one.name)}**  \n{formats.plain(paid)}", width="stretch")
        return str(
            st.selectbox(
                f"Tier of {one.name}",
                [*tiers, OWN_NAME],
                tiers.index(one.tier) if one.tier else len(tiers),
                label_visibility="collapsed",
                key=f"match_{one.stripe_id}",
                width=220,
            )
        )
