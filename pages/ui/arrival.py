"""What a first sync found, in one sentence, said once above the revenue review."""

import streamlit as st

from pages.ui import filters, formats, warehouse

ARRIVED = "arrived"


def go() -> None:
    """Open the revenue review, which greets with what was found."""
    st.session_state[ARRIVED] = True
    st.switch_page("revenue.py")


def greet() -> None:
    """The sentence, once after arriving, and where the later steps wait."""
    if st.session_state.pop(ARRIVED, False):
        st.success(f"{found()} Later steps wait on Today.", icon=":material/check_circle:")


def found() -> str:
    """How many clients pay how much, in how many tiers, and since when there is history; escaped for markdown."""
    history = warehouse.metric("revenue_summary")
    if history.empty:
        return "Stripe is read. No subscription has brought revenue yet; one-off payers stand on Clients."
    now = history[history["month"] == history["month"].max()]
    paying = now[now["customers"] > 0]
    codes = filters.by_weight(now, "mrr_minor")
    amounts = {row["currency"]: formats.money(row["mrr_minor"], row["currency"]) for row in paying.to_dict("records")}
    told = formats.listing([amounts[code] for code in codes if code in amounts])
    since = formats.month(str(history["month"].min()))
    if not told:
        return f"Found a history since {since}; nobody pays now."
    clients = formats.count(int(paying["customers"].sum()), "client")
    verb = "pays" if clients.startswith("1 ") else "pay"
    return formats.plain(f"Found {clients} who {verb} {told} a month, with a history since {since}.")
