"""Levers of the what-if page that no client decides: churn as reckoned, hours and costs, and time."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.pricing.what_if import levers, link
from data.pricing.what_if.book import Book
from data.pricing.what_if.scenario import LONGEST, SHORTEST
from pages.ui import what_if_lever as lever


def churn(book: Book, names: Mapping[str, str]) -> dict[str, Any]:
    """Each tier by its own churn, or rates instead of those seen; `names` holds the tiers by name."""
    own = st.toggle(
        "Each tier by its own churn",
        key="own_churn",
        bind="query-params",
        help="As seen in that tier over the last 12 months; with few clients that says little.",
    )
    drawn: dict[str, Any] = {"own_churn": bool(own)}
    st.caption("Instead of what was seen, in % of clients a month; empty: as seen")
    with st.container(horizontal=True):
        seen = f"Seen: {book.churn.leavers} of {book.churn.client_months} client-months."
        drawn |= lever.number("All tiers", "churn", None, 100, 0.1, "%.2f", seen)
        for name, slug in names.items():
            counted = book.churn_by_tier.get(name)
            note = f"Seen: {counted.leavers} of {counted.client_months} client-months." if counted else "Nothing seen yet."
            drawn |= lever.number(name, f"churn_{slug}", None, 100, 0.1, "%.2f", note)
    return drawn


def costs(book: Book, start: Mapping[str, Any]) -> dict[str, Any]:
    """Hours there are, what an hour and a payment cost, and hours and costs of a client of each tier."""
    code, drawn = book.currency.upper(), dict[str, Any]()
    with st.container(horizontal=True):
        takes = f"Today’s clients take about {book.hours:.0f} a month."
        drawn |= lever.number("Hours you have a month", "hours", None, link.MOST_HOURS, 5.0, "%.0f", takes)
        counted = "Counted as a cost of every client, by its hours; 0 counts only recorded costs."
        drawn |= lever.number(
            f"An hour costs you, {code}", "hour", start["hour"], link.HIGHEST_PRICE, 5.0, lever.digits(book), counted
        )
        drawn |= lever.number("Fee of a payment, %", "fee", start["fee"], link.MOST_FEE, 0.1, "%.2f")
        drawn |= lever.number(
            f"Fee of a payment, {code}", "fee_fixed", start["fee_fixed"], link.HIGHEST_PRICE, 0.1, lever.digits(book)
        )
        drawn |= lever.number(
            f"Fixed costs a month, {code}", "overhead", start["overhead"], link.HIGHEST_PRICE, 50.0, lever.digits(book)
        )
    st.caption("Of one client a month, instead of what was recorded; empty: as recorded")
    with st.container(horizontal=True):
        for name, slug in levers.slugs(book).items():
            recorded = f"{book.tier(name).hours:.1f} hours a month without a record of its own."
            drawn |= lever.number(f"Hours, {name}", f"hours_{slug}", None, link.MOST_TIER_HOURS, 0.5, note=recorded)
    with st.container(horizontal=True):
        for name, slug in levers.slugs(book).items():
            drawn |= lever.number(f"Costs, {name}", f"cost_{slug}", None, link.HIGHEST_PRICE, 5.0, lever.digits(book))
    return drawn


def time(start: Mapping[str, Any]) -> dict[str, Any]:
    """How many months ahead, when the change starts, and what prices off the list do."""
    left, right = st.columns(2, gap="medium")
    months = left.slider("Months ahead", SHORTEST, LONGEST, start["months"], key="months", bind="query-params")
    first = right.slider("The change starts in month", 1, link.LATEST_START, start["from"], key="from", bind="query-params")
    off = st.segmented_control(
        "Prices off the list move",
        list(levers.OFF_LIST),
        default=start["off"],
        required=True,
        key="off",
        bind="query-params",
        help="Clients who pay something else than their tier’s list price.",
    )
    return {"months": int(months), "from": int(first), "off": off}
