"""The levers of the what-if page that are used most, and how all of them are moved at once.

Each stands in the address, so that a scenario can be shared by link. Every number is a float, or a slider's: the server turns
a link's text into a whole number before it looks whether it is finite.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.money import minor_digits
from data.pricing.what_if import levers, link
from data.pricing.what_if.book import Book, Tier
from pages.ui import formats, what_if_lever, what_if_more

MOST_OPEN = 4


def refuse(faults: Mapping[str, str]) -> None:
    """Say which values of the link can't be used; before any lever is drawn, so that those stand where they usually do."""
    if not faults:
        return
    lines = "".join(f"\n- {formats.plain(fault)}" for fault in faults.values())
    st.warning(f"**Part of this link can’t be used; the usual values stand instead.**\n{lines}", icon=":material/link_off:")


def follow_currency(book: Book) -> None:
    """Another currency, other prices and clients: every lever starts again. Called before any of them is drawn."""
    before, st.session_state["what_if_currency"] = st.session_state.get("what_if_currency"), book.currency
    if before not in (None, book.currency):
        move(levers.usual(book))


def move(values: Mapping[str, Any]) -> None:
    """Put every lever where these values say; the address follows. Only before levers are drawn, or in a callback."""
    for name, value in values.items():
        st.session_state[name] = value


def asked(book: Book) -> dict[str, Any]:
    """Draw all levers; where they stand now, by their names in a link."""
    start = levers.usual(book)
    first, others = _by_use(book)
    drawn: dict[str, Any] = {}
    with st.grid(max(3, len(first)), min_column_width=150):
        for tier in first:
            drawn |= price(book, tier, start, "stretch")
    when_column, loss_column = st.columns([3, 2.6], vertical_alignment="top", gap="medium")
    with when_column:
        drawn["when"] = st.segmented_control(
            "Clients of today pay it",
            list(levers.WHEN),
            default=start["when"],
            required=True,
            key="when",
            bind="query-params",
            help="At renewal: each when its own term is billed. Only new clients: today’s keep their price.",
        )
    with loss_column:
        drawn["loss"] = st.slider(
            "Of those asked for more, leave over it (%)",
            0,
            link.MOST_LOSS,
            value=start["loss"],
            key="loss",
            bind="query-params",
            help="Your own guess, as a range; it comes on top of the usual churn.",
        )
    folded = {name: value for name, value in start.items() if name not in drawn}
    drawn |= what_if_more.asked(book, folded, lambda: [price(book, tier, start) for tier in others])
    with st.container(horizontal=True):
        st.button(
            "Put all levers back",
            type="tertiary",
            icon=":material/undo:",
            on_click=move,
            args=(levers.untouched(book),),
            help="Today’s prices, nobody new, nothing lost over a price.",
        )
    return drawn


def _by_use(book: Book) -> tuple[list[Tier], list[Tier]]:
    """The tiers whose price stands open, in the book's order, and the others."""
    worth = levers.tiers(book)
    ranked = sorted(book.tiers, key=lambda tier: (tier.name not in worth, not tier.is_sold))
    open_ = {tier.name for tier in ranked[:MOST_OPEN]}
    return [tier for tier in book.tiers if tier.name in open_], [tier for tier in book.tiers if tier.name not in open_]


def price(book: Book, tier: Tier, start: Mapping[str, Any], width: Any = 190) -> dict[str, float]:
    """The lever of one tier's list price."""
    key = f"price_{levers.slugs(book)[tier.name]}"
    listed = formats.money(tier.price_minor, book.currency)
    paying = len(book.paying_for[tier.name])
    value = st.number_input(
        formats.plain(f"{tier.name}, {book.currency.upper()} a month"),
        min_value=10.0 ** -minor_digits(book.currency),
        max_value=link.HIGHEST_PRICE,
        value=start[key],
        step=float(max(1, int(levers.untouched(book)[key] / 70))),
        format=what_if_lever.digits(book),
        key=key,
        bind="query-params",
        width=width,
        help=formats.plain(f"Today {listed}, paid for by {formats.count(paying, 'client')}."),
    )
    return {key: float(value)}
