"""The few steps that are left once the demo is behind, each ticked off when it is done; the list can be put away."""

import streamlit as st

from data.due import register
from data.settings import Settings
from data.sources.titles import CARE
from data.warehouse import Warehouse
from pages.ui import formats, warehouse
from pages.ui.signed_in import reader

LIST = "first_steps"
# Step → what the button says, what the step is good for, and where it is done.
STEPS = {
    "stripe": ("Connect Stripe", "Your revenue, churn and failed payments, read and never written.", "connect.py"),
    "care": ("Import care data", "Updates, backups, incidents and hours of your clients’ sites.", "sources.py"),
    "agreements": ("Draft agreements", "What each client has signed, and who pays without a contract.", "agreements.py"),
    "prices": ("Match prices with tiers", "Tiers, proposals and the what-if follow your price book.", "tiers.py"),
    "name": ("Set your name for e-mails", "Your name and address, with which proposals are signed.", "sources.py"),
}


def undone(settings: Settings, shown: Warehouse) -> list[str]:
    """Which of the steps are left, none in the demo: what it holds is not the user's, and the way out stands above it."""
    if settings.is_demo:
        return []
    known = {sync["source"] for sync in shown.last_syncs() if sync["last_ok_at"]}
    unmapped, mapped = warehouse.metric("unmapped_prices"), warehouse.metric("tier_mappings_now")
    done = {
        "stripe": bool(settings.stripe_api_key) or "stripe" in known,
        "care": not known.isdisjoint(CARE),
        "agreements": "agreements" in known or not warehouse.metric("agreement_register").empty,
        "prices": "stripe" in known and (unmapped.empty or not mapped.empty),
        "name": bool(settings.sender_name),
    }
    return [step for step, is_done in done.items() if not is_done]


def card(left: list[str], *, may_dismiss: bool = True) -> None:
    """The steps that are left with what each is good for and where it is done, unless the list was put away."""
    opened = warehouse.shown()
    if not left or (may_dismiss and LIST in register.marks(opened)):
        return
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center"):
            done = len(STEPS) - len(left)
            st.subheader(f"Make it yours: {formats.count(len(left), 'step')} left", anchor=False, width="stretch")
            st.caption(f"{formats.of(done, len(STEPS))} done", width="content")
            if may_dismiss and st.button("Dismiss this list", type="tertiary", icon=":material/close:", key="steps_dismiss"):
                register.mark(opened, LIST, "dismissed", by=reader())
                st.rerun()
        for step in left:
            title, about, page = STEPS[step]
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f":material/radio_button_unchecked: {about}", width="stretch")
                if st.button(title, key=f"step_{step}", type="primary" if step == left[0] else "secondary"):
                    st.switch_page(page)


def put_away(left: list[str]) -> None:
    """The way back to the list, once it was put away with something left."""
    opened = warehouse.shown()
    if not left or LIST not in register.marks(opened):
        return
    if st.button(f"Show the {formats.count(len(left), 'first step')} left", type="tertiary", key="steps_again"):
        register.undo(opened, LIST)
        st.rerun()
