"""What a scenario brings on the what-if page: outcomes over time, who pays another price, what it hangs on."""

import streamlit as st

from data.pricing.what_if.book import Book
from data.pricing.what_if.comparison import Comparison
from data.pricing.what_if.scenario import Scenario
from pages.ui import blocks, formats, links, what_if_book, what_if_findings, what_if_risks
from pages.ui.blocks import Column


def show(book: Book, scenario: Scenario, found: Comparison) -> None:
    """Outcomes over time, who is asked, what it hangs on; and the scenario as a file."""
    _over_time(book, found)
    _asked(book, scenario)
    _effects(book, scenario, found)
    _swings(found, book.currency)
    st.download_button(
        "Download scenario",
        lambda: what_if_book.file(book, scenario),
        "what-if.json",
        "application/json",
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
    )


def _over_time(book: Book, found: Comparison) -> None:
    if len(book.clients) == 1:
        st.markdown(formats.plain(what_if_findings.one_client(found, book.currency)))
        return
    from pages.ui import what_if_charts  # plotly is read only now, so that the figures above stand first

    finding = what_if_findings.expected(found, book.currency)
    st.subheader(formats.plain(finding), anchor=False)
    drawn = what_if_charts.fan(found, book.currency)
    blocks.picture(drawn, finding, "fan")
    st.caption(what_if_findings.reading(is_cut=drawn.layout["meta"]["cut"]))


def _asked(book: Book, scenario: Scenario) -> None:
    """Whose price changes; nothing where nobody's does."""
    asked = what_if_book.changed(book, scenario)
    if asked.empty:
        return
    st.subheader("Who pays another price", anchor=False)
    columns = {
        "client_name": Column("Client", width="medium"),
        "now_minor": Column("Now", "money"),
        "then_minor": Column("Then", "money"),
        "more_minor": Column("Change", "change"),
        "from_month": Column("From", "month"),
        "hour_minor": Column("For an hour", "money", "What an hour of work then brings, by the hours recorded of late."),
    }
    opens = links.open_client(asked)
    blocks.table(asked, columns, alt="Clients who pay another price", key="asked", currency=book.currency, open_row=opens)
    blocks.download(asked, f"price-change-{book.currency}.csv")


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


def _swings(found: Comparison, currency: str) -> None:
    """What the outcome hangs on most, as a picture and in sentences."""
    if found.swings:
        from pages.ui import what_if_charts

        finding = what_if_risks.most(found)
        st.subheader(formats.plain(finding), anchor=False)
        labels = [what_if_risks.swing(one, found) for one in found.swings]
        blocks.picture(what_if_charts.tornado(found, labels, currency), finding, "tornado")
    for sentence in what_if_risks.risks(found, currency):
        st.markdown(formats.plain(sentence))
