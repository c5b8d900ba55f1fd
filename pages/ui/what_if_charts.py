"""Pictures of the what-if: the fan of outcomes with and without the change, and what the outcome hangs on."""

from html import escape
from typing import Any

from data.pricing.what_if.comparison import Comparison
from pages.ui import formats
from pages.ui.drawing import Picture, drawn, months_axis, value_axis
from pages.ui.palette import CHURN, GREY, NEW

BAND = "rgba(59, 156, 146, 0.22)"


def fan(found: Comparison, currency: str) -> Picture:
    """MRR by month: what is expected and 80 % of all outcomes with the change, and what is expected without it, dashed.

    Where all of it lies far above zero the axis is cut short, so that the difference is seen; `layout["meta"]` says `cut`.
    """
    months = list(found.months)
    mrr, unchanged = found.mrr, found.unchanged
    edge = {"type": "scatter", "x": months, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    traces = [
        edge | {"y": mrr.p90.tolist()},
        edge | {"y": mrr.p10.tolist(), "fill": "tonexty", "fillcolor": BAND},
        _line(months, unchanged.closed_form.tolist(), "without the change", GREY, currency, dash="dash"),
        _line(months, mrr.closed_form.tolist(), "expected", NEW, currency),
    ]
    ends = sorted(
        [
            (float(mrr.p90[-1]), "9 of 10 below"),
            (float(mrr.closed_form[-1]), "expected"),
            (float(unchanged.closed_form[-1]), "without"),
            (float(mrr.p10[-1]), "1 of 10 below"),
        ]
    )
    top, bottom = max(float(mrr.p90.max()), float(unchanged.closed_form.max())), float(mrr.p10.min())
    floor = max(0.0, bottom - (top - bottom) / 2) if bottom > top / 2 else 0.0
    return drawn(
        traces,
        320,
        right=92,
        x=months_axis(months) | {"range": [months[0], months[-1]]},
        y=_axis(floor, top, currency),
        annotations=_ends(months[-1], ends, top - floor),
        meta={"cut": floor > 0},
    )


def _axis(floor: float, top: float, currency: str) -> dict[str, Any]:
    """The axis of amounts from `floor` up, with ticks at round amounts."""
    axis = value_axis(top - floor, "mrr_minor", currency)
    step = axis["tickvals"][1] if len(axis["tickvals"]) > 1 else max(top - floor, 1)
    ticks = [step * place for place in range(int(-(-floor // step)), int(top // step) + 1)]
    texts = [formats.money(tick, currency, short=True) for tick in ticks]
    return axis | {
        "tickvals": ticks,
        "ticktext": texts,
        "range": [floor, top + (top - floor) * 0.06 or 1],
        "zeroline": not floor,
    }


def _line(months: list[Any], values: list[float], name: str, colour: str, currency: str, dash: str = "solid") -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": months,
        "y": values,
        "mode": "lines",
        "line": {"width": 2, "color": colour, "dash": dash},
        "customdata": [formats.money(round(value), currency, short=True) for value in values],
        "hovertemplate": "%{x|%b %Y}, " + name + ": %{customdata}<extra></extra>",
    }


def _ends(x: object, ends: list[tuple[float, str]], height: float) -> list[dict[str, Any]]:
    """Labels beside the lines' ends, pushed apart where they would cover each other."""
    floor, labels = float("-inf"), []
    for value, text in ends:
        y = max(value, floor)
        floor = y + (height or 1) * 0.07
        labels.append({"x": x, "y": y, "text": text, "showarrow": False, "xanchor": "left", "xshift": 6, "align": "left"})
    return labels


def tornado(found: Comparison, labels: list[str], currency: str) -> Picture:
    """For each input the MRR expected at both its ends, widest first, around what is expected; teal above it, orange below."""
    middle = float(found.mrr.closed_form[found.at])
    places = list(range(len(labels)))
    bars = [
        {
            "type": "bar",
            "y": places,
            "x": [end - middle for end in ends],
            "base": middle,
            "orientation": "h",
            "marker": {"color": [NEW if end > middle else CHURN for end in ends], "cornerradius": 3},
            "text": [formats.money(end, currency, short=True) if round(end - middle) else "" for end in ends],
            "textposition": "outside",
            "cliponaxis": False,
            "hoverinfo": "skip",
            "width": 0.55,
        }
        for ends in ([one.mrr_at_low_minor for one in found.swings], [one.mrr_at_high_minor for one in found.swings])
    ]
    edges = [middle, *(end for one in found.swings for end in (one.mrr_at_low_minor, one.mrr_at_high_minor))]
    margin = (max(edges) - min(edges)) * 0.22 or 1
    upright = {"type": "line", "x0": middle, "x1": middle, "xref": "x", "y0": 0, "y1": 1, "yref": "y domain"}
    names = [
        {"x": 0, "xref": "paper", "y": place - 0.46, "text": escape(label), "showarrow": False, "xanchor": "left"}
        | {"align": "left"}
        for place, label in zip(places, labels, strict=True)
    ]
    return drawn(
        bars,
        54 * len(places) + 16,
        x={"visible": False, "range": [min(edges) - margin, max(edges) + margin]},
        y={"visible": False, "range": [len(places) - 0.4, -0.75]},
        barmode="overlay",
        shapes=[upright | {"line": {"color": GREY, "width": 1}}],
        annotations=names,
    )
