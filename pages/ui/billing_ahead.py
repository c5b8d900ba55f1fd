"""What comes, as lists with their findings: the day of billing, prepaid terms to renew, and cash month by month."""

import pandas as pd
import streamlit as st

from pages.ui import billing_letters, blocks, formats, warehouse
from pages.ui.blocks import Column


def not_on_the_first(found: pd.DataFrame, currency: str) -> None:
    """Who is not billed on the 1st, and the one prorated amount that moves them (F34)."""
    rows = found[~found["is_on_the_first"].astype(bool)].reset_index(drop=True)
    if rows.empty:
        st.subheader("Every client is billed on the 1st", anchor=False)
        return
    st.subheader(f"{formats.of(len(rows), len(found))} subscriptions are not billed on the 1st", anchor=False)
    st.caption("At the next renewal, bill the days up to the 1st once; from then on the full price on the 1st.")
    columns = {
        "client_name": Column("Client", width=200),
        "billing_day": Column("Billed on day", "count"),
        "next_charge_on": Column("Next charge", "date"),
        "mrr_minor": Column("A month", "money"),
        "days": Column("Days to bill", "count"),
        "days_in_month": Column("Of", "count"),
        "moving_minor": Column("Moves it", "money", help=warehouse.definition("billing_days")),
        "moves_to_on": Column("To", "date"),
    }
    blocks.table(rows, columns, alt="Subscriptions not billed on the 1st", key="first", currency=currency, rows=15)
    blocks.download(rows, "not-on-the-first.csv")


def prepaid(agreed: pd.DataFrame) -> None:
    """Who is paid outside Stripe, and which terms have to be renewed, each with its letter."""
    due = agreed[agreed["state"].isin(["renewal due", "renewal overdue"])]
    said = f"{formats.count(len(due), 'prepaid term')} to renew" if len(due) else "No prepaid term has to be renewed now"
    st.subheader(said, anchor=False)
    for row in due.to_dict("records"):
        with st.container(horizontal=True, vertical_alignment="center"):
            amount = formats.money(row["amount_minor"], str(row["currency"]))
            st.markdown(
                formats.plain(f"{row['client_name']}: {amount}, paid until {formats.date(row['paid_until'])}"), width="stretch"
            )
            if st.button("Write to the client", key=f"renew:{row['agreement_id']}"):
                billing_letters.opens("renewal", pd.Series([row["agreement_id"]]))(0)
                st.rerun()


def cash(found: pd.DataFrame, currency: str) -> None:
    """Payments to expect by month, beside MRR."""
    if found.empty:
        st.subheader("No payments are in sight", anchor=False)
        return
    rows = found.reset_index(drop=True)
    most = rows.nlargest(1, "expected_minor").to_dict("records")[0]
    said = f"Most comes in {formats.month(most['month'])}: {formats.money(most['expected_minor'], currency, short=True)}"
    st.subheader(formats.plain(said), anchor=False)
    from pages.ui import cash_charts

    blocks.picture(cash_charts.expected(rows, currency), said, "cash")
    st.caption("From below: subscriptions, prepaid terms, open invoices. A grey line is the month’s MRR.")
    columns = {
        "month": Column("Month", "month"),
        "expected_minor": Column("Expected", "money"),
        "mrr_minor": Column("MRR", "money"),
        "subscriptions_minor": Column("Subscriptions", "money"),
        "agreements_minor": Column("Prepaid terms", "money"),
        "invoices_minor": Column("Open invoices", "money"),
    }
    blocks.table(rows, columns, alt="Cash expected by month", key="cash_rows", currency=currency, rows=13)
    blocks.download(found, "cash-expected.csv")
