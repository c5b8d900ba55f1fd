"""The form to enter, change or end an agreement outside Stripe."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.errors import InputError
from data.money import to_major
from data.pricing import price_book
from data.refresh import own_warehouse
from data.settings import Settings
from data.sources import agreements
from pages.ui import formats

EDITED, SAID, TURN = "agreement_edited", "agreement_said", "agreement_turn"
PAID_BY = ["Bank transfer", "Cheque", "Cash", "One-off Stripe invoice"]
TERMS = (1, 3, 6, 12)
MONTHLY = (
    "Who doesn’t pay by card prepays 3, 6 or 12 months: a transfer to chase every month costs more than it brings. "
    "Choose a longer term, or allow monthly ones in the settings (RETAINER_MONTHLY_OUTSIDE)."
)


def choose(agreement_id: str) -> None:
    """Open the form with that agreement in it; empty: with none."""
    st.session_state[EDITED] = agreement_id
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def form(settings: Settings, held: Mapping[str, Any], clients: Mapping[str, str]) -> None:
    """Everything about an agreement outside Stripe, `held` or new; saving it keeps it and every figure follows."""
    book = price_book.in_use(settings)
    tiers = [tier.name() for tier in book.tiers]
    people = [*clients, *([held["party_id"]] if held and held["party_id"] not in clients else [])]
    with st.form(f"agreement_{st.session_state.get(TURN, 0)}", border=False):
        with st.grid(3, min_column_width=200):
            client = _one_of("Client", people, held.get("party_id"), names=clients, hint="Choose, or type a name")
            tier = _one_of("Tier", tiers, held.get("tier"), hint="None")
            paid_by = _one_of("Paid by", PAID_BY, held.get("paid_by"), hint="Not said")
            amount = st.text_input("Amount", _major(held), placeholder="1050.00", help="What is paid for the whole term.")
            currency = st.text_input("Currency", str(held.get("currency") or book.currency).upper(), max_chars=3)
            terms = sorted({*TERMS, int(held.get("months") or 3)})
            months = st.radio("Months it covers", terms, terms.index(int(held.get("months") or 3)), horizontal=True)
            starts_on = st.date_input("Starts on", formats.as_day(held.get("starts_on")) or _today(), format="YYYY-MM-DD")
            paid_until = st.date_input(
                "Paid until",
                formats.as_day(held.get("paid_until")),
                format="YYYY-MM-DD",
                help="If it is not renewed, the client counts as lost on this day.",
            )
            ends_on = st.date_input(
                "Ends on",
                formats.as_day(held.get("ends_on")),
                help="The first day no longer covered, if known.",
                format="YYYY-MM-DD",
            )
        is_sent = st.form_submit_button("Save the agreement" if not held else "Save the change", type="primary")
    if is_sent:
        fields = {
            "client": _party(client, clients), "tier": tier, "amount": amount, "currency": currency, "months": str(months),
            "starts_on": _iso(starts_on), "paid_until": _iso(paid_until), "ends_on": _iso(ends_on), "paid_by": paid_by,
        }  # fmt: skip
        if months == 1 and settings.monthly_outside_stripe == "refuse" and int(held.get("months") or 0) != 1:
            st.error(MONTHLY, icon=":material/block:")
            return
        try:
            agreements.checked(fields)  # before a warehouse is made for it
            agreements.save(own_warehouse(settings), fields, str(held.get("agreement_id") or ""))
        except InputError as error:  # said beside the form, so that what was typed stays
            st.error(formats.plain(f"{error.title} {error.hint}"), icon=":material/error:")
            return
        _done(f"The agreement of {clients.get(client, client)} is saved, and every figure follows it.")


def ending(settings: Settings, held: Mapping[str, Any]) -> None:
    """The day on which the agreement ends, or leave it as it is."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.date_input("Ends it on", _today(), format="YYYY-MM-DD", key=f"end_{held['agreement_id']}", width=200)
        if st.button("End this agreement") and isinstance(day, dt.date):
            try:
                agreements.end(own_warehouse(settings), str(held["agreement_id"]), day)
            except InputError as error:
                st.error(formats.plain(f"{error.title} {error.hint}"), icon=":material/error:")
                return
            _done(f"The agreement of {held['client_name']} ends on {formats.date(day)}.")
        if st.button("Leave it as it is"):
            choose("")
            st.rerun()


def _done(said: str) -> None:
    choose("")
    st.session_state[SAID] = said
    st.rerun()


def _one_of(label: str, known: list[str], held: Any, *, hint: str, names: Mapping[str, str] | None = None) -> str:
    """One of these, or something typed; empty for none."""
    value = "" if formats.is_missing(held) or not held else str(held)
    options = [*known, *([value] if value and value not in known else [])]
    chosen = st.selectbox(
        label, options, options.index(value) if value else None, placeholder=hint, accept_new_options=True,
        format_func=lambda key: str((names or {}).get(key, key)),
    )  # fmt: skip
    return str(chosen or "").strip()


def _party(client: str, clients: Mapping[str, str]) -> str:
    """The client's id where what was typed is the name of one known client, else what was typed."""
    fitting = [key for key, name in clients.items() if name == client]
    return client if client in clients or len(fitting) != 1 else fitting[0]


def _major(held: Mapping[str, Any]) -> str:
    return str(to_major(int(held["amount_minor"]), str(held["currency"]))) if held else ""


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def _iso(day: Any) -> str:
    return day.isoformat() if isinstance(day, dt.date) else ""
