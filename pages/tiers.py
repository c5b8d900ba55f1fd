"""Tiers: what each one earns, who moves between them, and what is really paid in each."""

import streamlit as st

from pages.ui import blocks, filters, formats, own_book, palette, rows, states, tier_findings, tier_mapping, warehouse, why_rows
from pages.ui.blocks import Column

blocks.head("Tiers", "Which tiers earn the money, and do clients move up?")
mix = warehouse.metric("tier_mix")
if mix.empty:
    states.empty("No tiers yet", "MRR and clients of each tier over time, moves between tiers, and the prices really paid.")
    st.stop()

book = own_book.tiers()
with st.container(horizontal=True, vertical_alignment="top"):
    currency = filters.currency(mix)
    view = st.segmented_control("Show", ["MRR", "Clients"], default="MRR", required=True, key="measure", bind="query-params")
mix = filters.only(mix, currency)
now = tier_findings.now(mix, filters.unfinished())
items = warehouse.metric("item_prices", currency=currency)

order = palette.tier_order(list(now), book)
with st.grid(min(5, max(3, len(order))), min_column_width=150):
    for tier in order[:5]:
        blocks.figure(
            formats.plain(tier),
            formats.money(now[tier]["mrr_minor"], currency, short=True),
            trend=tier_findings.course(mix, tier),
            note=tier_findings.tier_note(now[tier], currency),
        )

finding = tier_findings.tiers(mix, currency)
st.subheader(formats.plain(finding), anchor=False)
if tier_findings.varies(mix):
    from pages.ui import tier_charts  # plotly is read only now, so that the figures above stand first

    value = "customers" if view == "Clients" else "mrr_minor"
    blocks.picture(tier_charts.by_tier(mix, book, filters.unfinished(), value, currency), finding, "mix")

walk = st.expander(
    "Why did a tier move? From opening to closing, and by whom", icon=":material/swap_vert:", key="walk", on_change="rerun"
)
if walk.open:
    with walk:
        month = filters.month(mix["month"])
        rows.tier_walk(warehouse.metric("tier_movements", month, month, currency), order, currency, month)
        why_rows.tier_changes(warehouse.metric("tier_changes", month, month, currency), currency, month)

listed = own_book.list_prices(currency)
spread = tier_findings.spread(items, listed)
st.subheader("What is paid in each tier", anchor=False)
dots = " A dot is a monthly price, its number how many pay it; the line is the price book’s." if len(items) > 2 else ""
st.caption(formats.plain(f"{spread}{dots}"))
if len(items) > 2:
    from pages.ui import tier_charts

    blocks.picture(tier_charts.prices(items, listed, book, currency), spread, "prices")
off_list = tier_findings.off_list(items, listed)
if not off_list.empty:
    with st.expander(f"{formats.count(len(off_list), 'price')} off the list"):
        rows.prices(off_list, currency, "prices-off-the-list", "Prices off the list")
tier_mapping.show(book, currency)

moves = warehouse.metric("tier_moves", currency=currency)
told = tier_findings.moves(moves, book)
st.subheader("Moves between tiers", anchor=False)
st.caption(f"{formats.plain(told)}.")
if len(moves) > 2:
    from pages.ui import tier_charts

    blocks.picture(tier_charts.moves(moves, book), told, "moves")
if not moves.empty:
    columns = {
        "month": Column("Month", "month"),
        "from_tier": "From",
        "to_tier": "To",
        "clients": Column("Clients", "count"),
        "mrr_minor": Column("MRR moved", "money"),
    }
    blocks.table(tier_findings.newest(moves), columns, alt="Moves between tiers", key="moved", currency=currency, rows=6)
blocks.foot(
    rules=["A price that the price book does not claim counts under its Stripe product’s name, and is never dropped."],
    is_revenue=True,
)
