"""Looking back on the what-if page: projections as they would have been made then, against what happened."""

import pandas as pd
import streamlit as st

from data.pricing.what_if import backtest
from data.pricing.what_if.backtest import LookBack, Row
from data.pricing.what_if.book import Book
from data.warehouse import Warehouse
from pages.ui import blocks, formats, warehouse
from pages.ui.blocks import Column

KINDS = {"Clients of then": False, "With newcomers at the pace of then": True}


def looked_back(book: Book) -> None:
    """How well projections of 6 and 12 months would have done, in words and row by row."""
    found = _found(book.currency)
    kind = st.segmented_control("Of whom", list(KINDS), default=next(iter(KINDS)), required=True, key="look_back_kind")
    with_newcomers = KINDS[str(kind)]
    for months in backtest.OVER:
        sentence = backtest.finding(found, months, with_newcomers=with_newcomers)
        rows = found.of(months, with_newcomers=with_newcomers)
        if rows.empty:
            st.markdown(formats.plain(sentence))
            continue
        st.subheader(f"Made {months} months before", anchor=False)
        st.markdown(formats.plain(sentence))
        _table(rows, months, book.currency)
    if not found.rows.empty:
        st.caption(
            "Each start is read as it stood at that month’s end: clients, prices, and churn of the year before. No lever is "
            "moved: upgrades and price changes since then are not foreseen, and are shown beside."
        )
        blocks.download(found.rows, f"backtest-{book.currency}.csv")


def _table(rows: pd.DataFrame, months: int, currency: str) -> None:
    shown = rows.assign(inside=["inside" if inside else "outside" for inside in rows["is_mrr_inside"]])
    blocks.table(
        shown,
        {
            "start_month": Column("Made end of", "month"),
            "mrr_then_minor": Column("MRR then", "money"),
            "mrr_p10_minor": Column("1 of 10 below", "money"),
            "mrr_p90_minor": Column("9 of 10 below", "money"),
            "mrr_happened_minor": Column("Happened", "money"),
            "inside": Column("Band", "word"),
            "changed_minor": Column(
                "Upgrades, prices", "money", "Of what happened: other prices and tiers of the clients of then."
            ),
            "clients_p10": Column("Clients, from", "count"),
            "clients_p90": Column("Clients, to", "count"),
            "clients_happened": Column("Clients, were", "count"),
        },
        alt=f"Projections over {months} months against what happened",
        key=f"look_back_{months}",
        currency=currency,
    )


def _found(currency: str) -> LookBack:
    """The look back, each start month read once for a state of the warehouse; how far it is stands there meanwhile."""
    opened = warehouse.shown()
    months = backtest.starts(backtest.full_months(opened, currency))
    bar = st.progress(0.0, "Reading the book of earlier months") if months else None
    rows: dict[str, list[Row]] = {}
    for place, month in enumerate(months):
        if bar:
            bar.progress(place / len(months), f"Reading the book of {formats.month(month)}, {place + 1} of {len(months)}")
        rows[month] = _rows(opened, str(opened.path), opened.version, currency, month)
    if bar:
        bar.empty()
    return backtest.look_back(opened, currency, one=rows.__getitem__)


@st.cache_data(ttl="6h", max_entries=100, show_spinner=False)
def _rows(_opened: Warehouse, file: str, version: int, currency: str, month: str) -> list[Row]:
    return backtest.rows_from(_opened, currency, month)
