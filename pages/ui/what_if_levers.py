"""The levers of the what-if page. Each stands in the address, so that a scenario can be shared by link.

Every number is a float, or a slider's: the server turns a link's text into a whole number before it looks whether it is finite.
"""

from collections.abc import Mapping

import streamlit as st

from data.money import minor_digits, to_major, to_minor
from data.pricing.what_if import question
from data.pricing.what_if.book import Book
from data.pricing.what_if.question import Levers
from data.pricing.what_if.scenario import Scenario
from pages.ui import formats

USUAL_LOSS = (0, 10)


def refuse(faults: Mapping[str, str]) -> None:
    """Say which values of the link can't be used; before any lever is drawn, so that those stand where they usually do."""
    if not faults:
        return
    lines = "".join(f"\n- {formats.plain(fault)}" for fault in faults.values())
    st.warning(f"**Part of this link can’t be used; the usual values stand instead.**\n{lines}", icon=":material/link_off:")


def main(book: Book) -> tuple[str, float, str, tuple[int, int]]:
    """The tier, its new price in major units, when clients of today move, and how many of 100 leave over it."""
    code = book.currency.upper()
    tier_column, price_column, when_column, loss_column = st.columns([2, 1.4, 3, 2.6], vertical_alignment="top")
    tiers = question.tiers(book)
    with tier_column:
        tier = st.selectbox("Tier", tiers, key="tier", bind="query-params", on_change=lambda: _follow(book))
    listed = to_major(book.tier(tier).price_minor, book.currency)
    with price_column:
        price = st.number_input(
            f"New price, {code}",
            min_value=1.0,
            max_value=question.HIGHEST_PRICE,
            value=question.suggested_price(book, tier),
            step=float(max(1, int(listed / 70))),
            format=_digits(book),
            key="price",
            bind="query-params",
            help=f"A month. Today’s list price is {formats.plain(formats.money(book.tier(tier).price_minor, book.currency))}.",
        )
    with when_column:
        when = st.segmented_control(
            "Clients of today pay it",
            list(question.WHEN),
            default="Next month",
            required=True,
            key="when",
            bind="query-params",
            help="At renewal: each when its own term is billed. Only new clients: today’s keep their price.",
        )
    with loss_column:
        loss = st.slider(
            "Of those asked, leave over it (%)",
            0,
            question.MOST_LOSS,
            value=USUAL_LOSS,
            key="loss",
            bind="query-params",
            help="Your own guess, as a range; it comes on top of the usual churn.",
        )
    return str(tier), float(price), str(when), (int(min(loss)), int(max(loss)))


def _digits(book: Book) -> str:
    return f"%.{minor_digits(book.currency)}f"


def follow_currency(book: Book) -> None:
    """Another currency, other prices; called before any lever is drawn."""
    before, st.session_state["what_if_currency"] = st.session_state.get("what_if_currency"), book.currency
    if before not in (None, book.currency):
        _follow(book)


def _follow(book: Book) -> None:
    """Another tier, another price: the lever starts again a tenth above its list price, and nobody is an exception."""
    tier = st.session_state.get("tier")
    known = question.tiers(book)
    st.session_state["price"] = question.suggested_price(book, tier if tier in known else known[0])
    st.session_state["keep"], st.session_state["renew"] = [], []


def more(book: Book, tier: str) -> dict[str, object]:
    """The other levers by their name in `Levers`, folded away."""
    names = question.labels(book)
    payers = [client.id for client in book.paying_for[tier]]
    with st.expander("More levers: single clients, new clients, hours, horizon"):
        keep_column, renew_column = st.columns(2)
        keep = keep_column.multiselect(
            "Keep their old price", payers, format_func=lambda client: names[client], key="keep", bind="query-params"
        )
        renew = renew_column.multiselect(
            "Move at their renewal", payers, format_func=lambda client: names[client], key="renew", bind="query-params"
        )
        st.caption("New clients a month, at the new list price")
        columns = st.columns(max(len(question.sold(book)), 1))
        new_clients = {
            sold.name: column.number_input(
                sold.name,
                min_value=0.0,
                max_value=float(question.MOST_NEW),
                value=0.0,
                step=0.1,
                format="%.1f",
                key=f"new{place}",
                bind="query-params",
                help=f"{book.won_by_tier.get(sold.name, 0):.1f} a month came over the last 12 months.",
            )
            for place, (sold, column) in enumerate(zip(question.sold(book), columns, strict=True))
        }
        months_column, hours_column, hour_column = st.columns(3)
        horizon = months_column.segmented_control(
            "Months ahead", question.HORIZONS, default=12, required=True, key="months", bind="query-params"
        )
        hours = hours_column.number_input(
            "Hours you have a month",
            min_value=0.0,
            max_value=question.MOST_HOURS,
            value=None,
            step=5.0,
            format="%.0f",
            key="hours",
            bind="query-params",
            help=f"Today’s clients take about {book.hours:.0f} a month.",
        )
        hour = hour_column.number_input(
            f"An hour costs you, {book.currency.upper()}",
            min_value=0.0,
            max_value=question.HIGHEST_PRICE,
            value=0.0,
            step=5.0,
            format=_digits(book),
            key="hour",
            bind="query-params",
            help="Counted as a cost of every client, by its hours; 0 counts only recorded costs.",
        )
    return {
        "keep": keep,
        "at_renewal": renew,
        "new_clients": new_clients,
        "horizon": int(horizon or question.HORIZONS[0]),
        "hours_available": hours,
        "hour_value": hour,
    }


def asked(book: Book) -> Levers:
    """Draw all levers; what they say now."""
    tier, price, when, loss = main(book)
    return Levers(tier, price, when, loss, **more(book, tier))  # type: ignore[arg-type]


def goal(book: Book, scenario: Scenario) -> tuple[int, int]:
    """The MRR wanted, in minor units (0 = none yet), and in how many months."""
    target_column, month_column, _ = st.columns([1.4, 1.4, 3])
    target = target_column.number_input(
        f"MRR, {book.currency.upper()}",
        min_value=1.0,
        max_value=question.HIGHEST_PRICE,
        value=None,
        step=500.0,
        format="%.0f",
        key="goal",
        bind="query-params",
    )
    month = month_column.slider("In how many months", 1, scenario.horizon_months, 6, key="by", bind="query-params")
    return to_minor(target or 0, book.currency), int(month)
