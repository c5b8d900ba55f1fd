"""Tiers: what each one earns, who moves between them, and what is really paid in each."""

import streamlit as st

from pages.ui import blocks, filters, findings, formats, links, palette, states, warehouse
from pages.ui.blocks import Column

blocks.head("Tiers", "Which tiers earn the money, and do clients move up?")
mix = warehouse.metric("tier_mix")
if mix.empty:
    states.empty("No tiers yet", "MRR and clients of each tier over time, moves between tiers, and the prices really paid.")
    st.stop()

book = filters.book_tiers()
with st.container(horizontal=True, vertical_alignment="bottom"):
    currency = filters.currency(mix)
    view = st.segmented_control("Show", ["MRR", "Clients"], default="MRR", required=True, key="measure", bind="query-params")
mix = mix[mix["currency"] == currency]
now = mix[(mix["month"] == mix["month"].max()) & (mix["mrr_minor"] > 0)].set_index("tier")

order = palette.tier_order(list(now.index), book)
with st.grid(min(5, len(order)) or 1, min_column_width=150):
    for tier in order[:5]:
        trend = mix[mix["tier"] == tier].tail(13)
        blocks.figure(
            formats.plain(tier),
            formats.money(now.loc[tier, "mrr_minor"], currency, short=True),
            trend=trend["mrr_minor"],
            note=f"{formats.count(now.loc[tier, 'customers'], 'client')}, "
            + ("in the price book" if tier in book else "not in the price book"),
        )

finding = findings.tiers(mix, currency)
st.subheader(formats.plain(finding), anchor=False)
if mix["month"].nunique() > 1:
    from pages.ui import charts  # plotly is read only now, so that the figures above stand first

    unfinished = str(mix["month"].max())
    value = "customers" if view == "Clients" else "mrr_minor"
    blocks.picture(charts.by_tier(mix, book, unfinished, value, currency), finding, "mix")

st.subheader("What is paid in each tier", anchor=False)
items = warehouse.metric("item_prices", currency=currency)
listed = filters.list_prices(currency)
odd = items[~items["tier"].isin(book)]
spread = findings.spread(items, listed)
st.caption(f"{formats.plain(spread)} A dot is a monthly price, its number how many pay it; the line is the price book’s.")
if len(items) > 2:
    from pages.ui import charts

    blocks.picture(charts.prices(items, listed, book, currency), spread, "prices")
columns = {
    "client_name": Column("Client", width="medium"),
    "tier": "Tier",
    "product_name": "Product",
    "mrr_minor": Column("A month", "money"),
    "unit_amount_minor": Column("Price", "money"),
    "quantity": Column("Quantity", "count"),
    "interval": "Billed by",
    "next_renewal_on": Column("Renews on", "date"),
}
own = findings.off_list(items, listed)
with st.expander(f"{formats.count(len(own), 'price')} off the list", expanded=False):
    if not own.empty:
        blocks.table(own, columns, alt="Prices off the list", key="own", currency=currency, open_row=links.open_client(own))
        blocks.download(own, f"prices-off-the-list-{currency}.csv")
if not odd.empty:
    st.subheader("Not in the price book", anchor=False)
    st.caption(
        "These prices count under their Stripe product’s name. Give them a tier by adding the product to the tier’s claims."
    )
    blocks.table(
        odd.reset_index(drop=True),
        columns,
        alt="Prices not in the price book",
        key="odd",
        currency=currency,
        open_row=links.open_client(odd),
    )

st.subheader("Moves between tiers", anchor=False)
moves = warehouse.metric("tier_moves", currency=currency)
told = findings.moves(moves, book)
st.caption(f"{formats.plain(told)}.")
if len(moves) > 2:
    from pages.ui import charts

    blocks.picture(charts.moves(moves, book), told, "moves")
if not moves.empty:
    newest = moves.sort_values("month", ascending=False).reset_index(drop=True)
    blocks.table(
        newest,
        {
            "month": Column("Month", "month"),
            "from_tier": "From",
            "to_tier": "To",
            "clients": Column("Clients", "count"),
            "mrr_minor": Column("MRR moved", "money"),
        },
        alt="Moves between tiers",
        key="moved",
        currency=currency,
        rows=6,
    )
blocks.foot(rules=["A price that the price book does not claim counts under its Stripe product’s name, and is never dropped."])
