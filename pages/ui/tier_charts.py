"""Pictures of tiers: their mix over time, what is paid in each, and how clients move between them. Pure, as drawing.py."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from pages.ui import formats
from pages.ui.drawing import Picture, clip, drawn, line, months_axis, value_axis
from pages.ui.once import once
from pages.ui.palette import FAINT, GREY, direction, tier_colours, tier_order

_FLOWS = {1: "rgba(59, 156, 146, 0.45)", -1: "rgba(244, 180, 106, 0.55)", 0: FAINT}


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
def prices(items: pd.DataFrame, list_prices: Mapping[str, int], book: Sequence[str], currency: str) -> Picture:
    """Monthly prices paid, a row a tier: one dot an amount, labelled with how many items pay it; a line is the list price."""
    grouped = items.groupby(["tier", "mrr_minor"], as_index=False).size()
    order = tier_order(list(grouped["tier"]), list(book))
    colours = tier_colours(order, list(book))
    places = {tier: place for place, tier in enumerate(order)}
    dots = {
        "type": "scatter",
        "x": [float(amount) for amount in grouped["mrr_minor"]],
        "y": [places[tier] for tier in grouped["tier"]],
        "mode": "markers+text",
        "text": [str(size) if size > 1 else "" for size in grouped["size"]],
        "textposition": "top center",
        "marker": {
            "color": [colours[tier] for tier in grouped["tier"]],
            "size": [min(10 + 3 * size**0.5, 34) for size in grouped["size"]],
            "line": {"width": 1, "color": GREY},
        },
        "customdata": [formats.money(amount, currency) for amount in grouped["mrr_minor"]],
        "hovertemplate": "%{customdata} a month<extra></extra>",
        "cliponaxis": False,
    }
    listed = [(list_prices[tier], places[tier]) for tier in order if tier in list_prices]
    marks = [line(at, at, place - 0.4, place, 2) for at, place in listed]
    labels = [clip(escape(str(tier)), 18) for tier in order]
    y = {"tickvals": list(places.values()), "ticktext": labels, "range": [-0.7, len(order) - 0.3], "zeroline": False}
    top = float(max([*grouped["mrr_minor"], *list_prices.values()]))
    return drawn([dots], 64 * len(order) + 50, x=value_axis(top * 1.05, "mrr_minor", currency), y=y, shapes=marks)


@once
def moves(frame: pd.DataFrame, book: Sequence[str]) -> Picture:
    """Moves between tiers as a Sankey diagram: left where clients came from, right where they went, labelled with counts."""
    flows = frame.groupby(["from_tier", "to_tier"], as_index=False)["clients"].sum()
    left, right = tier_order(list(flows["from_tier"]), list(book)), tier_order(list(flows["to_tier"]), list(book))
    ways = [direction(start, to, book) for start, to in zip(flows["from_tier"], flows["to_tier"], strict=True)]
    leaving, coming = flows.groupby("from_tier")["clients"].sum(), flows.groupby("to_tier")["clients"].sum()
    names = [f"{escape(tier)} ({leaving[tier]})" for tier in left] + [f"{escape(tier)} ({coming[tier]})" for tier in right]
    colours = tier_colours(tier_order([*left, *right], list(book)), list(book))
    sankey = {
        "type": "sankey",
        "textfont": {"shadow": "none"},
        "node": {
            "label": names,
            "color": [colours[tier] for tier in [*left, *right]],
            "pad": 18,
            "thickness": 14,
            "line": {"width": 0},
            "hoverinfo": "skip",
        },
        "link": {
            "source": [left.index(tier) for tier in flows["from_tier"]],
            "target": [len(left) + right.index(tier) for tier in flows["to_tier"]],
            "value": [int(value) for value in flows["clients"]],
            "color": [_FLOWS[way] for way in ways],
            "hovertemplate": "%{value} from %{source.label} to %{target.label}<extra></extra>",
        },
    }
    return drawn([sankey], max(200, 56 * max(len(left), len(right))))
