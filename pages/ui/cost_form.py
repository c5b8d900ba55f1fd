"""Costs and the target on the Effort page: what was entered, the form for more, and what an hour should bring."""

import pandas as pd
import streamlit as st

from data import client_costs, money
from data import settings as settings_module
from data.client_costs import EVERYBODY, Cost
from data.settings import Settings
from pages.ui import blocks, formats, states, warehouse
from pages.ui.blocks import Column
from pages.ui.month_box import first_day, month_box

KINDS = {"hosting": "Hosting", "licence": "Licence", "other": "Other"}
CHANGED = "costs_changed"
EVERY = {1: "month", 3: "quarter", 12: "year"}


def target() -> None:
    """What an hour should bring and what payments cost; open until a target is set."""
    settings = warehouse.settings()
    with st.expander("Target and payment fees", icon=":material/flag:", expanded=not settings.target_rate):
        _target(settings)


def costs(currency: str) -> None:
    """The list of costs entered so far, and the form for more."""
    opened = warehouse.shown()
    number = client_costs.count(opened)
    label = f"Costs entered: {formats.count(number)}" if number else "Enter costs"
    if st.session_state.pop(CHANGED, False):
        st.session_state["costs_open"] = True  # with another number on it, it would be another one, and closed
    box = st.expander(label, icon=":material/receipt:", key="costs_open", on_change="rerun")
    if not box.open:
        return
    with box:
        st.caption("Hosting, licences and the like. Costs in the care file, and each site’s monthly cost, count by themselves.")
        _form(currency)
        _list(client_costs.listed(opened))


def _target(settings: Settings) -> None:
    about = settings_module.helps()
    with st.form("target", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        rate = st.text_input(
            "An hour should bring", settings.target_rate, help=about["target_rate"], width=220, placeholder="60"
        )
        fee = st.text_input("Payment fees, %", settings.fee_percent, help=about["fee_percent"], width=160, placeholder="2.5")
        if st.form_submit_button("Save", type="primary"):
            with states.changing():
                settings_module.save(settings, target_rate=str(rate or "").strip(), fee_percent=str(fee or "").strip())


def _form(currency: str) -> None:
    clients = warehouse.metric("clients", currency=currency)
    clients = clients[clients["standing"] != "churned"]
    names = {EVERYBODY: "All clients, in equal parts"} | dict(zip(clients["client_id"], clients["client_name"], strict=True))
    with st.form("cost", clear_on_submit=True, border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            client = st.selectbox("For", list(names), format_func=lambda one: str(names[one]), width=230)
            name = st.text_input("What is paid for", width=220, max_chars=client_costs.LONGEST)
            kind = st.selectbox("Kind", list(KINDS), format_func=KINDS.__getitem__, width=120)
            amount = st.number_input(f"Amount, {currency.upper()}", min_value=0.0, step=1.0, width=130)
            months = st.selectbox("Every", list(EVERY), format_func=EVERY.__getitem__, width=110)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            begins = month_box("From month", "2026-01", help="Empty: from the client’s first month")
            ends = month_box("Last month", "none")
            is_sent = st.form_submit_button("Add cost", type="primary", icon=":material/add:")
    if is_sent:
        with states.changing():
            minor = money.to_minor(amount or 0, currency)
            cost = Cost(
                str(client), str(name or ""), str(kind), minor, currency, int(months or 1), first_day(begins), first_day(ends)
            )
            client_costs.add(warehouse.shown(), cost)
            st.session_state[CHANGED] = True


def _list(entered: pd.DataFrame) -> None:
    if entered.empty:
        return
    shown = entered.assign(
        client_name=[
            "All clients" if row["client_id"] == EVERYBODY else row["client_name"] or row["client_id"]
            for row in entered.to_dict("records")
        ],
        amount=[formats.money(row["amount_minor"], row["currency"]) for row in entered.to_dict("records")],
        every=[EVERY.get(int(months), f"{months} months") for months in entered["months"]],
        kind=[KINDS.get(str(kind), str(kind)) for kind in entered["kind"]],
    )
    columns = {"name": "Cost", "client_name": Column("For", width=170), "kind": "Kind", "amount": "Amount", "every": "Every"}
    columns |= {"from_month": "From", "until_month": "Until"}
    blocks.table(shown, columns, alt="Costs entered", key="costs")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        labels = {
            int(row["cost_id"]): f"{row['name']}, {row['client_name']}, {row['amount']}" for row in shown.to_dict("records")
        }
        chosen = st.selectbox(
            "Remove", list(labels), format_func=labels.__getitem__, width=330, index=None, placeholder="A cost"
        )
        if st.button("Remove cost", disabled=chosen is None, icon=":material/delete:"):
            client_costs.remove(warehouse.shown(), int(chosen or 0))
            st.session_state[CHANGED] = True
            st.rerun()
