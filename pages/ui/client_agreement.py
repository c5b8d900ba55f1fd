"""What a client has signed, on the client's page, with the way to the agreement or to a draft (mission.md F4)."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.frames import records
from pages.ui import formats, warehouse
from pages.ui.agreement_coverage import WORDS


def show(client_id: str, currency: str) -> None:
    """How the client's MRR in this currency is covered, with its one button; nothing where nothing is paid or agreed."""
    coverage = warehouse.metric("agreement_coverage", currency=currency)
    for row in records(coverage[coverage["client_id"] == client_id]):
        is_there = not formats.is_missing(row["agreement_id"])
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**Agreement:** {formats.plain(told(row, currency))}", width="content")
            label = "Open agreement" if is_there else "Draft agreement"
            if st.button(label, key=f"agreement-{currency}-{row['agreement_id']}"):
                opens = {"agreement": str(row["agreement_id"])} if is_there else {"client": client_id}
                st.switch_page("agreements.py", query_params=opens)


def told(row: Mapping[Any, Any], currency: str) -> str:
    """How one row of agreement_coverage stands, in a sentence with what is signed and what is billed."""
    state = str(row["state"])
    signed = f"{formats.money(row['agreed_minor'], currency)} a month"
    said = {
        "missing": "none is on record, though the client pays every month.",
        "expired": "its term is over, and the client goes on paying.",
        "awaiting": f"sent on {formats.date(row['sent_on'])}, not signed yet.",
        "unbilled": f"signed for {signed}, and nothing is billed.",
        "covered": f"signed for {signed}, as billed.",
    }
    if state == "differs" and not formats.is_missing(row["agreed_minor"]):
        return f"signed for {signed}, billed {formats.money(row['mrr_minor'], currency)}."
    return said.get(state, f"{WORDS[state].lower()}.")
