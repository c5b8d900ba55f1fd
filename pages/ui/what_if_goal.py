"""A goal on the what-if page: which MRR by when, and each way that alone would get there."""

import streamlit as st

from data.money import to_minor
from data.pricing.what_if import link
from data.pricing.what_if.book import Book
from data.pricing.what_if.scenario import Scenario
from pages.ui import formats, what_if_book, what_if_findings


def show(book: Book, scenario: Scenario) -> None:
    """What it takes to reach an MRR."""
    target, month = _wanted(book, scenario)
    if target:
        reached = what_if_book.ways(book, scenario, target, month)
        lines = what_if_findings.goal(reached, book.currency)
        st.markdown("\n".join([formats.plain(lines[0]), "", *(f"- {formats.plain(line)}" for line in lines[1:])]))
    else:
        st.caption("Give the MRR you want: each way that gets there by itself is named, by new clients, a price, or upgrades.")


def _wanted(book: Book, scenario: Scenario) -> tuple[int, int]:
    """The MRR wanted, in minor units (0 = none yet), and in how many months."""
    target_column, month_column, _ = st.columns([1.4, 1.4, 3])
    target = target_column.number_input(
        f"MRR, {book.currency.upper()}",
        min_value=1.0,
        max_value=link.HIGHEST_PRICE,
        value=None,
        step=500.0,
        format="%.0f",
        key="goal",
        bind="query-params",
    )
    month = month_column.slider("In how many months", 1, scenario.horizon_months, 6, key="by", bind="query-params")
    return to_minor(target or 0, book.currency), int(month)
