"""Billing: what is owed, what comes in, and who has to be reminded (mission.md F32–F39)."""

import streamlit as st

from pages.ui import (
    billing_ahead,
    billing_letters,
    billing_owed,
    blocks,
    calendar_feed,
    filters,
    outside_stripe,
    proration_form,
    states,
    warehouse,
)

VIEWS = {
    "collect": "Collections",
    "cards": "Cards",
    "first": "The 1st",
    "prepaid": "Prepaid",
    "cash": "Cash expected",
    "final": "Final invoice",
    "calendar": "Calendar",
}

blocks.head("Billing", "What is owed, what comes in, and who has to be reminded?")
settings = warehouse.settings()
collections, cards = warehouse.metric("collections"), warehouse.metric("cards_expiring")
days, agreed, cash = (warehouse.metric(name) for name in ("billing_days", "outside_stripe", "cash_expected"))
if not cash.empty:
    currency = filters.currency(cash, "expected_minor")
    mine = [filters.only(frame, currency) for frame in (collections, cards, cash)]
    billing_owed.figures(mine[0], mine[1], mine[2], currency)
else:
    currency = settings.reporting_currency.lower() or "usd"
billing_letters.asked(settings, collections, cards, agreed)

view = str(
    st.segmented_control(
        "Show",
        list(VIEWS),
        format_func=VIEWS.__getitem__,
        default="collect",
        required=True,
        key="view",
        bind="query-params",
        label_visibility="collapsed",
    )
)
if warehouse.shown().is_empty and view in ("collect", "cards", "first", "cash"):
    states.empty("No payments yet", "What is unpaid, cards that expire, and cash to come, each with the letter for it.")
elif view == "cards":
    billing_owed.cards(filters.only(cards, currency), currency)
elif view == "first":
    billing_ahead.not_on_the_first(filters.only(days, currency), currency)
elif view == "prepaid":
    billing_ahead.prepaid(agreed)
    outside_stripe.show(settings)
elif view == "cash":
    billing_ahead.cash(filters.only(cash, currency), currency)
elif view == "final":
    proration_form.show(currency)
elif view == "calendar":
    calendar_feed.show(settings)
else:
    billing_owed.collections(filters.only(collections, currency), currency)
blocks.foot(
    rules=[
        "Nothing is ever sent to a client by itself.",
        f"Your policy: a reminder after {settings.reminder_days} days, suspension after {settings.suspension_days}, "
        f"the agreement ended after {settings.termination_days}.",
    ]
)
