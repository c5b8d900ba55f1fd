"""Connecting Stripe: the key typed once, tested and kept out of sight; the sync with its progress, Cancel and outcome."""

from dataclasses import replace
from typing import Any

import streamlit as st

from data import settings as settings_module
from data.background import next_after
from data.errors import AppError, SourceUnreachable
from data.settings import Settings
from data.sources.stripe import STRIPE
from pages.ui import formats, states, syncing

KEYS_PAGE = "https://dashboard.stripe.com/apikeys/create"
SAID = "stripe_said"
TURN = "stripe_turn"


def show(settings: Settings, sync: dict[str, Any] | None) -> None:
    """The whole section: connect, or test, sync, replace and remove; `sync` is the newest one of Stripe, if any."""
    syncing.outcome(STRIPE)
    if not settings.stripe_api_key:
        st.markdown("Retainer Desk reads your account and never writes to it. The key stays on this machine.")
        _form("Connect Stripe")
        return
    wants_sync, wants_all, wants_test = _buttons(settings, sync)
    # A place of its own, so that what stands below is not mixed into it while the page is drawn anew.
    with st.container():
        if wants_sync or wants_all:
            syncing.run(settings, STRIPE, full=wants_all)
    if wants_test:
        with st.spinner("Testing the key"):
            _said_of_key(settings)
    st.caption(by_itself(settings, sync))
    if sync:
        _missing(sync)
    with st.expander("Replace or remove the key"):
        _form("Replace key")
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


def _form(label: str) -> None:
    # A field of a new name after each key, so that no field ever holds one that was given before.
    turn = st.session_state.setdefault(TURN, 0)
    with st.form("stripe_key", clear_on_submit=True, border=False):
        key = st.text_input(
            "Stripe key",
            type="password",
            placeholder="rk_live_…",
            autocomplete="off",
            help="A restricted key (rk_) with read access.",
            key=f"stripe_key_{turn}",
        )
        is_sent = st.form_submit_button(label, type="primary")
    with st.expander("How to make such a key"):
        _how_to()
    if is_sent:
        _connect(str(key or "").strip())


def _how_to() -> None:
    from data.sources.stripe.check import needed

    essential = formats.listing([words for words, is_essential in needed().items() if is_essential])
    others = formats.listing([words for words, is_essential in needed().items() if not is_essential])
    st.markdown(
        f"1. In Stripe’s dashboard, open [Developers, API keys, Create restricted key]({KEYS_PAGE}).\n"
        f"2. Give it **read** access, never write. It can’t do without: {essential}.\n"
        f"3. For the full picture, also: {others}, and payment methods (for cards that expire).\n"
        "4. Create the key, copy it, and paste it above."
    )


def _connect(key: str) -> None:
    settings = replace(settings_module.load(), stripe_api_key=key)
    with st.spinner("Testing the key"):
        try:
            _said_of_key(settings)
        except SourceUnreachable as error:
            st.warning(f"{formats.plain(str(error))} The key is kept, not tested yet.", icon=":material/info:")
        except AppError as error:
            states.show_error(error)
            return
    settings_module.save(settings, stripe_api_key=key)
    st.session_state[TURN] += 1
    if settings_module.load().stripe_api_key != key:
        st.session_state[SAID] = (False, "The key is saved, but STRIPE_API_KEY is set elsewhere, and that one is used.")
    else:
        st.session_state[SAID] = (True, f"Connected{st.session_state.pop('key_said', '')}. Now sync.")
    st.rerun()


def _said_of_key(settings: Settings) -> None:
    from data.sources.stripe.check import check

    found = check(settings)
    account = f" to {formats.plain(found.account)}" if found.account else ""
    st.session_state["key_said"] = account
    if found.lacks_essential:
        st.error(f"The key may not read {formats.listing(list(found.lacks_essential))}; no figure can be right without.")
    elif found.lacks:
        st.warning(f"The key works{account}, but may not read {formats.listing(list(found.lacks))}.")
    else:
        st.success(f"The key works{account}: everything that is needed can be read.")


def _remove(settings: Settings) -> None:
    settings_module.save(settings, stripe_api_key="")
    is_gone = not settings_module.load().stripe_api_key
    st.session_state[SAID] = (
        is_gone,
        "The key is removed; what was synced stays." if is_gone else "STRIPE_API_KEY is set elsewhere; remove it there.",
    )
    st.rerun()


def _missing(sync: dict[str, Any]) -> None:
    if sync["missing"]:
        st.warning("  \n".join(["**Left out at the last sync:**", *(formats.plain(what) for what in sync["missing"].values())]))
