"""The picture of cash to come: a bar for each month by where it comes from, and MRR as a line of marks beside it."""

import pandas as pd

from pages.ui import drawing, formats
from pages.ui.drawing import Picture
from pages.ui.once import once
from pages.ui.palette import EXPANSION, GREY, NEW, REACTIVATION

PARTS = (("subscriptions_minor", "Subscriptions", NEW), ("agreements_minor", "Prepaid terms", REACTIVATION),
         ("invoices_minor", "Open invoices", EXPANSION))  # fmt: skip


@once
def expected(rows: pd.DataFrame, currency: str) -> Picture:
    """Stacked bars of what is expected in each month of one currency, and MRR as marks; the first is the rest of one."""
    months = list(rows["month"])
    bars = [
        {
            "type": "bar",
            "x": months,
            "y": list(rows[name]),
            "marker": {"color": colour, "pattern": {"shape": ["/", *[""] * (len(rows) - 1)]}},
            "hovertext": [f"{title}: {formats.money(amount, currency)}" for amount in rows[name]],
            "hoverinfo": "text",
        }
        for name, title, colour in PARTS
        if rows[name].any()
    ]
    line = {
        "type": "scatter",
        "mode": "markers",
        "x": months,
        "y": list(rows["mrr_minor"]),
        "marker": {"symbol": "line-ew", "size": 26, "line": {"width": 2, "color": GREY}},
        "hovertext": [f"MRR: {formats.money(amount, currency)}" for amount in rows["mrr_minor"]],
        "hoverinfo": "text",
    }
    top = float(max(rows["expected_minor"].max(), rows["mrr_minor"].max(), 1))
    axis = {"type": "category"} | drawing.months_axis(months)  # every label of a year would stand upright on a telephone
    return drawing.drawn([*bars, line], 280, x=axis, y=drawing.value_axis(top, "mrr_minor", currency), barmode="stack")
