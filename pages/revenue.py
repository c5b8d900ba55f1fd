"""Revenue review: what changed in a month, and why."""

import streamlit as st

from pages.ui import (
    arrival,
    blocks,
    filters,
    findings,
    flagged,
    formats,
    month_close,
    month_figures,
    month_review,
    one_currency,
    own_book,
    states,
    tier_findings,
    warehouse,
    why_rows,
)

blocks.head("Revenue", "What changed this month, and why?")
arrival.greet()
history = warehouse.metric("revenue_summary")
if history.empty:
    states.empty("No revenue yet", "MRR month by month, every movement with its cause, and what clients paid.")
    st.stop()

with st.container(horizontal=True, vertical_alignment="top"):
    currency = filters.currency(history)
    currencies = history["currency"].nunique()
    month = filters.month(filters.only(history, currency)["month"])
history = filters.only(history, currency, month)
row, trend = findings.of_month(history, month), findings.year(history)

month_figures.show(row, trend, currency)
month_review.say(month, currency)
one_currency.show(month, currencies)

moved = warehouse.metric("movements", month, month, currency)
steps = findings.of_month(warehouse.metric("mrr_movements", month, month, currency), month)
finding = findings.month_moved(steps, moved, currency)
st.subheader(formats.plain(finding), anchor=False)
if not moved.empty:
    from pages.ui import mrr_charts  # plotly is read only now, so that the figures above stand first

    if steps["opening_minor"] or moved["kind"].nunique() > 1:
        waterfall = mrr_charts.waterfall(steps, currency)
        blocks.picture(waterfall, finding, "waterfall")
        if waterfall.layout["meta"]["cut"]:
            st.caption("The bars of opening and closing are cut short, so that the changes can be seen.")
    st.subheader("Who moved, and why", anchor=month_figures.MOVED)
    why_rows.movements_by_kind(moved, currency, f"movements-{month}", f"Movements of {formats.month(month)}")

mix = warehouse.metric("tier_mix", None, month, currency)
shape = tier_findings.tiers(mix, currency)
if tier_findings.varies(mix):
    from pages.ui import tier_charts

    st.subheader(formats.plain(shape), anchor=False)
    blocks.picture(tier_charts.by_tier(mix, own_book.tiers(), filters.unfinished(), "mrr_minor", currency), shape, "tiers")

received, leaving = st.columns(2, gap="large")
with received:
    st.subheader("Cash", anchor=False)
    cash = warehouse.metric("cash", month, month, currency)
    st.markdown(
        "Nothing was collected, and no charge failed."
        if cash.empty
        else formats.plain(findings.cash(findings.of_month(cash, month), currency))
    )
    states.lead_to("today.py", "See what is due")
with leaving:
    st.subheader("Set to leave or change", anchor=month_figures.COMMITTED)
    why_rows.committed(warehouse.metric("committed_changes", currency=currency), currency)
if month == filters.unfinished():
    flagged.show(warehouse.metric("mrr_flags", currency=currency), currency)
month_close.section(month, currency)
blocks.foot(
    str(row["basis"]),
    ["MRR is net of lasting discounts and without tax; amounts of different currencies are never added."],
    is_revenue=True,
)
