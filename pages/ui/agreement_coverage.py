"""Which clients who pay have a signed agreement, and where it differs from what is billed (mission.md F4)."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui import blocks, formats, warehouse
from pages.ui.blocks import Column

WORDS = {
    "missing": "No agreement",
    "expired": "Term is over",
    "awaiting": "Awaiting signature",
    "differs": "Differs from billing",
    "unbilled": "Signed, not billed",
    "covered": "Signed",
}
ORDER = list(WORDS)


def figures(coverage: pd.DataFrame, register: pd.DataFrame) -> None:
    """How many clients are covered, wait, have nothing, or are billed otherwise."""
    paying = coverage[coverage["mrr_minor"] > 0]
    signed = paying[paying["state"].isin(["covered", "differs"])]
    waiting = register[register["state"] == "sent"]
    without = paying[paying["state"].isin(["missing", "expired"])]
    differs = paying[paying["state"] == "differs"]
    with st.grid(4, min_column_width=150):
        blocks.figure(
            "Signed",
            formats.of(len(signed), len(paying)),
            note="Clients who pay",
            help=warehouse.definition("agreement_coverage"),
        )
        blocks.figure("Awaiting signature", formats.count(len(waiting)), note="Sent, not signed yet")
        blocks.figure(
            "Without agreement", formats.count(len(without)), note=f"{stake(without)} MRR" if len(without) else "Nobody"
        )
        blocks.figure("Billed otherwise", formats.count(len(differs)), note="Another fee or tier than signed")


def stake(rows: pd.DataFrame) -> str:
    """The MRR of these rows, by currency."""
    sums = rows.groupby("currency")["mrr_minor"].sum().sort_values(ascending=False)
    return formats.listing([formats.money(amount, str(currency), short=True) for currency, amount in sums.items()])


def show(coverage: pd.DataFrame) -> None:
    """Those of whom something is to be done; nothing where there are none."""
    open_ones = coverage[coverage["state"] != "covered"]
    if open_ones.empty:
        return
    st.subheader(formats.plain(finding(coverage)), anchor=False)
    rows = open_ones.assign(place=open_ones["state"].map(ORDER.index), told=open_ones["state"].map(WORDS))
    for currency, of_currency in rows.sort_values(["place", "mrr_minor"], ascending=[True, False]).groupby("currency"):
        shown = of_currency.reset_index(drop=True)
        columns: dict[str, Any] = {
            "client_name": Column("Client", width="medium"),
            "told": "Agreement",
            "mrr_minor": Column("Billed a month", "money"),
            "agreed_minor": Column("Signed a month", "money"),
            "tier": "Tier billed",
            "agreed_tier": "Tier signed",
            "sent_on": Column("Sent", "date"),
        }
        columns = {name: spec for name, spec in columns.items() if shown[name].notna().any()}
        blocks.table(
            shown, columns, alt=f"Clients in {str(currency).upper()} to see to", key=f"coverage_{currency}",
            currency=str(currency), open_row=_opener(shown),
        )  # fmt: skip


def finding(coverage: pd.DataFrame) -> str:
    """How the clients who pay are covered, in a sentence."""
    paying = coverage[coverage["mrr_minor"] > 0]
    without = int(paying["state"].isin(["missing", "expired", "awaiting"]).sum())
    differs = int((paying["state"] == "differs").sum())
    parts = []
    if without:
        parts.append(
            f"{formats.of(without, len(paying))} clients {'pays' if without == 1 else 'pay'} without a signed agreement"
        )
    if differs:
        parts.append(f"{formats.count(differs)} {'is' if differs == 1 else 'are'} billed otherwise than signed")
    return "; ".join(parts) or "Every client who pays has signed"


def _opener(rows: pd.DataFrame) -> Callable[[int], None]:
    kept = [(row["agreement_id"], row["client_id"]) for row in rows.to_dict("records")]

    def open_row(place: int) -> None:
        agreement, client = kept[place]
        st.query_params.clear()
        if formats.is_missing(agreement):
            st.query_params["client"] = str(client)
        else:
            st.query_params["agreement"] = str(agreement)

    return open_row
