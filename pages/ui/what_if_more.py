"""The levers of the what-if page that are used less, folded away: single clients, newcomers, a new tier, churn, costs, time.

Once one of them is moved, all are drawn at each run, open or not, since only a lever that is drawn stands in the address.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from data.money import minor_digits
from data.pricing.what_if import levers, link
from data.pricing.what_if.book import Book
from data.pricing.what_if.levers import ADDED
from data.pricing.what_if.scenario import LONGEST, MOST_NEW, SHORTEST
from pages.ui import formats

Start = Mapping[str, Any]
SINGLE = {
    "keep": ("Keep price and tier", "They never move."),
    "old": ("Keep the old price while in their tier", "The new price comes only with another tier."),
    "renew": ("Pay the new price from their renewal", ""),
    "now": ("Pay the new price at once", ""),
}


def asked(book: Book, start: Start, other_prices: Callable[[], list[dict[str, float]]]) -> dict[str, Any]:
    """Draw those of `start`; where they stand now, by their names in a link, as far as they are drawn: the others stand there.

    `other_prices` draws the prices that have no room above.
    """
    drawn: dict[str, Any] = {}
    said = "More levers: single clients, new clients, a new tier, churn, hours and costs, time"
    box = st.expander(said, key="more_levers", on_change="rerun")
    if not (box.open or _is_moved(start)):
        return drawn
    with box:
        single, market, tier, churn, costs, time = st.tabs(
            ["Single clients", "New clients and moves", "New tier", "Churn", "Hours and costs", "Time"]
        )
    with tier:  # first, since the others offer it
        drawn |= _new_tier(book, start)
    names = levers.slugs(book) | {tier.name: ADDED for tier in levers.added(book, drawn)}
    open_to = {name: key for name, key in names.items() if key == ADDED or book.tier(name).is_sold}
    with single:
        drawn |= _single(book, open_to)
    with market:
        drawn |= _newcomers(book, open_to, start) | _moves(list(names), start)
    with churn:
        drawn |= _churn(book, names)
    with costs:
        drawn |= _costs(book, start)
    with time:
        drawn |= _time(start)
        with st.container(horizontal=True):
            for price in other_prices():
                drawn |= price
    return drawn


def _is_moved(start: Start) -> bool:
    """Whether one of them stands in the address, or was put elsewhere than it starts."""
    asked = set(st.query_params)
    return any(name in asked or (name in st.session_state and st.session_state[name] != start[name]) for name in start)


def digits(book: Book) -> str:
    """How an amount in major units is shown in a lever."""
    return f"%.{minor_digits(book.currency)}f"


def _clients(label: str, book: Book, key: str, note: str = "") -> dict[str, Any]:
    names = link.labels(book)
    chosen = st.multiselect(
        formats.plain(label),
        list(names),
        format_func=names.__getitem__,
        key=key,
        bind="query-params",
        placeholder="Nobody",
        help=note or None,
    )
    return {key: list(chosen)}


def _single(book: Book, open_to: Mapping[str, str]) -> dict[str, Any]:
    drawn: dict[str, Any] = {}
    left, right = st.columns(2)
    for place, (key, (label, note)) in enumerate(SINGLE.items()):
        with (left, right)[place % 2]:
            drawn |= _clients(label, book, key, note)
    st.caption("Move to another tier, at its list price: next month, or at renewal if chosen so above")
    columns = st.columns(2)
    for place, (name, slug) in enumerate(open_to.items()):
        with columns[place % 2]:
            drawn |= _clients(f"To {name}", book, f"to_{slug}")
    return drawn


def _number(
    label: str, key: str, value: float | None, most: float, step: float, form: str = "%.1f", note: str = ""
) -> dict[str, Any]:
    chosen = st.number_input(
        formats.plain(label),
        min_value=0.0,
        max_value=float(most),
        value=value,
        step=step,
        format=form,
        key=key,
        bind="query-params",
        width=190,
        help=formats.plain(note) or None,
    )
    return {key: chosen}


def _newcomers(book: Book, open_to: Mapping[str, str], start: Start) -> dict[str, Any]:
    drawn: dict[str, Any] = {}
    st.caption("New clients a month, at the new list price")
    with st.container(horizontal=True):
        for name, slug in open_to.items():
            came = f"{book.won_by_tier.get(name, 0):.1f} a month came over the last 12 months." if slug != ADDED else ""
            drawn |= _number(name, f"new_{slug}", start[f"new_{slug}"], MOST_NEW, 0.1, note=came)
    return drawn


def _moves(names: list[str], start: Start) -> dict[str, Any]:
    drawn: dict[str, Any] = {}
    st.caption("Clients who change tier by themselves: which share of a tier, each month")
    for number in range(1, levers.MOST_MOVES + 1):
        key = f"move{number}"
        from_column, to_column, share_column = st.columns([2, 2, 1.4], vertical_alignment="bottom")
        for column, end, label in ((from_column, "from", "From"), (to_column, "to", "To")):
            with column:
                drawn[f"{key}_{end}"] = st.selectbox(
                    label,
                    names,
                    index=names.index(start[f"{key}_{end}"]),
                    key=f"{key}_{end}",
                    bind="query-params",
                    label_visibility="visible" if number == 1 else "collapsed",
                )
        with share_column:
            drawn |= _number("% a month" if number == 1 else f"% a month, {number}", key, start[key], 100, 0.5)
        if not drawn[key]:
            break
    return drawn


def _new_tier(book: Book, start: Start) -> dict[str, Any]:
    code = book.currency.upper()
    name = str(
        st.text_input(
            "Name of the new tier", max_chars=link.LONGEST_NAME, key="tier_name", bind="query-params", placeholder="Shop care"
        )
        or ""
    )
    drawn: dict[str, Any] = {"tier_name": " ".join(name.split())}
    with st.container(horizontal=True):
        drawn |= _number(f"Price, {code} a month", "tier_price", start["tier_price"], link.HIGHEST_PRICE, 10.0, digits(book))
        drawn |= _number("Hours of a client a month", "tier_hours", start["tier_hours"], link.MOST_TIER_HOURS, 0.5)
        drawn |= _number(f"Costs of a client, {code}", "tier_cost", start["tier_cost"], link.HIGHEST_PRICE, 5.0, digits(book))
    st.caption(
        "It counts once it has a name and a price. Nobody is in it by itself: say under the other headings who moves there, "
        "and how many come new."
    )
    return drawn


def _churn(book: Book, names: Mapping[str, str]) -> dict[str, Any]:
    own = st.toggle(
        "Each tier by its own churn",
        key="own_churn",
        bind="query-params",
        help="As seen in that tier over the last 12 months; with few clients that says little.",
    )
    drawn: dict[str, Any] = {"own_churn": bool(own)}
    st.caption("Instead of what was seen, in % of clients a month; empty: as seen")
    with st.container(horizontal=True):
        seen = f"Seen: {book.churn.leavers} of {book.churn.client_months} client-months."
        drawn |= _number("All tiers", "churn", None, 100, 0.1, "%.2f", seen)
        for name, slug in names.items():
            counted = book.churn_by_tier.get(name)
            note = f"Seen: {counted.leavers} of {counted.client_months} client-months." if counted else "Nothing seen yet."
            drawn |= _number(name, f"churn_{slug}", None, 100, 0.1, "%.2f", note)
    return drawn


def _costs(book: Book, start: Start) -> dict[str, Any]:
    code, drawn = book.currency.upper(), dict[str, Any]()
    with st.container(horizontal=True):
        takes = f"Today’s clients take about {book.hours:.0f} a month."
        drawn |= _number("Hours you have a month", "hours", None, link.MOST_HOURS, 5.0, "%.0f", takes)
        counted = "Counted as a cost of every client, by its hours; 0 counts only recorded costs."
        drawn |= _number(f"An hour costs you, {code}", "hour", start["hour"], link.HIGHEST_PRICE, 5.0, digits(book), counted)
        drawn |= _number("Fee of a payment, %", "fee", start["fee"], link.MOST_FEE, 0.1, "%.2f")
        drawn |= _number(f"Fee of a payment, {code}", "fee_fixed", start["fee_fixed"], link.HIGHEST_PRICE, 0.1, digits(book))
        drawn |= _number(f"Fixed costs a month, {code}", "overhead", start["overhead"], link.HIGHEST_PRICE, 50.0, digits(book))
    st.caption("Of one client a month, instead of what was recorded; empty: as recorded")
    with st.container(horizontal=True):
        for name, slug in levers.slugs(book).items():
            recorded = f"{book.tier(name).hours:.1f} hours a month without a record of its own."
            drawn |= _number(f"Hours, {name}", f"hours_{slug}", None, link.MOST_TIER_HOURS, 0.5, note=recorded)
    with st.container(horizontal=True):
        for name, slug in levers.slugs(book).items():
            drawn |= _number(f"Costs, {name}", f"cost_{slug}", None, link.HIGHEST_PRICE, 5.0, digits(book))
    return drawn


def _time(start: Start) -> dict[str, Any]:
    left, right = st.columns(2, gap="medium")
    months = left.slider("Months ahead", SHORTEST, LONGEST, start["months"], key="months", bind="query-params")
    first = right.slider("The change starts in month", 1, link.LATEST_START, start["from"], key="from", bind="query-params")
    off = st.segmented_control(
        "Prices off the list move",
        list(levers.OFF_LIST),
        default=start["off"],
        required=True,
        key="off",
        bind="query-params",
        help="Clients who pay something else than their tier’s list price.",
    )
    return {"months": int(months), "from": int(first), "off": off}
