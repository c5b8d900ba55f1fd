"""Levers of the what-if page that say who pays what: single clients, clients to come, and moves between tiers."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.pricing.what_if import levers
from data.pricing.what_if.book import Book
from data.pricing.what_if.levers import ADDED
from data.pricing.what_if.scenario import MOST_NEW
from pages.ui import what_if_lever as lever

SINGLE = {
    "keep": ("Keep price and tier", "They never move."),
    "old": ("Keep the old price while in their tier", "The new price comes only with another tier."),
    "renew": ("Pay the new price from their renewal", ""),
    "now": ("Pay the new price at once", ""),
}


def single(book: Book, open_to: Mapping[str, str]) -> dict[str, Any]:
    """Clients who keep, pay later, or move to a tier; `open_to` holds the tiers by name."""
    drawn: dict[str, Any] = {}
    left, right = st.columns(2)
    for place, (key, (label, note)) in enumerate(SINGLE.items()):
        with (left, right)[place % 2]:
            drawn |= lever.clients(label, book, key, note)
    st.caption("Move to another tier, at its list price: next month, or at renewal if chosen so above")
    columns = st.columns(2)
    for place, (name, slug) in enumerate(open_to.items()):
        with columns[place % 2]:
            drawn |= lever.clients(f"To {name}", book, f"to_{slug}")
    return drawn


def newcomers(book: Book, open_to: Mapping[str, str], start: Mapping[str, Any]) -> dict[str, Any]:
    """Clients who come each month, for each tier that can be bought."""
    drawn: dict[str, Any] = {}
    st.caption("New clients a month, at the new list price")
    with st.container(horizontal=True):
        for name, slug in open_to.items():
            came = f"{book.won_by_tier.get(name, 0):.1f} a month came over the last 12 months." if slug != ADDED else ""
            drawn |= lever.number(name, f"new_{slug}", start[f"new_{slug}"], MOST_NEW, 0.1, note=came)
    return drawn


def moves(names: list[str], start: Mapping[str, Any]) -> dict[str, Any]:
    """Which share of a tier changes to another by itself; a line appears once the one before is used."""
    drawn: dict[str, Any] = {}
    st.caption("Clients who change tier by themselves: which share of a tier, each month")
    for number in range(1, levers.MOST_MOVES + 1):
        key = f"move{number}"
        from_column, to_column, share_column = st.columns([2, 2, 1.4], vertical_alignment="bottom")
        for column, end, label in ((from_column, "from", "From"), (to_column, "to", "To")):
            with column:
                drawn[f"{key}_{end}"] = st.selectbox(
                    label,
                    names,
                    index=names.index(start[f"{key}_{end}"]),
                    key=f"{key}_{end}",
                    bind="query-params",
                    label_visibility="visible" if number == 1 else "collapsed",
                )
        with share_column:
            drawn |= lever.number("% a month" if number == 1 else f"% a month, {number}", key, start[key], 100, 0.5)
        if not drawn[key]:
            break
    return drawn
