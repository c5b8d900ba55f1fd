"""Picture of effort: what each client pays against the hours that it takes, with lines of equal pay for an hour."""

from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from pages.ui import charts, formats
from pages.ui.palette import CHURN, FAINT, GREY, NEW

NAMED = 3
LINES = ((0.5, "half"), (1.0, "mean"), (2.0, "double"))


def effort(rows: pd.DataFrame, currency: str, rate_minor: float) -> go.Figure:
    """A point for each client with hours: hours across, MRR less costs up, both of one month and currency.

    `rate_minor` is what an hour brings on the whole; clients below half of it are orange diamonds; those who cost the most are
    named.
    """
    known = rows[rows["hourly_rate_minor"].notna()]
    shortfall = known["hours"] * (rate_minor - known["hourly_rate_minor"].astype(float))
    known = known.assign(shortfall=shortfall).sort_values("shortfall", ascending=False)
    names, rates, worked = (list(known[column]) for column in ("client_name", "hourly_rate_minor", "hours"))
    earned = list(known["mrr_minor"] - known["costs_minor"].fillna(0))
    poor = [rate < rate_minor / 2 for rate in rates]
    widest, highest = max(worked) * 1.08, float(max(*earned, 1))
    points = {
        "type": "scatter",
        "x": worked,
        "y": earned,
        "mode": "markers+text",
        "text": [
            charts.clip(escape(str(name)), 22) if poor[place] and place < NAMED else "" for place, name in enumerate(names)
        ],
        "textposition": "middle right",
        "cliponaxis": False,
        "marker": {
            "size": 9,
            "color": [CHURN if is_poor else NEW for is_poor in poor],
            "symbol": ["diamond" if is_poor else "circle" for is_poor in poor],
            "opacity": 0.85,
        },
        "customdata": [
            f"{escape(str(name))}: {formats.money(rate, currency)} an hour" for name, rate in zip(names, rates, strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    ends = [(share * rate_minor, word, min(widest, highest * 1.06 / (share * rate_minor))) for share, word in LINES]
    return charts.drawn(
        [points],
        320,
        right=130,
        top=24,
        x={"range": [min(0, *worked), widest], "ticksuffix": " h", "zeroline": True, "zerolinecolor": GREY},
        y=charts.value_axis(highest, "mrr_minor", currency) | {"range": [min(0, *earned) * 1.1, highest * 1.06]},
        shapes=[
            {"type": "line", "x0": 0, "y0": 0, "x1": x, "y1": rate * x, "line": {"color": FAINT, "width": 1}, "layer": "below"}
            for rate, _, x in ends
        ],
        annotations=[_label(rate, word, x, x < widest, currency) for rate, word, x in ends],
    )


def _label(rate: float, word: str, x: float, is_cut: bool, currency: str) -> dict[str, Any]:
    """What a line means, at its end: above it where the picture's top cuts it, beside it otherwise."""
    return {
        "x": x,
        "y": rate * x,
        "text": f"{formats.money(rate, currency, short=True)}/h ({word})",
        "showarrow": False,
        "xanchor": "center" if is_cut else "left",
        "yanchor": "bottom" if is_cut else "middle",
        "font": {"size": 11},
    }
