"""Retainer candidates on a page (R5, R7): one-off payers by rhythm, recency and amount; one click starts a proposal for one."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui import blocks, formats, notes_box, on_record, warehouse
from pages.ui.blocks import Column
from pages.ui.once import once

NOTES_PAGE = "proposal.py"
SHOWN = 8


def show() -> None:
    """The candidates of each currency, if there are any; a click on a name starts the proposal."""
    found = warehouse.metric("retainer_candidates")
    if found.empty:
        return
    st.subheader(formats.plain(finding(found)), anchor=False)
    st.caption("They paid one-off invoices and have no retainer. Choose one to start a proposal with what is known.")
    for currency in dict.fromkeys(found["currency"]):
        rows = _of(found, currency)
        columns = {
            "client_name": Column("Client", width="medium"),
            "score": Column("Score", "count", help=warehouse.definition("retainer_candidates")),
            "monthly_equivalent_minor": Column(
                "A month", "money", help="What the usual payment comes to, spread over its rhythm."
            ),
            "invoices": Column("Payments", "count"),
            "months_active": Column("In months", "count"),
            "median_minor": Column("Usually", "money"),
            "last_on": Column("Last", "date"),
        }
        alt = f"Clients without a retainer who paid in {currency.upper()}, the likeliest first"
        blocks.table(
            rows, columns, alt=alt, key=f"candidates_{currency}", currency=currency, open_row=_starter(rows), rows=SHOWN
        )


@once
def _of(found: pd.DataFrame, currency: str) -> pd.DataFrame:
    return found[found["currency"] == currency].reset_index(drop=True)


@once
def finding(found: pd.DataFrame) -> str:
    """Who comes first, in a sentence."""
    first = found.iloc[0]
    amount = formats.money(first["monthly_equivalent_minor"], first["currency"], short=True)
    people = formats.count(found["client_id"].nunique(), "client")
    return f"{people} may want a retainer; first {first['client_name']}, about {amount} a month"


def notes_of(row: Mapping[Any, Any]) -> str:
    """What is known of a candidate, as the first lines of its notes; worded so that what was paid is not read as a budget."""
    name, email = str(row["client_name"]), "" if formats.is_missing(row["email"]) else str(row["email"])
    usual = formats.money(row["median_minor"], row["currency"])
    since, last = (formats.month(str(row[column])[:7]) for column in ("first_on", "last_on"))
    is_person = len(name.split()) == 2 and name.split()[0].casefold() in email.partition("@")[0].casefold()
    lines = [f"{'Contact' if is_person else 'Company'}: {name}"] if name != email else []
    lines += [f"E-mail: {email}"] if email else []
    count = formats.count(row["invoices"], "payment")
    lines += [f"Our past invoices: {count} since {since}, usually {usual} at a time, the last in {last}.", ""]
    return "\n".join(lines)


@once
def _starter(rows: pd.DataFrame) -> Any:
    known = rows.to_dict("records")
    return lambda place: _start(known[place])


def _start(row: Mapping[Any, Any]) -> None:
    notes = notes_of(row)
    st.session_state[notes_box.KEY] = notes
    st.session_state[notes_box.VIEW] = "Edit"
    st.session_state["is_new_client"] = False
    st.session_state[on_record.OPENED] = {"client_id": str(row["client_id"]), "notes": notes}
    st.switch_page(NOTES_PAGE)
