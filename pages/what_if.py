"""What-if: what new prices would bring, on today's clients."""

import streamlit as st

from data.errors import AppError
from data.pricing.what_if import levers, link
from data.pricing.what_if.book import Book
from pages.ui import blocks, filters, formats, states, warehouse, what_if_book, what_if_findings, what_if_levers, what_if_parts

blocks.head("What-if", "What if I change my prices?")
items = warehouse.metric("item_prices")
if items.empty:
    states.empty(
        "No clients yet", "What new prices would bring: how many may leave over it, and MRR, cash and hours for months."
    )
    st.stop()


@st.fragment
def answer(book: Book) -> None:
    """Levers and what follows from them; a moved lever redraws only this."""
    top = st.container()
    try:
        scenario = levers.scenario(book, what_if_levers.asked(book))
        found = what_if_book.outcome(book, scenario)
    except AppError as error:
        states.show_error(error)
        return
    with top:
        st.subheader(formats.plain(what_if_findings.answer(book, scenario, found)), anchor=False)
        what_if_parts.figures(book, scenario, found)
    st.caption(formats.plain(what_if_findings.churn(book)))
    what_if_parts.chosen(book, scenario, found)


with st.container(horizontal=True):
    currency = filters.currency(items)
shown = what_if_book.book(currency)
asked_for = {key: st.query_params.get_all(key) for key in st.query_params}
what_if_levers.follow_currency(shown)
what_if_levers.refuse(link.refused(asked_for, shown, list(items["currency"].unique()), what_if_parts.VIEWS))
answer(shown)
blocks.foot(
    rules=[
        "One currency at a time.",
        "A client leaves with everything it pays for.",
        "Prices off the list change as chosen under Time.",
    ],
    is_revenue=True,
)
