"""Agreements outside Stripe on the page: the list with what is paid until when, and the form to enter, change or end one."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from data import metrics
from data.errors import InputError
from data.money import to_major
from data.pricing import price_book
from data.refresh import own_warehouse
from data.settings import Settings
from data.sources import agreements
from pages.ui import blocks, formats
from pages.ui.blocks import Column

EDITED, SAID, TURN = "agreement_edited", "agreement_said", "agreement_turn"
PAID_BY = ["Bank transfer", "Cheque", "Cash", "One-off Stripe invoice"]
TERMS = (1, 3, 6, 12)
MONTHLY = (
    "Who doesn’t pay by card prepays 3, 6 or 12 months: a transfer to chase every month costs more than it brings. "
    "Choose a longer term, or allow monthly ones in the settings (RETAINER_MONTHLY_OUTSIDE)."
)


def show(settings: Settings) -> None:
    """The agreements of the user's own warehouse, and the form; in the demo, what is entered starts the user's own data."""
    if said := st.session_state.pop(SAID, None):
        st.success(formats.plain(said), icon=":material/check_circle:")
    kept, clients = _known(settings)
    _listed(kept)
    edited = str(st.session_state.get(EDITED, ""))
    chosen = kept[kept["agreement_id"] == edited].to_dict("records") if len(kept) else []
    held = {str(name): value for name, value in chosen[0].items()} if chosen else {}
    title = formats.plain(f"Change the agreement of {held['client_name']}") if held else "Enter an agreement"
    with st.expander(title, expanded=bool(held), icon=":material/edit:" if held else ":material/add:"):
        _form(settings, held, clients)
        if held:
            _ending(settings, held)


def _known(settings: Settings) -> tuple[pd.DataFrame, dict[str, str]]:
    """Agreements and clients (id → name) of the user's own warehouse, which is not made for being looked at."""
    if not settings.own_warehouse.exists():
        return pd.DataFrame(columns=["agreement_id"]), {}
    own = own_warehouse(settings)
    clients = metrics.read(own, "clients")
    return metrics.read(own, "outside_stripe"), dict(zip(clients["client_id"], clients["client_name"], strict=True))


def _listed(kept: pd.DataFrame) -> None:
    if kept.empty:
        return
    columns = {
        "client_name": Column("Client", width=170),
        "state": Column("State", "word"),
        "mrr_minor": Column("A month", "money"),
        "amount_minor": Column("Amount", "money"),
        "months": Column("Months", "count"),
        "starts_on": Column("Starts", "date"),
        "paid_until": Column("Paid until", "date"),
        "ends_on": Column("Ends", "date"),
        "tier": "Tier",
        "paid_by": "Paid by",
    }
    for currency, rows in kept.groupby("currency"):
        late = int((rows["state"] == "renewal overdue").sum())
        told = f"{formats.count(len(rows), 'agreement')} in {str(currency).upper()}"
        st.markdown(f"{told}, **{formats.count(late)} overdue for renewal.**" if late else f"{told}.")
        shown = rows.reset_index(drop=True)
        ids = [str(value) for value in shown["agreement_id"]]
        blocks.table(
            shown, columns, alt="Agreements outside Stripe", key=f"outside_{currency}", currency=str(currency),
            open_row=partial(_open, ids), rows=8,
        )  # fmt: skip


def _open(ids: Sequence[str], place: int) -> None:
    _edit(ids[place])


def _edit(agreement_id: str) -> None:
    st.session_state[EDITED] = agreement_id
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def _form(settings: Settings, held: Mapping[str, Any], clients: Mapping[str, str]) -> None:
    book = price_book.load(settings.price_book, settings.home)
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
            starts_on = st.date_input("Starts on", formats.as_day(held.get("starts_on")) or _today())
            paid_until = st.date_input(
                "Paid until",
                formats.as_day(held.get("paid_until")),
                help="If it is not renewed, the client counts as lost on this day.",
            )
            ends_on = st.date_input(
                "Ends on", formats.as_day(held.get("ends_on")), help="The first day no longer covered, if known."
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


def _ending(settings: Settings, held: Mapping[str, Any]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.date_input("Ends it on", _today(), key=f"end_{held['agreement_id']}", width=200)
        if st.button("End this agreement") and isinstance(day, dt.date):
            try:
                agreements.end(own_warehouse(settings), str(held["agreement_id"]), day)
            except InputError as error:
                st.error(formats.plain(f"{error.title} {error.hint}"), icon=":material/error:")
                return
            _done(f"The agreement of {held['client_name']} ends on {formats.date(day)}.")
        if st.button("Leave it as it is"):
            _edit("")
            st.rerun()


def _done(said: str) -> None:
    _edit("")
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
