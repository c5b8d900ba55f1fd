"""Agreements outside Stripe: the list with what is paid until when; one of them, or a new one, in the form below."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from data import metrics
from data.refresh import own_warehouse
from data.settings import Settings
from pages.ui import blocks, formats, outside_form
from pages.ui.blocks import Column


def show(settings: Settings) -> None:
    """The agreements of the user's own warehouse, and the form; in the demo, what is entered starts the user's own data."""
    if said := st.session_state.pop(outside_form.SAID, None):
        st.success(formats.plain(said), icon=":material/check_circle:")
    kept, clients = _known(settings)
    _listed(kept)
    edited = str(st.session_state.get(outside_form.EDITED, ""))
    chosen = kept[kept["agreement_id"] == edited].to_dict("records") if len(kept) else []
    held = {str(name): value for name, value in chosen[0].items()} if chosen else {}
    title = formats.plain(f"Change the agreement of {held['client_name']}") if held else "Enter an agreement"
    with st.expander(title, expanded=bool(held), icon=":material/edit:" if held else ":material/add:"):
        outside_form.form(settings, held, clients)
        if held:
            outside_form.ending(settings, held)


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
    outside_form.choose(ids[place])
