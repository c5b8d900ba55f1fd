"""The parts of the what-if page: the answer's figures, its pictures and rows, and the way to a goal."""

import streamlit as st

from data.errors import AppError
from data.pricing.what_if import saved
from data.pricing.what_if.book import Book
from data.pricing.what_if.comparison import Comparison, changes
from data.pricing.what_if.scenario import Scenario
from pages.ui import blocks, formats, links, states, warehouse, what_if_book, what_if_findings, what_if_levers
from pages.ui.blocks import Column


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
        st.caption(what_if_findings.reading(is_cut=bool(drawn.layout.meta["cut"])))
    asked = changes(book, scenario)
    if not asked.empty:
        st.subheader("Who pays another price", anchor=False)
        columns = {
            "client_name": Column("Client", width="medium"),
            "now_minor": Column("Now", "money"),
            "then_minor": Column("Then", "money"),
            "more_minor": Column("Change", "money"),
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
        blocks.download(asked.assign(currency=currency), f"price-change-{currency}.csv")
    if found.swings:
        finding = what_if_findings.most(found)
        st.subheader(formats.plain(finding), anchor=False)
        labels = [what_if_findings.swing(one, found) for one in found.swings]
        blocks.picture(what_if_charts.tornado(found, labels, currency), finding, "tornado")
    for sentence in what_if_findings.risks(found, currency):
        st.markdown(formats.plain(sentence))
    st.download_button(
        "Download scenario",
        what_if_book.file(book, scenario),
        "what-if.json",
        "application/json",
        type="tertiary",
        on_click="ignore",
    )


def goal(book: Book, scenario: Scenario) -> None:
    """What it takes to reach an MRR."""
    st.subheader("Reach a goal", anchor=False)
    target, month = what_if_levers.goal(book, scenario)
    if target:
        reached = what_if_book.ways(book, scenario, target, month)
        lines = what_if_findings.goal(reached, book.currency)
        st.markdown("\n".join([formats.plain(lines[0]), "", *(f"- {formats.plain(line)}" for line in lines[1:])]))


def kept(book: Book, scenario: Scenario) -> None:
    """Keep this scenario by a name, and lay those kept side by side."""
    st.subheader("Scenarios side by side", anchor=False)
    opened, currency = warehouse.shown(), book.currency
    with st.form("keep_scenario", clear_on_submit=True, border=False):
        name_column, button_column = st.columns([3, 1], vertical_alignment="bottom")
        name = name_column.text_input(
            "Keep this one as", max_chars=saved.LONGEST_NAME, placeholder="Growth at 385, from renewal"
        )
        is_kept = button_column.form_submit_button("Keep scenario")
    try:
        if is_kept:
            saved.save(opened, name, currency, scenario)
        known = saved.kept(opened, currency)
    except AppError as error:
        states.show_error(error)
        return
    if not known:
        st.caption("None kept yet. Keep a few, and they stand here beside each other, under the same luck.")
        return
    most = saved.MOST_SIDE_BY_SIDE
    chosen = st.multiselect("Show", list(known), list(known)[:most], max_selections=most, key=f"side_by_side_{len(known)}")
    rows, faults = what_if_book.side_by_side(book, {name: known[name] for name in chosen})
    for fault in faults:
        st.caption(formats.plain(f"No longer fits today’s clients: {fault}"))
    blocks.table(
        rows,
        {
            "name": Column("Scenario", width="medium"),
            "gain_minor": Column("If all stay", "money"),
            "may_leave": Column("May leave", "count"),
            "clients": Column("Of", "count"),
            "mrr_minor": Column("MRR in 12 months", "money"),
            "low_minor": Column("Likely from", "money"),
            "high_minor": Column("to", "money"),
            "chance_pays": Column("Pays off", "rate"),
            "chance_below": Column("Below today", "rate"),
        },
        alt="Scenarios side by side",
        key="kept",
        currency=currency,
    )
    if chosen and st.button("Forget those shown", type="tertiary"):
        for name in chosen:
            saved.forget(opened, name, currency)
        st.rerun()
