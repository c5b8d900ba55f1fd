"""Stripe on the page of sources: connect, or test, sync, replace and remove the key; and what the last sync left out."""

from typing import Any

import streamlit as st

from data import settings as settings_module
from data.background import next_after
from data.settings import Settings
from data.sources.stripe import STRIPE
from pages.ui import formats, stripe_key, syncing


def show(settings: Settings, sync: dict[str, Any] | None) -> None:
    """The whole section: connect, or test, sync, replace and remove; `sync` is the newest one of Stripe, if any."""
    syncing.outcome(STRIPE)
    if not settings.stripe_api_key:
        st.markdown("Retainer Desk reads your account and never writes to it. The key stays on this machine.")
        stripe_key.form("Connect Stripe")
        with st.expander("How to make such a key"):
            stripe_key.how_to()
        return
    stripe_key.told()
    wants_sync, wants_all, wants_test = _buttons(settings, sync)
    # A place of its own, so that what stands below is not mixed into it while the page is drawn anew.
    with st.container():
        if wants_sync or wants_all:
            syncing.run(settings, STRIPE, full=wants_all)
    if wants_test:
        stripe_key.test(settings)
        if stripe_key.CHECKED in st.session_state:
            st.rerun()
    st.caption(by_itself(settings, sync))
    if sync:
        _missing(sync)
    with st.expander("Replace or remove the key"):
        stripe_key.form("Replace key")
        if st.button("Remove key", key="remove_key"):
            _remove(settings)


def by_itself(settings: Settings, sync: dict[str, Any] | None) -> str:
    """When the next sync comes without being asked for."""
    if not settings.sync_minutes:
        return "It syncs only when you ask for it (RETAINER_SYNC_MINUTES is 0)."
    every = f"While the dashboard runs, it syncs by itself every {formats.count(settings.sync_minutes, 'minute')}"
    if sync and sync["status"] == "failed":
        return f"{every}; after a failure it waits longer each time."
    return f"{every}; next at {formats.instant(next_after(sync['finished_at'], settings))}." if sync else f"{every}."


def _buttons(settings: Settings, sync: dict[str, Any] | None) -> tuple[bool, bool, bool]:
    kind = "restricted" if settings.stripe_api_key.startswith("rk_") else "secret"
    mode = "test" if "_test_" in settings.stripe_api_key else "live"
    st.caption(f"A {kind} key ({mode}) is set. It is never shown again.")
    if kind == "secret":
        st.caption(":orange-badge[Advice] A secret key may also write. A restricted key with read access is safer.")
    with st.container(horizontal=True):
        return (
            st.button("Sync now" if sync else "Sync Stripe", type="primary", icon=":material/sync:", key="sync_now"),
            bool(sync)
            and st.button("Read everything again", help="Reads the whole account, not only what is new.", key="sync_all"),
            st.button("Test key", key="test_key"),
        )


def _remove(settings: Settings) -> None:
    settings_module.save(settings, stripe_api_key="")
    st.session_state.pop(stripe_key.CHECKED, None)
    is_gone = not settings_module.load().stripe_api_key
    st.session_state[syncing.said_key(STRIPE)] = (
        is_gone,
        "The key is removed; what was synced stays." if is_gone else "STRIPE_API_KEY is set elsewhere; remove it there.",
    )
    st.rerun()


def _missing(sync: dict[str, Any]) -> None:
    if sync["missing"]:
        st.warning("  \n".join(["**Left out at the last sync:**", *(formats.plain(what) for what in sync["missing"].values())]))
