"""The form that switches rules; every figure is rebuilt by a change."""

from typing import Any

import streamlit as st

from data import settings as settings_module
from data.settings import Settings
from pages.ui import own_book

SAID = "rules_said"
ONCE = {"ignore": "Leave MRR alone", "count": "Lower MRR while they last"}


def show(settings: Settings) -> None:
    """The form, with what was said of the last change above it."""
    if said := st.session_state.pop(SAID, None):
        (st.success if said[0] else st.warning)(said[1])
    about = settings_module.helps()
    with st.form("rules", border=False):
        left, right = st.columns(2, gap="large")
        changes: dict[str, Any] = {
            "once_coupons": left.selectbox(
                "Coupons for one invoice", list(ONCE), list(ONCE).index(settings.once_coupons), format_func=ONCE.__getitem__
            ),
            "grace_days": left.number_input("Days of grace", 0, 365, settings.grace_days, help=about["grace_days"]),
            "time_zone": right.text_input(
                "Time zone", settings.time_zone, help=about["time_zone"], placeholder="As in Stripe, else UTC"
            ).strip(),
        }
        with right:
            changes["price_book"] = own_book.choose(settings, about["price_book"])
        is_sent = st.form_submit_button("Use these rules", type="primary")
    if is_sent:
        switch(settings, **changes)


def switch(settings: Settings, **changes: Any) -> None:
    """Save rules and show the page anew, by them; says so where the environment fixes one, which wins."""
    changed = {name: value for name, value in changes.items() if value != getattr(settings, name)}
    if changed:
        settings_module.save(settings, **changed)
    st.session_state[SAID] = (
        (False, "Saved, but the environment or a secrets file sets another rule, which wins.")
        if settings_module.overruled(changed)
        else (True, "Every figure now follows these rules." if changed else "Nothing was changed.")
    )
    st.rerun()
