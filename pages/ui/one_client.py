"""One client on a page: standing, history, movements and subscriptions, once for each currency."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui import blocks, client_agreement, client_findings, client_work, filters, formats, linking, links, rows, warehouse


def show(client: pd.DataFrame, everyone: pd.DataFrame) -> None:
    """The page of a client, from its rows of clients (one a currency) and those of everyone, whom it may be linked to."""
    if st.button("All clients", icon=":material/arrow_back:", type="tertiary"):
        st.switch_page("clients.py")
    first = client.iloc[0]
    st.title(formats.plain(first["client_name"]), anchor=False)
    st.caption(formats.plain(first["email"]))
    address = links.stripe(first["client_id"])
    if address:
        st.link_button("Open in Stripe", address, icon=":material/open_in_new:")
    for row in client.to_dict("records"):
        _in_currency(row, str(row["currency"]))
    client_work.sites_and_hours(str(first["client_id"]))
    linking.of_client(str(first["client_id"]), everyone)
    blocks.foot(rules=["A client with two currencies has figures in each; they are never added."], is_revenue=True)


def _in_currency(client: Mapping[Any, Any], currency: str) -> None:
    months, moved, items = (_of(name, client["client_id"], currency) for name in ("client_mrr", "movements", "item_prices"))
    with st.grid(4, min_column_width=150):
        blocks.figure("MRR", formats.money(client["mrr_minor"], currency, short=True), note=client_findings.standing(client))
        tier = formats.plain(client["tier"]) or "None"
        blocks.figure("Tier", tier, note="Nothing in force now" if items.empty else "In force")
        blocks.figure("Client since", formats.date(client["since_on"]), note=formats.count(client["months"], "month"))
        paid = formats.money(client["paid_total_minor"], currency, short=True)
        last = (
            "Nothing paid yet"
            if formats.is_missing(client["last_paid_on"])
            else f"Last on {formats.date(client['last_paid_on'])}"
        )
        blocks.figure("Paid in all", paid, note=last)
    client_agreement.show(str(client["client_id"]), currency)
    if len(months) > 1:
        from pages.ui import mrr_charts  # plotly is read only now, so that the figures above stand first

        told = client_findings.path(months, currency)
        st.subheader(formats.plain(told), anchor=False)
        blocks.picture(mrr_charts.history(months, currency, filters.unfinished()), told, f"history-{currency}")
    if not moved.empty:
        st.subheader("What moved, and why", anchor=False)
        newest = moved.sort_values("date", ascending=False)
        rows.movements(newest, currency, "movements-of-client", "Movements of this client", hide=["client_name", *rows.STEPS])
    if not items.empty:
        st.subheader("Subscriptions", anchor=False)
        rows.prices(items, currency, "subscriptions", "Subscriptions of this client", of_one_client=True)
    client_work.invoices(str(client["client_id"]), currency)


def _of(metric: str, client_id: Any, currency: str) -> pd.DataFrame:
    frame = warehouse.metric(metric, currency=currency)
    return frame[frame["client_id"] == client_id]
