"""Pictures: metric frame → picture. Pure: no Streamlit, no reading, no words beyond labels.

Amounts arrive in minor units of one currency. Every figure is labelled where it stands and needs no legend. The unfinished
month is hatched. A page shows a figure with `blocks.picture`, which adds the finding as its accessible name.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from pages.ui import formats
from pages.ui.drawing import Picture, clip, drawn, line, months_axis, value_axis
from pages.ui.once import once
from pages.ui.palette import GREY, KINDS, NEW, tier_colours, tier_order

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
def by_tier(mix: pd.DataFrame, book: Sequence[str], unfinished: str, value: str = "mrr_minor", currency: str = "") -> Picture:
    """Tier mix over time as stacked areas, cheapest tier of the price book below; `value` is an amount or `customers`."""
    wide = mix.set_index(["month", "tier"])[value].unstack(fill_value=0).sort_index()
    order = tier_order(list(wide.columns), list(book))
    colours = tier_colours(order, list(book))
    months = [formats.as_day(month) for month in wide.index]
    done = len(months) - 1 if str(wide.index[-1])[:7] == unfinished and len(months) > 1 else len(months)
    level, tops, areas = 0.0, [], []
    for tier in order:
        values = [float(amount) for amount in wide[tier]]
        texts = [_amount(amount, value, currency) for amount in values]
        name = escape(str(tier))
        areas.append(_area(months[:done], values[:done], texts[:done], name, colours[tier], "done"))
        if done < len(months):
            tail = _area(months[done - 1 :], values[done - 1 :], texts[done - 1 :], name, colours[tier], "so far")
            areas.append(tail | {"fillpattern": {"shape": "/", "size": 6, "fgcolor": colours[tier], "solidity": 0.4}})
        tops.append((level + values[-1] / 2, name, values[-1]))
        level += values[-1]
    highest = float(wide.sum(axis=1).max())
    labels = _end_labels(months[-1], [top for top in tops if top[2] > 0], max(highest, 1))
    return drawn(areas, 320, x=months_axis(months), y=value_axis(highest, value, currency), right=96, annotations=labels)


def _area(x: list[Any], y: list[float], texts: list[str], name: str, colour: str, stack: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "name": name,
        "stackgroup": stack,
        "mode": "lines",
        "line": {"width": 1.5, "color": colour},
        "fillcolor": colour,
        "customdata": texts,
        "hovertemplate": "%{x|%b %Y} · " + name + ": %{customdata}<extra></extra>",
    }


def _amount(value: float, column: str, currency: str) -> str:
    return formats.money(value, currency) if column.endswith("_minor") else formats.count(value)


def _end_labels(x: Any, tops: list[tuple[float, str, float]], height: float) -> list[dict[str, Any]]:
    floor, labels = 0.0, []
    for middle, name, _ in tops:
        y = max(middle, floor)
        floor = y + height * 0.065
        labels.append({"x": x, "y": y, "text": clip(name), "showarrow": False, "xanchor": "left", "xshift": 6, "align": "left"})
    return labels


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
