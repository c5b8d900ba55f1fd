"""The settings on a page: rules that figures follow, and whose name stands under an e-mail; saved in the home folder."""

from typing import Any

import streamlit as st

from data import settings as settings_module
from data.errors import SettingsError
from data.settings import Settings
from pages.ui import formats, languages, own_book
from pages.ui.rules_form import ONCE

SAID = "settings_said"
LABELS = {
    "sender_name": "Your name",
    "sender_company": "Your trading name",
    "sender_email": "Your e-mail address",
    "register": "How e-mails address a client",
    "price_book": "Price book",
    "reporting_currency": "Currency shown first",
    "exchange_rates": "What other currencies are worth in it",
    "time_zone": "Time zone",
    "grace_days": "Days of grace after a prepaid term",
    "once_coupons": "Coupons for one invoice",
    "backup_days": "Full backup within",
    "kept_days": "Backups kept for",
    "update_days": "Updates within",
    "restore_days": "Restore tested within",
    "uptime_days": "Uptime counts for",
    "hours_available": "Hours a month for retainers",
    "notes_model": "Model that may read call notes",
}
REGISTERS = {"formal": "Formally", "informal": "Informally"}


def show(settings: Settings) -> None:
    """The form; what the environment fixes is named, since saving can't change it."""
    if said := st.session_state.pop(SAID, None):
        (st.success if said[0] else st.warning)(said[1])
    about = {name: formats.without_ids(text) for name, text in settings_module.helps().items()}
    with st.form("settings", border=False):
        with st.grid(2, min_column_width=280, gap=("small", "large")):
            chosen: dict[str, Any] = {
                name: st.text_input(LABELS[name], getattr(settings, name), help=about[name])
                for name in ("sender_name", "sender_company", "sender_email")
            }
            chosen["register"] = st.selectbox(
                LABELS["register"], list(REGISTERS), list(REGISTERS).index(settings.register), format_func=_register
            )
            chosen["price_book"] = own_book.choose(settings, about["price_book"])
            for name, default in (
                ("reporting_currency", "The one with the most MRR"),
                ("exchange_rates", "They stay apart"),
                ("time_zone", "As in Stripe, else UTC"),
            ):
                chosen[name] = st.text_input(LABELS[name], getattr(settings, name), help=about[name], placeholder=default)
            chosen["grace_days"] = st.number_input(LABELS["grace_days"], 0, 365, settings.grace_days, help=about["grace_days"])
            chosen["hours_available"] = st.number_input(
                LABELS["hours_available"], 0, 1000, settings.hours_available, help=about["hours_available"]
            )
            chosen["notes_model"] = st.text_input(
                LABELS["notes_model"], settings.notes_model, help=about["notes_model"], placeholder="None: notes stay here"
            )
            chosen["once_coupons"] = st.selectbox(
                LABELS["once_coupons"], list(ONCE), list(ONCE).index(settings.once_coupons), format_func=ONCE.__getitem__
            )
        st.caption("Limits of care, in days")
        with st.grid(5, min_column_width=150):
            for name in ("backup_days", "kept_days", "update_days", "restore_days", "uptime_days"):
                chosen[name] = st.number_input(LABELS[name], 1, 3650, getattr(settings, name), help=about[name])
        is_sent = st.form_submit_button("Save settings", type="primary")
    if is_sent:
        _save(settings, {name: value.strip() if isinstance(value, str) else value for name, value in chosen.items()})


def _register(register: str) -> str:
    return f"{REGISTERS[register]} ({languages.in_every_register(register)})"


def _save(settings: Settings, chosen: dict[str, Any]) -> None:
    changes = {name: value for name, value in chosen.items() if value != getattr(settings, name)}
    try:
        if changes:
            settings_module.save(settings, **changes)
    except SettingsError as error:
        st.error(f"{error.title} {error.hint} Nothing was changed.")
        return
    fixed = [LABELS[name] for name in settings_module.overruled(changes)]
    st.session_state[SAID] = (
        (False, f"Saved, but set elsewhere too (environment or secrets file), which wins: {formats.listing(fixed)}.")
        if fixed
        else (True, "Saved." if changes else "Nothing was changed.")
    )
    st.rerun()
