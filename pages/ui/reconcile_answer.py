"""A comparison with another tool on the page: the answer, figures, rules behind the differences, and the rows."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from data import reconcile
from data.reconcile import Comparison, Statement
from data.reconcile.comparison import UNEXPLAINED
from data.settings import Settings
from data.warehouse import Warehouse
from pages.ui import blocks, filters, formats, links, reconcile_findings, rules_form
from pages.ui.blocks import Column

SWITCHES: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "once_coupon_counted": ("Take coupons for one invoice off here too", {"once_coupons": "count"}),
    "once_coupon_ignored": ("Leave coupons for one invoice alone here too", {"once_coupons": "ignore"}),
    "grace_left_out": ("Count prepaid terms without grace", {"grace_days": 0}),
}


@st.cache_resource(ttl="10m", max_entries=8, show_spinner="Comparing")
def compared(_opened: Warehouse, _file: str, version: int, statement: Statement) -> Comparison:
    """The statement against the figures as they stand; kept until the next build."""
    return reconcile.reconcile(_opened, statement)


def show(comparison: Comparison, statement: Statement, settings: Settings) -> None:
    """The answer with its figures, the rules behind it, and the rows that open to the client."""
    everything = comparison.rows
    st.subheader(formats.plain(reconcile_findings.sentence(everything)), anchor=False)
    for note in reconcile_findings.notes(comparison, statement):
        st.caption(formats.plain(note))
    if everything.empty:
        return
    currency = filters.currency(everything, "ours_minor")
    rows = everything[everything["currency"] == currency]
    _figures(rows, everything, currency)
    causes = reconcile_findings.by_rule(rows)
    if causes.empty:
        return
    st.subheader("Which rule makes the difference", anchor=False)
    columns = {
        "reason": Column("There", width=300),
        "client_months": Column("Client-months", "count"),
        "clients": Column("Clients", "count"),
        "difference_minor": Column("Theirs less ours, in all", "money"),
        "ours": Column("Here", width="large"),
    }
    blocks.table(causes, columns, alt="Differences by rule", key="by_rule", currency=currency)
    for rule in causes["rule"]:
        if rule in SWITCHES and st.button(SWITCHES[rule][0], key=f"switch_{rule}"):
            rules_form.switch(settings, **SWITCHES[rule][1])
    _rows(rows, causes, currency)


def _figures(rows: pd.DataFrame, everything: pd.DataFrame, currency: str) -> None:
    newest = str(rows["month"].max())
    last = rows[rows["month"] == newest]
    different = everything[everything["difference_minor"] != 0]
    explained = int((different["rule"] != UNEXPLAINED).sum())
    with st.grid(4, min_column_width=150):
        agreed = len(everything) - len(different)
        note = f"{formats.of(agreed, len(everything))} client-months"
        blocks.figure("We agree on", formats.rate(agreed / len(everything)), note=note)
        note = "differences come from a rule" if len(different) else "Nothing differs"
        blocks.figure("Explained", formats.of(explained, len(different)), note=note)
        month = formats.month(newest, short=True)
        blocks.figure(f"MRR {month}, ours", formats.money(last["ours_minor"].sum(), currency), note="Clients of the comparison")
        gap = formats.money(last["difference_minor"].sum(), currency, signed=True)
        blocks.figure(f"MRR {month}, theirs", formats.money(last["theirs_minor"].sum(), currency), note=f"{gap} against ours")


def _rows(rows: pd.DataFrame, causes: pd.DataFrame, currency: str) -> None:
    st.subheader("Client by client", anchor=False)
    reasons = [str(reason) for reason in causes["reason"]]
    chosen = reasons
    if len(reasons) > 1:
        names = {reason: formats.plain(reason) for reason in reasons}
        chosen = st.pills("Why", reasons, selection_mode="multi", format_func=names.__getitem__, key="reasons") or reasons
    found = rows[(rows["difference_minor"] != 0) & rows["reason"].isin(chosen)].sort_values(
        ["client_name", "month"], ignore_index=True
    )
    columns = {
        "client_name": Column("Client", width=170),
        "month": Column("Month", "month"),
        "ours_minor": Column("Ours", "money"),
        "theirs_minor": Column("Theirs", "money"),
        "difference_minor": Column("Theirs less ours", "money"),
        "reason": Column("Why", width="large"),
    }
    opens = links.open_client(found)
    blocks.table(found, columns, alt="Differences", key="differences", currency=currency, open_row=opens, rows=14)
    blocks.download(found, f"reconcile-{currency}.csv")
