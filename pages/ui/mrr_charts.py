"""Pictures of MRR: how a month went from opening to closing, and one client’s MRR over time. Pure, as drawing.py."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pages.ui import formats
from pages.ui.drawing import Picture, drawn, line, months_axis, value_axis
from pages.ui.once import once
from pages.ui.palette import GREY, KINDS, NEW

ROW = 38
CUT_BELOW = 0.25


@once
def waterfall(month: Mapping[Any, Any], currency: str) -> Picture:
    """One row of mrr_movements, from opening MRR through each kind of movement to closing.

    Opening and closing bars are cut short where the changes could not be seen otherwise; `layout["meta"]` then says `cut`.
    """
    labels, starts, ends, colours, texts = _steps(month, currency)
    low, high = min(*starts[1:-1], *ends), max(*starts[1:-1], *ends)
    floor = max(0, low - (high - low) * 0.8) if high - low < CUT_BELOW * high else 0
    starts[0] = starts[-1] = floor
    places = list(range(len(labels)))
    bars = {
        "type": "bar",
        "y": places,
        "x": [abs(end - start) for start, end in zip(starts, ends, strict=True)],
        "base": [min(start, end) for start, end in zip(starts, ends, strict=True)],
        "orientation": "h",
        "marker": {"color": colours, "cornerradius": 3},
        "text": texts,
        "textposition": "outside",
        "cliponaxis": False,
        "hoverinfo": "skip",
        "width": 0.62,
    }
    steps = [line(ends[place], ends[place], place, place + 1, 1) | {"layer": "below"} for place in places[:-1]]
    x = {"visible": False, "range": [floor, high + (high - floor) * 0.3]}
    y = {"tickvals": places, "ticktext": labels, "autorange": "reversed", "ticks": ""}
    return drawn([bars], ROW * len(labels) + 10, x=x, y=y, left=100, shapes=steps, meta={"cut": floor > 0})


def _steps(month: Mapping[Any, Any], currency: str) -> tuple[list[str], list[float], list[float], list[str], list[str]]:
    opening = int(month["opening_minor"])
    labels, starts, ends, colours = ["Opening"], [0.0], [float(opening)], [GREY]
    texts, level = [formats.money(opening, currency)], opening
    for kind, (word, colour, adds) in KINDS.items():
        amount = int(month[f"{kind}_minor"])
        signed = amount if adds else -amount
        labels.append(word)
        starts.append(level)
        level += signed
        ends.append(level)
        colours.append(colour)
        texts.append(formats.money(signed, currency, signed=True) if amount else "–")
    labels.append("Closing")
    starts.append(0.0)
    ends.append(float(month["closing_minor"]))
    colours.append(GREY)
    texts.append(formats.money(month["closing_minor"], currency))
    return labels, starts, ends, colours, texts


@once
def history(months: pd.DataFrame, currency: str, unfinished: str) -> Picture:
    """One client's MRR at each month's end, as steps; a month without a row is 0; the unfinished one ends in an open dot."""
    known = {str(month)[:7]: float(value) for month, value in zip(months["month"], months["mrr_minor"], strict=True)}
    spanned = [str(period) for period in pd.period_range(min(known), unfinished or max(known), freq="M")]
    days, values = [formats.as_day(month) for month in spanned], [known.get(month, 0.0) for month in spanned]
    steps = {
        "type": "scatter",
        "x": days,
        "y": values,
        "mode": "lines",
        "line": {"shape": "hv", "width": 2, "color": NEW},
        "fill": "tozeroy",
        "fillcolor": "rgba(140, 201, 193, 0.25)",
        "customdata": [formats.money(value, currency) for value in values],
        "hovertemplate": "%{x|%b %Y}: %{customdata}<extra></extra>",
    }
    symbol = "circle-open" if spanned[-1] == unfinished else "circle"
    end = {"x": days[-1:], "y": values[-1:], "mode": "markers", "marker": {"color": NEW, "size": 9, "symbol": symbol}}
    dot = end | {"type": "scatter", "hoverinfo": "skip"}
    return drawn([steps, dot], 220, x=months_axis(days), y=value_axis(max(values), "mrr_minor", currency))
