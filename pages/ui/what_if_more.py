"""The levers of the what-if page that are used less, folded away: single clients, newcomers, a new tier, churn, costs, time.

Once one of them is moved, all are drawn at each run, open or not, since only a lever that is drawn stands in the address.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from data.pricing.what_if import levers
from data.pricing.what_if.book import Book
from data.pricing.what_if.levers import ADDED
from pages.ui import what_if_clients, what_if_conditions, what_if_new_tier

Start = Mapping[str, Any]


def asked(book: Book, start: Start, other_prices: Callable[[], list[dict[str, float]]]) -> dict[str, Any]:
    """Draw those of `start`; where they stand now, by their names in a link, as far as they are drawn: the others stand there.

    `other_prices` draws the prices that have no room above.
    """
    drawn: dict[str, Any] = {}
    said = "More levers: single clients, new clients, a new tier, churn, hours and costs, time"
    box = st.expander(said, key="more_levers", on_change="rerun")
    if not (box.open or _is_moved(start)):
        return drawn
    with box:
        single, market, tier, churn, costs, time = st.tabs(
            ["Single clients", "New clients and moves", "New tier", "Churn", "Hours and costs", "Time"]
        )
    with tier:  # first, since the others offer it
        drawn |= what_if_new_tier.asked(book, start)
    names = levers.slugs(book) | {tier.name: ADDED for tier in levers.added(book, drawn)}
    open_to = {name: key for name, key in names.items() if key == ADDED or book.tier(name).is_sold}
    with single:
        drawn |= what_if_clients.single(book, open_to)
    with market:
        drawn |= what_if_clients.newcomers(book, open_to, start) | what_if_clients.moves(list(names), start)
    with churn:
        drawn |= what_if_conditions.churn(book, names)
    with costs:
        drawn |= what_if_conditions.costs(book, start)
    with time:
        drawn |= what_if_conditions.time(start)
        with st.container(horizontal=True):
            for price in other_prices():
                drawn |= price
    return drawn


def _is_moved(start: Start) -> bool:
    """Whether one of them stands in the address, or was put elsewhere than it starts."""
    asked = set(st.query_params)
    return any(name in asked or (name in st.session_state and st.session_state[name] != start[name]) for name in start)
