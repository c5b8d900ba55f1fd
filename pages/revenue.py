"""Revenue review: what changed in a month, and why."""

import streamlit as st

from pages.ui import blocks, filters, findings, formats, links, palette, states, warehouse
from pages.ui.blocks import Column

blocks.head("Revenue", "What changed this month, and why?")
history = warehouse.metric("revenue_summary")
if history.empty:
    states.empty("No revenue yet", "MRR month by month, every movement with its cause, and what clients paid.")
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom"):
    currency = filters.currency(history)
    history = history[history["currency"] == currency]
    month = filters.month(history["month"])
is_current = month == history["month"].max()
history = history[history["month"] <= month]
row = history.iloc[-1].to_dict()
trend = history.tail(13)

with st.grid(5, min_column_width=150):
    blocks.figure(
        "MRR",
        formats.money(row["mrr_minor"], currency, short=True),
        row,
        "mrr_minor",
        currency=currency,
        trend=trend["mrr_minor"],
        help=f"Exactly {formats.money(row['mrr_minor'], currency)}. {warehouse.definition('revenue_summary')}",
    )
    blocks.figure(
        "Net new MRR",
        formats.money(row["net_new_minor"], currency, short=True, signed=True),
        row,
        "net_new_minor",
        currency=currency,
        trend=trend["net_new_minor"],
    )
    blocks.figure("Customers", formats.count(row["customers"]), row, "customers", trend=trend["customers"])
    blocks.figure(
        "Customers lost",
        formats.of(row["customers_churned"], row["customers_opening"]),
        row,
        "customers_churned",
        trend=trend["customers_churned"],
        good="down",
        help="Customers who left in the month, of those at its start.",
    )
    blocks.figure(
        "ARPA",
        formats.money(row["arpa_minor"], currency, short=True),
        row,
        "arpa_minor",
        currency=currency,
        trend=trend["arpa_minor"],
        help="Average MRR of a customer.",
    )
st.markdown(f"{formats.plain(findings.committed(row, currency))}. {formats.plain(findings.concentration(row, currency))}")

moved = warehouse.metric("movements", month, month, currency)
steps = warehouse.metric("mrr_movements", month, month, currency).iloc[0].to_dict()
finding = findings.month_moved(steps, moved, currency)
st.subheader(formats.plain(finding), anchor=False)
if not moved.empty:
    from pages.ui import charts  # plotly is read only now, so that the figures above stand first

    waterfall = charts.waterfall(steps, currency)
    blocks.picture(waterfall, finding, "waterfall")
    if waterfall.layout.meta["cut"]:
        st.caption("The bars of opening and closing are cut short, so that the changes can be seen.")

    st.subheader("Who moved, and why", anchor=False)
    kinds = [kind for kind in palette.KINDS if kind in set(moved["kind"])]
    chosen = st.pills(
        "Kind", kinds, selection_mode="multi", format_func=lambda kind: palette.KINDS[kind][0], label_visibility="collapsed"
    )
    rows = moved[moved["kind"].isin(chosen or kinds)].reset_index(drop=True)
    rows["kind"] = [palette.KINDS[kind][0] for kind in rows["kind"]]
    rows["proof"] = [links.stripe(evidence) for evidence in rows["evidence"]]
    columns = {
        "client_name": Column("Client", width="medium"),
        "date": Column("Date", "date"),
        "kind": "Kind",
        "from_minor": Column("From", "money"),
        "to_minor": Column("To", "money"),
        "amount_minor": Column("Change", "money"),
        "cause": Column("Why", width="large"),
        "proof": Column("In Stripe", "link"),
    }
    if rows["proof"].isna().all():
        del columns["proof"]
    blocks.table(
        rows,
        columns,
        alt=f"Movements of {formats.month(month)}",
        key="moved",
        currency=currency,
        open_row=links.open_client(rows),
    )
    blocks.download(moved, f"movements-{month}-{currency}.csv")

mix = warehouse.metric("tier_mix", None, month, currency)
shape = findings.tiers(mix, currency)
st.subheader("MRR by tier", anchor=False)
st.caption(f"{formats.plain(shape)}.")
if len(history) > 1 and not mix.empty:
    from pages.ui import charts

    unfinished = month if is_current else ""
    blocks.picture(charts.by_tier(mix, filters.book_tiers(), unfinished, "mrr_minor", currency), shape, "tiers")

received, leaving = st.columns(2, gap="large")
with received:
    st.subheader("Cash", anchor=False)
    for paid in warehouse.metric("cash", month, month, currency).to_dict("records"):
        st.markdown(formats.plain(findings.cash(paid, currency)))
with leaving:
    st.subheader("Set to leave", anchor=False)
    clients = warehouse.metric("clients", currency=currency)
    leavers = clients[clients["leaves_on"].notna()].sort_values("leaves_on").reset_index(drop=True)
    if leavers.empty:
        st.markdown("Nobody is set to leave.")
    else:
        blocks.table(
            leavers,
            {"client_name": "Client", "leaves_on": Column("Leaves on", "date"), "mrr_minor": Column("MRR", "money")},
            alt="Clients set to leave",
            key="leavers",
            currency=currency,
            open_row=links.open_client(leavers),
        )
blocks.foot(
    str(row["basis"]), ["MRR is net of lasting discounts and without tax; amounts of different currencies are never added."]
)
