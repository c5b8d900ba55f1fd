"""The register: every agreement with its newest revision, and all of it to take along."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui import blocks, exports, filters, formats, search, warehouse
from pages.ui.blocks import Column
from proposals.agreement import register as archive

STATES = {
    "draft": ("gray", "Draft"),
    "sent": ("orange", "Awaiting signature"),
    "signed": ("green", "Signed"),
    "superseded": ("gray", "Superseded"),
    "ended": ("gray", "Ended"),
}


def show(register: pd.DataFrame) -> None:
    """All agreements, one row each, and the ways to take them along; nothing where there are none."""
    if register.empty:
        return
    newest = register.drop_duplicates("agreement_id")
    st.subheader(f"{formats.count(len(newest), 'agreement')} on record", anchor=False)
    words = st.text_input("Find", placeholder="Client or number", type="search", key="find_agreement", width=260)
    told = newest.assign(
        told=[STATES[state][1] for state in newest["state"]], who=[who(row) for row in newest.to_dict("records")]
    )
    told = told[search.found(words, told["who"])]
    currencies = filters.by_weight(told, "monthly_minor", warehouse.settings().reporting_currency.lower())
    for currency in currencies:
        shown = told[told["currency"] == currency].reset_index(drop=True)
        if len(currencies) > 1:
            st.caption(f"{formats.count(len(shown), 'agreement')} in {currency.upper()}")
        ids = [str(value) for value in shown["agreement_id"]]
        columns = {
            "who": Column("Agreement", width=270),
            "told": "State",
            "revision": Column("Revision", "count"),
            "tier": "Tier",
            "monthly_minor": Column("A month", "money"),
            "sent_on": Column("Sent", "date"),
            "signed_on": Column("Signed", "date"),
            "renews_on": Column("Renews or ends", "date"),
        }
        blocks.table(
            shown, columns, alt=f"Agreements in {currency.upper()}", key=f"agreements_{currency}", currency=currency,
            open_row=_opener(ids),
        )  # fmt: skip
    _take_along()


def who(row: Any) -> str:
    """With whom an agreement is, with its number."""
    name = row["client_name"]
    return f"{'No name yet' if formats.is_missing(name) or not name else name} ({row['agreement_id']})"


def _opener(ids: Sequence[str]) -> Callable[[int], None]:
    return lambda place: st.query_params.from_dict({"agreement": ids[place]})


def _take_along() -> None:
    opened = warehouse.shown()
    with st.container(horizontal=True):
        frame = warehouse.metric("agreement_register")
        st.download_button(
            "Download CSV", data=lambda: exports.csv(frame), file_name="agreements.csv", mime="text/csv",
            icon=":material/download:", type="tertiary", on_click="ignore", key="download_agreements",
        )  # fmt: skip
        st.download_button(
            "Download register and PDFs (.zip)", data=lambda: archive.zipped(opened), file_name="agreements.zip",
            mime="application/zip", icon=":material/folder_zip:", type="tertiary", on_click="ignore", key="zip_agreements",
        )  # fmt: skip
