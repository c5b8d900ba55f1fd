"""The parts of the what-if page: the answer's figures, its pictures and rows, and the way to a goal."""

import streamlit as st

from data.pricing.what_if.book import Book
from data.pricing.what_if.comparison import Comparison
from data.pricing.what_if.scenario import Scenario
from pages.ui import (
    blocks,
    formats,
    links,
    what_if_backtest,
    what_if_book,
    what_if_findings,
    what_if_kept,
    what_if_levers,
    what_if_risks,
)
from pages.ui.blocks import Column

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
        goal(book, scenario)
    elif view == "Side by side":
        what_if_kept.kept(book, scenario)
    elif view == "Look back":
        what_if_backtest.looked_back(book)
    elif view == "Apply":
        from pages.ui import what_if_apply  # with it come proposals, their templates and the reader

        what_if_apply.apply(book, scenario)
    else:
        pictures(book, scenario, found)


def pictures(book: Book, scenario: Scenario, found: Comparison) -> None:
    """Outcomes over time, who is asked, what it hangs on."""
    from pages.ui import what_if_charts  # plotly is read only now, so that the figures above stand first

    currency = book.currency
    finding = what_if_findings.expected(found, currency)
    if len(book.clients) == 1:
        st.markdown(formats.plain(what_if_findings.one_client(found, currency)))
    else:
        st.subheader(formats.plain(finding), anchor=False)
        drawn = what_if_charts.fan(found, currency)
        blocks.picture(drawn, finding, "fan")
        st.caption(what_if_findings.reading(is_cut=drawn.layout["meta"]["cut"]))
    asked = what_if_book.changed(book, scenario)
    if not asked.empty:
        st.subheader("Who pays another price", anchor=False)
        columns = {
            "client_name": Column("Client", width="medium"),
            "now_minor": Column("Now", "money"),
            "then_minor": Column("Then", "money"),
            "more_minor": Column("Change", "change"),
            "from_month": Column("From", "month"),
            "hour_minor": Column("For an hour", "money", "What an hour of work then brings, by the hours recorded of late."),
        }
        blocks.table(
            asked,
            columns,
            alt="Clients who pay another price",
            key="asked",
            currency=currency,
            open_row=links.open_client(asked),
        )
        blocks.download(asked, f"price-change-{currency}.csv")
    _effects(book, scenario, found)
    if found.swings:
        finding = what_if_risks.most(found)
        st.subheader(formats.plain(finding), anchor=False)
        labels = [what_if_risks.swing(one, found) for one in found.swings]
        blocks.picture(what_if_charts.tornado(found, labels, currency), finding, "tornado")
    for sentence in what_if_risks.risks(found, currency):
        st.markdown(formats.plain(sentence))
    st.download_button(
        "Download scenario",
        lambda: what_if_book.file(book, scenario),
        "what-if.json",
        "application/json",
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
    )


def _effects(book: Book, scenario: Scenario, found: Comparison) -> None:
    """What each lever does by itself, where more than one is moved."""
    rows = what_if_book.effects(book, scenario)
    if len(rows) < 2:
        return
    st.subheader("What each lever does by itself", anchor=False)
    blocks.table(
        rows,
        {
            "name": Column("Lever", width="medium"),
            "more_mrr_minor": Column(f"MRR in {found.at} months", "change"),
            "more_cash_minor": Column(f"Left after costs, {scenario.horizon_months} months", "change"),
            "more_hours": Column("Hours a month", "hours"),
        },
        alt="What each lever does by itself",
        key="effects",
        currency=book.currency,
    )
    st.caption("Each against the same scenario with that one lever put back, all others as they stand.")


def goal(book: Book, scenario: Scenario) -> None:
    """What it takes to reach an MRR."""
    target, month = what_if_levers.goal(book, scenario)
    if target:
        reached = what_if_book.ways(book, scenario, target, month)
        lines = what_if_findings.goal(reached, book.currency)
        st.markdown("\n".join([formats.plain(lines[0]), "", *(f"- {formats.plain(line)}" for line in lines[1:])]))
    else:
        st.caption("Give the MRR you want: each way that gets there by itself is named, by new clients, a price, or upgrades.")
