"""The month in words and what became of it since it was closed, as the Revenue page says them below its figures."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from data import closings
from data.warehouse import Warehouse
from pages.ui import formats, warehouse
from pages.ui.once import once
from proposals import review
from proposals.review import words


def say(month: str, currency: str) -> None:
    """The month's paragraph, whether it is closed, and a warning where a closed month has changed since."""
    opened = warehouse.shown()
    st.markdown(formats.plain(_told(opened, opened.version, month, currency, opened.today, formats.reader_locale())))
    unknown = unknown_amounts(warehouse.metric("amounts_unknown"))
    if unknown:
        st.warning(formats.plain(unknown))
    closing = closings.closing(opened, month)
    if closing:
        st.badge(f"Closed on {formats.date(closing.closed_at)}", icon=":material/lock:", color="gray")
    restated = restated_months(warehouse.metric("restated_figures"))
    if restated:
        st.warning(f"Changed since closed: {formats.plain(restated)}. What changed stands at the end of that month’s page.")


@once
def unknown_amounts(items: pd.DataFrame) -> str:
    """Which items in force have an amount that can't be known, from amounts_unknown; empty where there is none."""
    if items.empty:
        return ""
    names = [f"{row['client_name']} ({row['product_name'] or row['price_id']})" for row in items.to_dict("records")]
    return f"Amount unknown, counted as 0 until an invoice shows it: {formats.listing(names)}."


@lru_cache(maxsize=50)
def _told(opened: Warehouse, version: int, month: str, currency: str, today: date, locale: str) -> str:
    return review.paragraph(review.gather(warehouse.metric, month, currency), today=today, locale=locale)


@once
def restated_months(figures: pd.DataFrame) -> str:
    """The closed months that are other now, from restated_figures, with what that did to their closing MRR, in words."""
    parts = []
    for (month, currency), rows in figures.groupby(["month", "currency"]):
        closing = rows[rows["figure"] == "closing_minor"]["difference"]
        step = formats.money(closing.iloc[0], str(currency), signed=True) if len(closing) else ""
        name = f"{formats.month(month)} in {str(currency).upper()}"
        parts.append(f"{name} (MRR {step})" if step else f"{name} (same MRR)")
    return formats.listing(parts)


@once
def restated_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """Rows of restated_figures as text: `name`, and the figure `closed`, `now` and their `difference` in their own unit."""
    names = words.figures("en").words["figures"]
    rows = [
        {
            "name": " · ".join(part for part in (str(row["tier"]), names[row["figure"]]) if part),
            "closed": _figure(row, "closed_value"),
            "now": _figure(row, "now_value"),
            "difference": _figure(row, "difference", signed=True),
        }
        for row in figures.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=["name", "closed", "now", "difference"])


def _figure(row: Mapping[Any, Any], column: str, *, signed: bool = False) -> str:
    if str(row["figure"]).endswith("_minor"):
        return formats.money(row[column], str(row["currency"]), signed=signed)
    plus = "+" if signed and row[column] > 0 else ""
    return plus + formats.count(row[column])
