"""All currencies as one, at the rates of the settings, as the Revenue page shows it below its figures."""

import pandas as pd
import streamlit as st

from data import rates
from data.settings import Settings
from pages.ui import blocks, formats, warehouse
from pages.ui.blocks import Column


def show(month: str, currencies: int) -> None:
    """MRR of a month in the reporting currency with the part of each currency; nothing where there is but one currency."""
    if currencies < 2:
        return
    settings = warehouse.settings()
    found = warehouse.metric("mrr_in_one_currency", month, month) if settings.exchange_rates else pd.DataFrame()
    if found.empty:
        return
    goal = str(found["currency"].iloc[0])
    whole = found.iloc[-1].to_dict()
    mrr, net = formats.money(whole["closing_minor"], goal), formats.money(whole["net_new_minor"], goal, signed=True)
    customers = formats.count(whole["customers"], "customer")
    said = f"All currencies in {goal.upper()}: MRR {mrr}, {net} in the month, {customers}"
    with st.expander(formats.plain(said), icon=":material/currency_exchange:"):
        shown = found.assign(
            currency=["All" if code == "all" else code.upper() for code in found["from_currency"]],
            own=[
                "" if formats.is_missing(minor) else formats.money(minor, code)
                for minor, code in zip(found["from_mrr_minor"], found["from_currency"], strict=True)
            ],
        )
        columns = {
            "currency": "Currency",
            "own": "MRR in its own",
            "closing_minor": Column(f"MRR in {goal.upper()}", "money"),
            "net_new_minor": Column("Net new", "money"),
            "customers": Column("Customers", "count"),
            "arpa_minor": Column("ARPA", "money"),
        }
        blocks.table(shown, columns, alt=said, key="one-currency", currency=goal)
        st.caption(formats.plain(rates_used(settings)))
        blocks.download(found, f"mrr-in-{goal}-{month}.csv")


def rates_used(settings: Settings) -> str:
    """The rates in use as a sentence: “At your rates: 1 USD is 0.92 EUR.”"""
    goal = settings.reporting_currency.strip().upper()
    pairs = [f"1 {code.upper()} is {worth} {goal}" for code, worth in rates.stated(settings.exchange_rates).items()]
    rule = "A rate is never a movement, and a client with two currencies counts once in all."
    return f"At your rates: {formats.listing(pairs)}. {rule}"
