"""From a key to the first figures: the account that it opens, the sync, and the way to the review."""

import time
from dataclasses import replace
from zoneinfo import available_timezones

import streamlit as st

from data import background
from data import settings as settings_module
from data.settings import Settings
from data.sources.stripe import STRIPE
from data.sources.stripe.check import KeyCheck
from pages.ui import arrival, blocks, stripe_key, syncing

STEPS = ("Make a key", "Check the account and sync", "Match tiers")
FRESH = "first_sync"


def way(now: int) -> None:
    """The steps, those behind ticked off; `now` counts from 0."""
    with st.container(horizontal=True, gap="small"):
        for place, step in enumerate(STEPS):
            icon = "check" if place < now else "arrow_forward" if place == now else ""
            shown = f":green-badge[:material/{icon}: {place + 1} {step}]" if icon else f":gray-badge[{place + 1} {step}]"
            st.markdown(shown, width="content")


def account(settings: Settings) -> None:
    """What the key opens, and the button that starts the first sync; before any test, the button that tests."""
    syncing.outcome(STRIPE)
    stripe_key.told()
    found: KeyCheck | None = st.session_state.get(stripe_key.CHECKED)
    chosen = settings
    if found:
        st.subheader("The account that was found", anchor=False)
        _figures(settings, found)
        if not found.lacks_essential and not (settings.time_zone or found.time_zone):
            chosen = _with_time_zone(settings)
    else:
        st.markdown("A key is set and not tested yet in this visit.")
    is_ready = bool(found and not found.lacks_essential)
    with st.container(horizontal=True):
        wants_sync = is_ready and st.button("Start the first sync", type="primary", icon=":material/sync:", key="sync_now")
        wants_test = st.button(
            "Test the key again" if found else "Test the key", type="secondary" if is_ready else "primary", key="test_key"
        )
    if wants_test:
        stripe_key.test(settings)
        if stripe_key.CHECKED in st.session_state:
            st.rerun()
    with st.container():
        if wants_sync:
            _sync(settings, chosen)
    with st.expander("Use another key"):
        stripe_key.form("Test and keep this key")


def _figures(settings: Settings, found: KeyCheck) -> None:
    zone = settings.time_zone or found.time_zone
    with st.grid(4, min_column_width=150):
        blocks.figure("Account", found.account or "Not shown", note="" if found.account else "The key may not read its name")
        blocks.figure(
            "Mode", "Live" if found.is_live else "Test", note="Real payments" if found.is_live else "Stripe’s test data"
        )
        blocks.figure("Time zone", zone or "Not shown", note="Cuts days and months" if zone else "Choose it below")
        currency = (settings.reporting_currency or found.currency).upper()
        note = "The account’s own; others stand beside it" if currency else "Follows your prices"
        blocks.figure("Currency", currency or "Not shown", note=note)


def _with_time_zone(settings: Settings) -> Settings:
    """The settings with the zone that cuts months, which this key does not tell; the browser's stands first."""
    zones = sorted(available_timezones())
    mine = str(st.context.timezone or "UTC")
    chosen = st.selectbox("Time zone that cuts your months", zones, zones.index(mine if mine in zones else "UTC"), width=320)
    return replace(settings, time_zone=str(chosen))


def _sync(settings: Settings, chosen: Settings) -> None:
    if chosen.time_zone != settings.time_zone:
        chosen = settings_module.save(settings, time_zone=chosen.time_zone)
    st.session_state[FRESH] = True
    if background.is_under_way(chosen):
        with st.spinner("A sync is under way already; this page goes on when it has ended."):
            while background.is_under_way(chosen):
                time.sleep(1)
        st.rerun()
    syncing.run(chosen, STRIPE)
    st.session_state.pop(FRESH, None)


def show_own(settings: Settings) -> Settings:
    """The settings under which one's own figures are shown from now on; says so where something else fixes the demo."""
    if settings.show == "demo":
        settings_module.save(settings, show="own")
        if settings_module.load().is_demo:
            st.warning("RETAINER_SHOW is set to demo elsewhere, so the pages go on showing the demo.")
            st.stop()
        st.rerun()
    return settings


def land() -> None:
    """Nothing is left to do: straight to the review after a first sync, by a button at any later visit."""
    if st.session_state.pop(FRESH, False) or st.button("Open the revenue review", type="primary"):
        arrival.go()
