"""Planned price changes on the what-if page: each client's e-mail, and whether it was told."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from data.errors import AppError
from data.pricing import price_book, price_changes
from data.settings import Settings
from data.warehouse import Warehouse
from pages.ui import blocks, email_desk, formats, languages, states, warehouse
from pages.ui.blocks import Column
from proposals.addressees import addressees
from proposals.price_change import Addressee, price_change
from proposals.sender import Sender

OPEN = ("due", "planned")


def planned(currency: str, settings: Settings) -> None:
    """Every client of the planned changes, and the e-mail of the one that is chosen; nothing where nothing is planned."""
    rows = price_changes.read(warehouse.shown(), currency)
    rows = rows[rows["state"] != "withdrawn"]
    if rows.empty:
        return
    waiting = int(rows["state"].isin(OPEN).sum())
    told = f"{formats.of(len(rows) - waiting, len(rows))} told"
    st.subheader(f"Planned: {told}" if waiting else f"Planned: all {len(rows)} told", anchor=False)
    blocks.table(
        rows,
        {
            "client_name": Column("Client", width="medium"),
            "now_minor": Column("Now", "money"),
            "then_minor": Column("Then", "money"),
            "effective_on": Column("From", "date"),
            "tell_by": Column("Tell by", "date"),
            "state": Column("State", "word"),
            "told_on": Column("Told on", "date"),
        },
        alt="Clients of planned price changes",
        key="planned",
        currency=currency,
    )
    _one(rows, settings)


def _one(rows: pd.DataFrame, settings: Settings) -> None:
    """The client that is chosen, the link's or else the first who waits: its e-mail, and what came of it."""
    by_key = {f"{row['change_id']}:{row['client_id']}": row for row in rows.to_dict("records")}
    asked = st.query_params.get("tell", "")
    first = next((key for key, row in by_key.items() if row["state"] in OPEN), next(iter(by_key)))
    start = list(by_key).index(asked if asked in by_key else first)
    names = {key: f"{row['client_name']}, {row['name']}" for key, row in by_key.items()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = st.selectbox(
            "Client", list(by_key), start, format_func=names.__getitem__, key=f"tell_one {len(by_key)}", width=420
        )
        row = by_key[str(key)]
        _buttons(row)
    if row["state"] in OPEN:
        _email(row, settings)


def _buttons(row: dict[Any, Any]) -> None:
    opened, today = warehouse.shown(), warehouse.shown().as_of.date()
    change, client = str(row["change_id"]), str(row["client_id"])
    if row["state"] == "told":
        if st.button("Undo: not told yet"):
            with states.changing():
                price_changes.reopen(opened, change, client)
        return
    if st.button("Mark as told", type="primary"):
        with states.changing():
            price_changes.mark_told(opened, change, client, today)
    with st.popover("Withdraw price change"):
        st.caption("The client is then not told, and nothing of it stands on Today.")
        if st.button("Withdraw for this client"):
            with states.changing():
                price_changes.withdraw(opened, change, client, today)
        if st.button("Withdraw for all who were not told"):
            with states.changing():
                price_changes.withdraw(opened, change, None, today)


def _email(row: dict[Any, Any], settings: Settings) -> None:
    to = contacts().get(str(row["client_id"]))
    try:
        told = price_changes.telling(warehouse.shown(), str(row["change_id"]), str(row["client_id"]))
        if to is None:
            st.caption(formats.plain(f"{told.client_name} is no longer among the clients; withdraw the change."))
            return
        code = languages.choose("Language of the e-mail", to.speaks(), f"tell_language {row['client_id']}")
        book = price_book.in_use(settings)
        mail = price_change(told, to, book, Sender.from_settings(settings), code)
    except AppError as error:
        states.show_error(error)
        return
    email_desk.ask_name(settings)
    email_desk.preview(mail)
    email_desk.ways_out(mail, "price-change")


def contacts() -> Mapping[str, Addressee]:
    """To whom each client's e-mail goes, by the client's id."""
    opened = warehouse.shown()
    return _contacts(opened, str(opened.path), opened.version)


@st.cache_data(ttl="5m", max_entries=10, show_spinner=False)
def _contacts(_opened: Warehouse, file: str, version: int) -> dict[str, Addressee]:
    return addressees(_opened)
