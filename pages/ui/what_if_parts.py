"""The what-if page below its levers: the answer's figures, and which part of the page is looked at."""

import streamlit as st

from data.pricing.what_if.book import Book
from data.pricing.what_if.comparison import Comparison
from data.pricing.what_if.scenario import Scenario
from pages.ui import (
    blocks,
    formats,
    what_if_backtest,
    what_if_findings,
    what_if_goal,
    what_if_kept,
    what_if_outcomes,
)

VIEWS = ("Outcomes", "Reach a goal", "Side by side", "Look back", "Apply")


def figures(book: Book, scenario: Scenario, found: Comparison) -> None:
    """The answer as figures."""
    even, currency = found.even, book.currency
    with st.grid(5, min_column_width=150):
        blocks.figure(
            "May leave",
            formats.of(even.may_leave, even.clients) if even.may_leave is not None else formats.MISSING,
            note=f"{formats.rate(even.share)} of those asked" if even.may_leave is not None else "Nobody is asked for more",
            help="Gain ÷ what a client leaves over at the new price: more leavers than that, and the change costs money.",
        )
        blocks.figure(
            "If all stay",
            formats.money(even.gain_minor, currency, short=True, signed=True),
            note=f"a month, {formats.count(even.clients, 'client')}",
        )
        blocks.figure(
            f"MRR in {found.at} months",
            what_if_findings.about(found.mrr.closed_form[found.at], currency),
            note=what_if_findings.band(found, currency),
            help="Expected. The range holds 8 of 10 outcomes.",
        )
        blocks.figure(
            "Pays off",
            formats.rate(found.chance_pays, 0),
            note=f"chance, in {formats.count(scenario.horizon_months, 'month')}",
            help="How likely more cash is left after costs by then than without the change, luck being the same.",
        )
        blocks.figure(
            "Below today’s MRR",
            formats.rate(found.chance_below, 0),
            note=f"chance, in {found.at} months; {formats.rate(found.chance_below_unchanged, 0)} without",
        )


def chosen(book: Book, scenario: Scenario, found: Comparison) -> None:
    """The part of the page that is looked at; only it is drawn."""
    view = st.segmented_control(
        "Look at", VIEWS, default=VIEWS[0], required=True, key="view", bind="query-params", label_visibility="collapsed"
    )
    if view == "Reach a goal":
        what_if_goal.show(book, scenario)
    elif view == "Side by side":
        what_if_kept.kept(book, scenario)
    elif view == "Look back":
        what_if_backtest.looked_back(book)
    elif view == "Apply":
        from pages.ui import what_if_apply  # with it come proposals, their templates and the reader

        what_if_apply.apply(book, scenario)
    else:
        what_if_outcomes.show(book, scenario, found)
