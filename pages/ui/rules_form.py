"""The form that switches rules; every figure is rebuilt by a change."""

from typing import Any

import streamlit as st

from data import settings as settings_module
from data.pricing import price_book
from data.settings import Settings
from pages.ui import filters

SAID = "rules_said"
ONCE = {"ignore": "Leave MRR alone", "count": "Lower MRR while they last"}


def show(settings: Settings) -> None:
    """The form, with what was said of the last change above it."""
    if said := st.session_state.pop(SAID, None):
        (st.success if said[0] else st.warning)(said[1])
    about = {name: str(spec.metadata["help"]) for name, spec in Settings.__dataclass_fields__.items()}
    with st.form("rules", border=False):
        left, right = st.columns(2, gap="large")
        books = sorted({*price_book.available(settings.home), settings.price_book})
        changes: dict[str, Any] = {
            "once_coupons": left.selectbox(
                "Coupons for one invoice", list(ONCE), list(ONCE).index(settings.once_coupons), format_func=ONCE.__getitem__
            ),
            "grace_days": left.number_input("Days of grace", 0, 365, settings.grace_days, help=about["grace_days"]),
            "time_zone": right.text_input(
                "Time zone", settings.time_zone, help=about["time_zone"], placeholder="As in Stripe, else UTC"
            ).strip(),
            "price_book": right.selectbox(
                "Price book", books, books.index(settings.price_book), format_func=filters.book_name, help=about["price_book"]
            ),
        }
        is_sent = st.form_submit_button("Use these rules", type="primary")
    if is_sent:
        switch(settings, **changes)


def switch(settings: Settings, **changes: Any) -> None:
    """Save rules and show the page anew, by them; says so where the environment fixes one, which wins."""
    changed = {name: value for name, value in changes.items() if value != getattr(settings, name)}
    if changed:
        settings_module.save(settings, **changed)
    now = settings_module.load()
    is_fixed = any(getattr(now, name) != value for name, value in changed.items())
    st.session_state[SAID] = (
        (False, "Saved, but the environment or a secrets file sets another rule, which wins.")
        if is_fixed
        else (True, "Every figure now follows these rules." if changed else "Nothing was changed.")
    )
    st.rerun()
