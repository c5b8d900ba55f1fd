"""A lever of the what-if page: a tier that is not sold yet."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.pricing.what_if import link
from data.pricing.what_if.book import Book
from pages.ui import what_if_lever as lever


def asked(book: Book, start: Mapping[str, Any]) -> dict[str, Any]:
    """Its name, price, hours and costs."""
    code = book.currency.upper()
    name = str(
        st.text_input(
            "Name of the new tier", max_chars=link.LONGEST_NAME, key="tier_name", bind="query-params", placeholder="Shop care"
        )
        or ""
    )
    drawn: dict[str, Any] = {"tier_name": " ".join(name.split())}
    with st.container(horizontal=True):
        drawn |= lever.number(
            f"Price, {code} a month", "tier_price", start["tier_price"], link.HIGHEST_PRICE, 10.0, lever.digits(book)
        )
        drawn |= lever.number("Hours of a client a month", "tier_hours", start["tier_hours"], link.MOST_TIER_HOURS, 0.5)
        drawn |= lever.number(
            f"Costs of a client, {code}", "tier_cost", start["tier_cost"], link.HIGHEST_PRICE, 5.0, lever.digits(book)
        )
    st.caption(
        "It counts once it has a name and a price. Nobody is in it by itself: say under the other headings who moves there, "
        "and how many come new."
    )
    return drawn
