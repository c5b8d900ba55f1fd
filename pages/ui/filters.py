"""What a page can be narrowed to: a whole month, a currency. Both stand in the address, so a view can be shared by link."""

import pandas as pd
import streamlit as st

from pages.ui import formats, warehouse
from pages.ui.once import once


def month(months: pd.Series, label: str = "Month") -> str:
    """The chosen month of those in the frame, as `2026-11`; the newest one until another is chosen.

    The address holds it as it is read, `month=March 2026`; one written as `month=2026-03` is understood too.
    """
    newest_first = sorted({str(value)[:7] for value in months}, reverse=True)
    asked = st.query_params.get("month", "")
    if asked in newest_first:
        st.session_state["month"] = asked  # the widget would drop an address that is not in its own words
    return str(st.selectbox(label, newest_first, format_func=formats.month, key="month", bind="query-params", width=200))


def currency(frame: pd.DataFrame, amount: str = "mrr_minor") -> str:
    """The chosen currency of those in the frame; asks only where there is more than one.

    First stands the reporting currency of the settings, else the one with the largest `amount` in the last rows.
    """
    codes = by_weight(frame, amount, warehouse.settings().reporting_currency.lower())
    if len(codes) < 2:
        return codes[0] if codes else ""
    asked = st.query_params.get("currency", "")
    if asked in codes:
        st.session_state["currency"] = asked  # the address holds it as it is read, EUR; one written as eur is understood too
    chosen = st.segmented_control(
        "Currency", codes, format_func=str.upper, default=codes[0], required=True, key="currency", bind="query-params"
    )
    return str(chosen if chosen in codes else codes[0])


@once
def by_weight(frame: pd.DataFrame, amount: str, first: str = "") -> list[str]:
    """Currencies of the frame: `first` if it occurs, then from the largest amount of the last month to the smallest."""
    months = list(frame["month"]) if "month" in frame else [""] * len(frame)
    last = max(months, default="")
    totals: dict[str, float] = {}
    for month, code, weight in zip(months, frame["currency"], frame[amount], strict=True):
        counts = month == last and not formats.is_missing(weight)
        totals[str(code)] = totals.get(str(code), 0) + (float(weight) if counts else 0)
    return sorted(totals, key=lambda code: (code != first, -totals[code], code))


@once
def only(frame: pd.DataFrame, currency: str, until: str = "") -> pd.DataFrame:
    """The frame's rows in that currency, as they are numbered there; with `until`, those up to that month alone."""
    kept = frame[frame["currency"] == currency]
    return kept[kept["month"] <= until] if until else kept


def unfinished() -> str:
    """The month that is not over yet, as `2026-11`: the last one of every frame, whose closing figure is that of now."""
    return _newest(warehouse.metric("revenue_summary"))


@once
def _newest(frame: pd.DataFrame) -> str:
    return str(frame["month"].max())
