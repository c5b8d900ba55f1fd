"""Pictures of the churn page: how long clients stay, with what is not known of it, and why they leave. Pure, as drawing.py."""

from html import escape

import pandas as pd

from pages.ui import formats
from pages.ui.drawing import Picture, clip, drawn
from pages.ui.once import once
from pages.ui.palette import CHURN, NEW

_BAND = "rgba(59, 156, 146, 0.22)"


@once
def survival(curve: pd.DataFrame) -> Picture:
    """Survival steps of one currency, a year of age marked with its share; the band holds the truth with 95 % probability."""
    known = curve.sort_values("age_months")
    ages = [int(age) for age in known["age_months"]]
    shares = [float(share) for share in known["surviving_share"]]
    band = known[known["low"].notna()]
    steps = {
        "type": "scatter",
        "x": ages,
        "y": shares,
        "mode": "lines",
        "line": {"shape": "hv", "width": 2, "color": NEW},
        "customdata": [
            f"{formats.rate(share, 0)}, {formats.count(number, 'client')} seen so long"
            for share, number in zip(shares, known["at_risk"], strict=True)
        ],
        "hovertemplate": "After %{x} months: %{customdata}<extra></extra>",
    }
    edge = {"type": "scatter", "mode": "lines", "line": {"shape": "hv", "width": 0}, "hoverinfo": "skip"}
    x = [int(age) for age in band["age_months"]]
    low = edge | {"x": x, "y": [float(value) for value in band["low"]]}
    high = edge | {"x": x, "y": [float(value) for value in band["high"]], "fill": "tonexty", "fillcolor": _BAND}
    years = [(age, share) for age, share in zip(ages, shares, strict=True) if age and age % 12 == 0]
    marks = {
        "type": "scatter",
        "x": [age for age, _ in years],
        "y": [share for _, share in years],
        "mode": "markers+text",
        "text": [formats.rate(share, 0) for _, share in years],
        "textposition": ["top left" if age > 0.9 * ages[-1] else "top right" for age, _ in years],
        "marker": {"color": NEW, "size": 7},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    step = 12 if ages[-1] > 24 else 6 if ages[-1] > 8 else 1
    axis = {"title": {"text": "Months since the first payment"}, "tickvals": ages[::step], "range": [0, ages[-1] * 1.04 or 1]}
    shown = {"range": [0, 1.08], "tickvals": [0, 0.5, 1], "ticktext": ["0%", "50%", "100%"], "zeroline": True}
    return drawn([low, high, steps, marks], 260, x=axis | {"zeroline": False}, y=shown)


@once
def reasons(counted: pd.DataFrame) -> Picture:
    """Reasons for churn as bars, the most frequent on top, each labelled with how many clients it took."""
    known = counted.sort_values(["clients", "reason"], ascending=[True, False])
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [int(value) for value in known["clients"]],
        "y": [clip(escape(formats.sentence(reason)), 26) for reason in known["reason"]],
        "text": [formats.count(value) for value in known["clients"]],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": CHURN, "cornerradius": 3},
        "hoverinfo": "skip",
    }
    top = int(known["clients"].max())
    return drawn([bars], 30 * len(known) + 24, x={"visible": False, "range": [0, top * 1.15]}, y={"type": "category"})
