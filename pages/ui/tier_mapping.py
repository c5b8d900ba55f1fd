"""Prices that the price book does not claim, given a tier by the user, and what was given so far, to undo."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from data import clients
from data.frames import records
from pages.ui import blocks, formats, warehouse
from pages.ui.blocks import Column
from pages.ui.once import once


def show(book: Sequence[str], currency: str) -> None:
    """Unmapped prices of a currency with the form that gives one a tier, and the tiers given by hand; else nothing."""
    unmapped = warehouse.metric("unmapped_prices", currency=currency)
    given = warehouse.metric("tier_mappings_now")
    if unmapped.empty and given.empty:
        return
    st.subheader("Not in the price book", anchor=False)
    st.caption(formats.plain(found(unmapped, currency)))
    if not unmapped.empty:
        _listed(unmapped, currency)
        _form(unmapped, book, currency)
    for row in given.itertuples():
        with st.container(horizontal=True, vertical_alignment="center"):
            what = "every price of it" if row.is_product else "one price of it"
            told = f"{row.product_name} ({what}) counts as {row.tier}, since {formats.date(row.mapped_on)}"
            st.markdown(formats.plain(told), width="content")
            if st.button("Undo", key=f"unmap-{row.stripe_id}"):
                clients.map_tier(warehouse.shown(), str(row.stripe_id), None)
                st.rerun()


@once
def found(unmapped: pd.DataFrame, currency: str) -> str:
    """How many prices have no tier, what they bring now, and as what they count until then."""
    if unmapped.empty:
        return "Every price that was ever paid has a tier."
    amount = formats.money(unmapped["mrr_minor"].sum(), currency)
    prices = formats.count(len(unmapped), "price")
    return (
        f"{prices} without a tier, worth {amount} a month now. Until one is given, each counts under its Stripe product’s name."
    )


def _listed(unmapped: pd.DataFrame, currency: str) -> None:
    shown = _with_spans(unmapped)
    columns = {
        "product_name": Column("Product", width=200),
        "unit_amount_minor": Column("Price", "money"),
        "billed": "Billed",
        "clients": Column("Clients now", "count"),
        "mrr_minor": Column("MRR now", "money"),
        "clients_ever": Column("Clients ever", "count"),
    }
    alt = "Prices not in the price book"
    blocks.table(shown, columns, alt=alt, key="unmapped", currency=currency, rows=6)


@once
def _with_spans(unmapped: pd.DataFrame) -> pd.DataFrame:
    return unmapped.assign(billed=[_billed(row) for row in records(unmapped)])


def _form(unmapped: pd.DataFrame, book: Sequence[str], currency: str) -> None:
    known = {str(row["price_id"]): row for row in records(unmapped)}
    with st.form("map-tier", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        price = st.selectbox("Price", list(known), format_func=lambda key: _named(known[key], currency), width=320)
        tier = st.selectbox("Counts as", list(book), width=200)
        is_whole = st.checkbox("With every price of its product", value=True)
        if st.form_submit_button("Give it this tier", type="primary"):
            row = known[price]
            target = row["product_id"] if is_whole and row["product_id"] else row["price_id"]
            clients.map_tier(warehouse.shown(), str(target), tier)
            st.rerun()


def _named(row: dict[Any, Any], currency: str) -> str:
    return f"{row['product_name']}, {formats.money(row['unit_amount_minor'], currency)} {_billed(row)}"


def _billed(row: dict[Any, Any]) -> str:
    return formats.every(row["interval_count"], row["interval"])
