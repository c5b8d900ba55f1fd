"""What-if: what a new price would bring, on today's clients."""

import streamlit as st

from data.errors import AppError
from data.pricing.what_if import question
from data.pricing.what_if.book import Book
from pages.ui import blocks, filters, formats, states, warehouse, what_if_book, what_if_findings, what_if_levers, what_if_parts

blocks.head("What-if", "What if I raise a tier’s price?")
items = warehouse.metric("item_prices")
if items.empty:
    states.empty(
        "No clients yet", "What a new price would bring: how many may leave over it, and MRR, cash and hours for months."
    )
    st.stop()


@st.fragment
def answer(book: Book) -> None:
    """Levers and what follows from them; a moved lever redraws only this."""
    top = st.container()
    try:
        levers = what_if_levers.asked(book)
        scenario = question.scenario(book, levers)
        found = what_if_book.outcome(book, scenario)
    except AppError as error:
        states.show_error(error)
        return
    with top:
        st.subheader(formats.plain(what_if_findings.answer(book, levers, scenario, found)), anchor=False)
        what_if_parts.figures(book, scenario, found)
    st.caption(formats.plain(what_if_findings.churn(book)))
    what_if_parts.pictures(book, scenario, found)
    what_if_parts.goal(book, scenario)
    what_if_parts.kept(book, scenario)


with st.container(horizontal=True):
    currency = filters.currency(items)
shown = what_if_book.book(currency)
link = {key: st.query_params.get_all(key) for key in st.query_params}
what_if_levers.follow_currency(shown)
what_if_levers.refuse(question.refused(link, shown, list(items["currency"].unique())))
answer(shown)
blocks.foot(
    rules=[
        "One currency at a time.",
        "A client leaves with everything it pays for.",
        "Prices off the list change in the same proportion.",
    ]
)
