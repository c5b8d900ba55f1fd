"""The Stripe key: which permissions it needs, the field to type it into, the test, and what the test found."""

from dataclasses import replace

import streamlit as st

from data import settings as settings_module
from data.errors import AppError, SourceUnreachable
from data.settings import Settings
from data.sources.stripe import STRIPE
from pages.ui import formats, states, syncing

KEYS_PAGE = "https://dashboard.stripe.com/apikeys/create"
CHECKED = "stripe_checked"
TURN = "stripe_turn"


def ask(label: str) -> None:
    """How to make a key, open to read, and the form that takes it."""
    st.subheader("Make a key that can only read", anchor=False)
    how_to()
    form(label)


def how_to() -> None:
    """The steps in Stripe's dashboard, with every permission to tick and what it is read for."""
    from data.sources.stripe.check import permissions

    st.markdown(
        f"1. In Stripe, open [Developers, API keys, Create restricted key]({KEYS_PAGE}).\n"
        "2. Leave everything at **None** but these, which get **Read**, never write:"
    )
    needed = permissions()
    with st.grid(2, min_column_width=300):
        for title, is_wanted in (("It can’t do without", True), ("For the full picture", False)):
            rows = [f"- **{name}**: {purpose}" for name, (purpose, is_essential) in needed.items() if is_essential == is_wanted]
            with st.container(border=True, height="stretch", gap="xsmall"):
                st.markdown(f":material/check_box: {title}")
                st.markdown("\n".join(rows))
    st.markdown("3. Create the key, copy it (`rk_live_…`), and paste it here.")


def form(label: str) -> None:
    """The field and its button; a key that Stripe knows is kept, what it may not read is told afterwards."""
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
    if is_sent:
        _keep(str(key or "").strip())


def test(settings: Settings) -> None:
    """Ask Stripe what the key may read, and keep the answer for this visit; an error is shown."""
    from data.sources.stripe.check import check

    st.session_state.pop(CHECKED, None)
    with st.spinner("Testing the key"):
        try:
            st.session_state[CHECKED] = check(settings)
        except AppError as error:
            states.show_error(error)


def told() -> None:
    """What the last test of this visit found, if there was one: all is well, or which permissions to tick."""
    found = st.session_state.get(CHECKED)
    if found is None:
        return
    account = f" to {formats.plain(found.account)}" if found.account else ""
    lacks = formats.listing(list(found.lacks_essential or found.lacks))
    if not lacks:
        st.success(f"The key works{account}: everything that is needed can be read.", icon=":material/check_circle:")
        return
    edit = f"[edit the key]({KEYS_PAGE.removesuffix('/create')})"
    tick = f"In Stripe, {edit} and give Read to: **{formats.listing(list(found.to_tick))}**."
    if found.lacks_essential:
        st.error(f"The key may not read {lacks}; no figure can be right without.  \n{tick} Then test it again.")
    else:
        st.warning(
            f"The key works{account}, but may not read {lacks}. You can go on without; those parts stay empty.  \n{tick}"
        )


def _keep(key: str) -> None:
    from data.sources.stripe.check import check

    settings = replace(settings_module.load(), stripe_api_key=key)
    said = "The key is kept. Now sync."
    with st.spinner("Testing the key"):
        st.session_state.pop(CHECKED, None)
        try:
            st.session_state[CHECKED] = check(settings)
        except SourceUnreachable as error:
            said = f"{formats.plain(str(error))} The key is kept, not tested yet."
        except AppError as error:
            states.show_error(error)
            return
    settings_module.save(settings, stripe_api_key=key)
    st.session_state[TURN] += 1
    if settings_module.load().stripe_api_key != key:
        said = "The key is saved, but STRIPE_API_KEY is set elsewhere, and that one is used."
    is_well = CHECKED in st.session_state and "elsewhere" not in said
    if not is_well:
        st.session_state[syncing.said_key(STRIPE)] = (False, said)
    st.rerun()
