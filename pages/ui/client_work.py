"""What lies behind a client's MRR, on the client's page: invoices, sites in care, and the hours that care took."""

import pandas as pd
import streamlit as st

from pages.ui import blocks, care, formats, links, warehouse
from pages.ui.blocks import Column

_STATES = {"paid": "Paid", "open": "Open", "void": "Void", "uncollectible": "Given up"}


def invoices(client_id: str, currency: str) -> None:
    """The client's invoices of this currency, newest first, with what is still open in words above them."""
    found = warehouse.metric("client_invoices", currency=currency)
    found = found[found["client_id"] == client_id].reset_index(drop=True)
    if found.empty:
        return
    st.subheader("Invoices", anchor=False)
    st.caption(formats.plain(open_invoices(found, currency)))
    shown = found.assign(state=[_STATES.get(str(state), str(state)) for state in found["state"]])
    shown["proof"] = [links.stripe(invoice) for invoice in found["invoice_id"]]
    columns = {
        "issued_on": Column("Issued", "date"),
        "invoice": "Invoice",
        "state": "State",
        "total_minor": Column("Total", "money"),
        "paid_minor": Column("Paid", "money"),
        "open_minor": Column("Open", "money"),
        "paid_on": Column("Paid on", "date"),
        "proof": Column("In Stripe", "link"),
    }
    if shown["proof"].isna().all():
        del columns["proof"]
    blocks.table(shown, columns, alt="Invoices of this client", key=f"invoices-{currency}", currency=currency, rows=6)
    blocks.download(found, f"invoices-{currency}.csv")


def open_invoices(found: pd.DataFrame, currency: str) -> str:
    """How much of the invoices is open, in a sentence; those given up are said apart."""
    waiting, lost = (found[found["state"] == state] for state in ("open", "uncollectible"))
    parts = [
        f"{formats.count(len(rows), 'invoice')} {what} with {formats.money(rows['open_minor'].sum(), currency)}"
        for rows, what in ((waiting, "open"), (lost, "given up"))
        if len(rows)
    ]
    return f"{formats.listing(parts)}." if parts else "Nothing is open."


def sites_and_hours(client_id: str) -> None:
    """The client's sites with their standing, and the hours that its care took, month by month where any are recorded."""
    sites = warehouse.metric("sites")
    sites = sites[(sites["client_id"] == client_id) & sites["is_in_care"]]
    effort = warehouse.metric("client_effort")
    effort = effort[(effort["client_id"] == client_id) & effort["hours"].notna()].sort_values("month", ascending=False)
    if sites.empty and effort.empty:
        return
    st.subheader("Care", anchor=False)
    if not sites.empty:
        _sites(sites)
    if effort.empty:
        st.caption("No hours are recorded for this client, so there is no hourly rate.")
    else:
        _hours(effort)


def _sites(sites: pd.DataFrame) -> None:
    known = care.standings(sites, warehouse.metric("clients"))
    known["standing"] = [care.STANDINGS[str(standing)] for standing in known["standing"]]
    columns = {
        "site": Column("Site", width=220),
        "standing": "State",
        "last_backup_on": Column("Last full backup", "date"),
        "last_update_on": Column("Last updates", "date"),
        "hours_this_month": Column("Hours this month", "hours"),
    }
    names = [str(site) for site in known["site"]]
    blocks.table(
        known,
        columns,
        alt="Sites of this client",
        key="sites-of-client",
        open_row=lambda place: st.switch_page("maintenance.py", query_params={"site": names[place]}),
    )


def _hours(effort: pd.DataFrame) -> None:
    currency = str(effort.iloc[0]["currency"])
    own = effort[effort["currency"] == currency]
    st.subheader("What an hour of it brings", anchor=False)
    columns = {
        "month": Column("Month", "month"),
        "hours": Column("Hours", "hours"),
        "mrr_minor": Column("MRR", "money"),
        "costs_minor": Column("Costs", "money"),
        "hourly_rate_minor": Column("An hour brings", "money", help=warehouse.definition("client_effort")),
    }
    blocks.table(own, columns, alt="Hours and hourly rate by month", key="hours-of-client", currency=currency, rows=6)
