"""The final project invoice: its balance and the first month of care, prorated, in words to paste (mission.md F33)."""

import datetime as dt
from decimal import InvalidOperation

import streamlit as st

from data.errors import InputError
from data.money import to_minor
from data.pricing.proration import Proration, prorate
from pages.ui import formats, warehouse


def show(currency: str) -> None:
    """The form, both counting rules side by side, and the words for the invoice."""
    st.subheader("The final invoice of a project", anchor=False)
    st.caption("The balance, and the first month of care from the day the work was finished to the end of the month.")
    with st.grid(4, min_column_width=150):
        balance = st.text_input("Balance", "0", key="final_balance")
        fee = st.text_input("Monthly fee", placeholder="350.00", key="final_fee")
        unit = st.text_input("Currency", currency.upper(), max_chars=3, key="final_currency").lower()
        finished_on = st.date_input("Finished on", warehouse.shown().as_of.date(), key="final_day", format="YYYY-MM-DD")
    if not fee or not isinstance(finished_on, dt.date):
        st.caption("Enter the monthly fee.")
        return
    try:
        amounts = [to_minor(text.replace(",", ".").replace(" ", "") or "0", unit) for text in (fee, balance)]
        both = [prorate(amounts[0], finished_on, is_day_counted=counted, balance_minor=amounts[1]) for counted in (False, True)]
    except (InvalidOperation, OverflowError, ValueError):
        st.error("An amount is no decimal number. Write it as 350.00.", icon=":material/error:")
        return
    except InputError as error:
        st.error(formats.plain(f"{error.title} {error.hint}"), icon=":material/error:")
        return
    for found, column, title in zip(both, st.columns(2), ("The day not counted", "The day counted"), strict=True):
        with column, st.container(border=True):
            st.markdown(f"**{title}**")
            st.code(words(found, finished_on, unit), language=None, wrap_lines=True)


def words(found: Proration, finished_on: dt.date, currency: str) -> str:
    """The lines of the invoice, with how each amount comes about."""
    fee, share, total, balance = (
        formats.money(amount, currency)
        for amount in (found.fee_minor, found.share_minor, found.total_minor, found.balance_minor)
    )
    lines = [f"Project balance: {balance}"] if found.balance_minor else []
    of = f"{formats.count(found.days, 'day')} of {found.days_in_month}"
    rest = f"Care for the rest of {formats.month(finished_on)}, {of}"
    lines.append(f"{rest}: {share} ({fee} × {found.days} ÷ {found.days_in_month})")
    return "\n".join([*lines, f"Total: {total}"])
