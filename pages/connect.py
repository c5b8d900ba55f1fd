"""Connect Stripe: from a read-only key to one's own figures, one step after the other."""

import streamlit as st

from data.sources.stripe import STRIPE
from pages.ui import arrival, blocks, first_sync, freshness, stripe_key, syncing, tier_matching, warehouse

blocks.head("Connect Stripe", "How do your own figures get here?")
settings = warehouse.settings()
sync = freshness.own_syncs(settings).get("stripe")
is_synced = bool(sync and sync["last_ok_at"])
first_sync.way(2 if is_synced else 1 if settings.stripe_api_key else 0)
if is_synced:
    settings = first_sync.show_own(settings)
    syncing.outcome(STRIPE)
    st.subheader(arrival.found(), anchor=False)
    if not tier_matching.show(settings):
        first_sync.land()
elif settings.stripe_api_key:
    first_sync.account(settings)
else:
    stripe_key.ask("Test and keep this key")
st.caption(
    "Retainer Desk reads your account and never writes to it. The key lies in a file for you alone, goes to Stripe and nowhere "
    "else, and is never shown again."
)
