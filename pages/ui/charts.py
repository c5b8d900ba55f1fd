"""Pictures: metric frame → plotly figure. Pure: no Streamlit, no reading, no words beyond labels.

Amounts arrive in minor units of one currency. Every figure is labelled where it stands and needs no legend. The unfinished
month is hatched. A page shows a figure with `blocks.picture`, which adds the finding as its accessible name.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from data.money import minor_digits
from pages.ui import formats
from pages.ui.palette import CHURN, EXPANSION, FAINT, GREY, KINDS, NEW, direction, tier_colours, tier_order

ROW = 38
CUT_BELOW = 0.25
_FLOWS = {1: "rgba(59, 156, 146, 0.45)", -1: "rgba(244, 180, 106, 0.55)", 0: FAINT}


def waterfall(month: Mapping[Any, Any], currency: str) -> go.Figure:
    """One row of mrr_movements, from opening MRR through each kind of movement to closing.

    Opening and closing bars are cut short where the changes could not be seen otherwise; `layout.meta` then says `cut`.
    """
    labels, starts, ends, colours, texts = _steps(month, currency)
    low, high = min(*starts[1:-1], *ends), max(*starts[1:-1], *ends)
    floor = max(0, low - (high - low) * 0.8) if high - low < CUT_BELOW * high else 0
    starts[0] = starts[-1] = floor
    places = list(range(len(labels)))
    figure = go.Figure(
        go.Bar(
            y=places,
            x=[abs(end - start) for start, end in zip(starts, ends, strict=True)],
            base=[min(start, end) for start, end in zip(starts, ends, strict=True)],
            orientation="h",
            marker={"color": colours, "cornerradius": 3},
            text=texts,
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
            width=0.62,
            customdata=["", *KINDS, ""],
        )
    )
    for place in places[:-1]:
        figure.add_shape(
            type="line", x0=ends[place], x1=ends[place], y0=place, y1=place + 1, line={"color": GREY, "width": 1}, layer="below"
        )
    figure.update_yaxes(tickvals=places, ticktext=labels, autorange="reversed", ticks="", showgrid=False, fixedrange=True)
    figure.update_xaxes(visible=False, range=[floor, high + (high - floor) * 0.3], fixedrange=True)
    figure.update_layout(meta={"cut": floor > 0})
    return finish(figure, ROW * len(labels) + 10, left=100)


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


def by_tier(mix: pd.DataFrame, book: Sequence[str], unfinished: str, value: str = "mrr_minor", currency: str = "") -> go.Figure:
    """Tier mix over time as stacked areas, cheapest tier of the price book below; `value` is an amount or `customers`."""
    wide = mix.pivot_table(index="month", columns="tier", values=value, aggfunc="sum", fill_value=0).sort_index()
    order = tier_order(list(wide.columns), list(book))
    colours = tier_colours(order, list(book))
    months = [formats.as_day(month) for month in wide.index]
    done = len(months) - 1 if str(wide.index[-1])[:7] == unfinished and len(months) > 1 else len(months)
    figure, level, tops = go.Figure(), 0.0, []
    for tier in order:
        values = [float(amount) for amount in wide[tier]]
        texts = [_amount(amount, value, currency) for amount in values]
        name = escape(str(tier))
        figure.add_scatter(**_area(months[:done], values[:done], texts[:done], name, colours[tier], "done"))
        if done < len(months):
            tail = _area(months[done - 1 :], values[done - 1 :], texts[done - 1 :], name, colours[tier], "so far")
            figure.add_scatter(**tail | {"fillpattern": {"shape": "/", "size": 6, "fgcolor": colours[tier], "solidity": 0.4}})
        tops.append((level + values[-1] / 2, name, values[-1]))
        level += values[-1]
    _end_labels(figure, months[-1], [top for top in tops if top[2] > 0], max(wide.sum(axis=1).max(), 1))
    figure.update_yaxes(**value_axis(float(wide.sum(axis=1).max()), value, currency))
    time_axis(figure, months)
    return finish(figure, 320, right=96, left=8)


def _area(x: list[Any], y: list[float], texts: list[str], name: str, colour: str, stack: str) -> dict[str, Any]:
    return {
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


def _end_labels(figure: go.Figure, x: Any, tops: list[tuple[float, str, float]], height: float) -> None:
    floor = 0.0
    for middle, name, _ in tops:
        y = max(middle, floor)
        floor = y + height * 0.065
        figure.add_annotation(x=x, y=y, text=_clip(name), showarrow=False, xanchor="left", xshift=6, align="left")


def _clip(name: str, longest: int = 14) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"


def leavers(rates: pd.DataFrame, unfinished: str) -> go.Figure:
    """Clients lost a month: bars of `customers_churned`, each labelled with its count; the rate stands in the hover text."""
    months = [formats.as_day(month) for month in rates["month"]]
    lost = [0 if formats.is_missing(value) else int(value) for value in rates["customers_churned"]]
    hatch = ["/" if str(month)[:7] == unfinished else "" for month in rates["month"]]
    hover = [
        f"{formats.of(part, whole)} · {formats.rate(share)}"
        for part, whole, share in zip(lost, rates["customers_opening"], rates["customer_churn_rate"], strict=True)
    ]
    figure = go.Figure(
        go.Bar(
            x=months,
            y=lost,
            text=[str(value) if value else "" for value in lost],
            textposition="outside",
            cliponaxis=False,
            marker={"color": CHURN, "cornerradius": 3, "pattern": {"shape": hatch, "size": 6}},
            customdata=hover,
            hovertemplate="%{x|%b %Y}: %{customdata}<extra></extra>",
        )
    )
    figure.update_yaxes(visible=False, range=[0, max([*lost, 1]) * 1.25], fixedrange=True)
    time_axis(figure, months)
    return finish(figure, 220)


def cohorts(cells: pd.DataFrame, value: str = "clients") -> go.Figure:
    """Cohort heat map: rows are months of the first payment, columns months since; a cell is the share still in force.

    `value` is `clients` (labelled with its counts) or `mrr` (share of the first month's MRR, can be above 100 %).
    """
    part, whole = ("clients_in_force", "clients") if value == "clients" else ("mrr_minor", "mrr_start_minor")
    shares = cells.assign(share=cells[part] / cells[whole].where(cells[whole] > 0))
    wide = shares.pivot_table(index="cohort_month", columns="age_months", values="share").sort_index(ascending=False)
    counts = cells.pivot_table(index="cohort_month", columns="age_months", values=part).reindex_like(wide)
    sizes = cells.groupby("cohort_month")["clients"].max()
    texts = [
        ["" if formats.is_missing(share) else _cell(share, count, value) for share, count in zip(*pair, strict=True)]
        for pair in zip(wide.to_numpy(), counts.to_numpy(), strict=True)
    ]
    figure = go.Figure(
        go.Heatmap(
            z=wide.to_numpy().tolist(),
            x=[int(age) for age in wide.columns],
            y=[f"{formats.month(month, short=True)} ({int(sizes[month])})" for month in wide.index],
            text=texts,
            texttemplate="%{text}" if len(wide.columns) <= 13 else "",
            colorscale=[[0, "#FBEADF"], [0.5, EXPANSION], [1, NEW]],
            zmin=0,
            zmax=1,
            showscale=False,
            xgap=2,
            ygap=2,
            hovertemplate="%{y}, after %{x} months: %{z:.0%}<extra></extra>",
        )
    )
    figure.update_xaxes(side="top", title="Months since the first payment", showgrid=False, fixedrange=True, zeroline=False)
    figure.update_yaxes(autorange="reversed", showgrid=False, fixedrange=True, type="category")
    return finish(figure, 26 * len(wide) + 70, left=8, top=50)


def _cell(share: float, amount: float, value: str) -> str:
    return str(int(amount)) if value == "clients" else f"{share:.0%}"


def prices(items: pd.DataFrame, list_prices: Mapping[str, int], book: Sequence[str], currency: str) -> go.Figure:
    """Monthly prices paid, a row a tier: one dot an amount, labelled with how many items pay it; a line is the list price."""
    grouped = items.groupby(["tier", "mrr_minor"], as_index=False).size()
    order = tier_order(list(grouped["tier"]), list(book))
    colours = tier_colours(order, list(book))
    places = {tier: place for place, tier in enumerate(order)}
    figure = go.Figure(
        go.Scatter(
            x=[float(amount) for amount in grouped["mrr_minor"]],
            y=[places[tier] for tier in grouped["tier"]],
            mode="markers+text",
            text=[str(size) if size > 1 else "" for size in grouped["size"]],
            textposition="top center",
            marker={
                "color": [colours[tier] for tier in grouped["tier"]],
                "size": [min(10 + 3 * size**0.5, 34) for size in grouped["size"]],
                "line": {"width": 1, "color": GREY},
            },
            customdata=[formats.money(amount, currency) for amount in grouped["mrr_minor"]],
            hovertemplate="%{customdata} a month<extra></extra>",
            cliponaxis=False,
        )
    )
    for tier in order:
        if tier in list_prices:
            at, place = list_prices[tier], places[tier]
            figure.add_shape(type="line", x0=at, x1=at, y0=place - 0.4, y1=place, line={"color": GREY, "width": 2})
    labels = [_clip(escape(str(tier)), 18) for tier in order]
    figure.update_yaxes(
        tickvals=list(places.values()), ticktext=labels, range=[-0.7, len(order) - 0.3], showgrid=False, zeroline=False
    )
    top = float(max([*grouped["mrr_minor"], *list_prices.values()]))
    figure.update_xaxes(**value_axis(top * 1.05, "mrr_minor", currency))
    figure.update_yaxes(fixedrange=True)
    return finish(figure, 64 * len(order) + 50, left=8)


def moves(frame: pd.DataFrame, book: Sequence[str]) -> go.Figure:
    """Moves between tiers as a Sankey diagram: left where clients came from, right where they went, labelled with counts."""
    flows = frame.groupby(["from_tier", "to_tier"], as_index=False)["clients"].sum()
    left, right = tier_order(list(flows["from_tier"]), list(book)), tier_order(list(flows["to_tier"]), list(book))
    sources = [left.index(tier) for tier in flows["from_tier"]]
    targets = [len(left) + right.index(tier) for tier in flows["to_tier"]]
    ways = [direction(start, to, book) for start, to in zip(flows["from_tier"], flows["to_tier"], strict=True)]
    leaving, coming = flows.groupby("from_tier")["clients"].sum(), flows.groupby("to_tier")["clients"].sum()
    names = [f"{escape(tier)} ({leaving[tier]})" for tier in left] + [f"{escape(tier)} ({coming[tier]})" for tier in right]
    colours = tier_colours(tier_order([*left, *right], list(book)), list(book))
    figure = go.Figure(
        go.Sankey(
            textfont={"shadow": "none"},
            node={
                "label": names,
                "color": [colours[tier] for tier in [*left, *right]],
                "pad": 18,
                "thickness": 14,
                "line": {"width": 0},
                "hoverinfo": "skip",
            },
            link={
                "source": sources,
                "target": targets,
                "value": [int(value) for value in flows["clients"]],
                "color": [_FLOWS[way] for way in ways],
                "hovertemplate": "%{value} from %{source.label} to %{target.label}<extra></extra>",
            },
        )
    )
    return finish(figure, max(200, 56 * max(len(left), len(right))))


def history(months: pd.DataFrame, currency: str, unfinished: str) -> go.Figure:
    """One client's MRR at each month's end, as steps; a month without a row is 0; the unfinished one ends in an open dot."""
    known = {str(month)[:7]: float(value) for month, value in zip(months["month"], months["mrr_minor"], strict=True)}
    spanned = [str(period) for period in pd.period_range(min(known), unfinished or max(known), freq="M")]
    days, values = [formats.as_day(month) for month in spanned], [known.get(month, 0.0) for month in spanned]
    figure = go.Figure(
        go.Scatter(
            x=days,
            y=values,
            mode="lines",
            line={"shape": "hv", "width": 2, "color": NEW},
            fill="tozeroy",
            fillcolor="rgba(140, 201, 193, 0.25)",
            customdata=[formats.money(value, currency) for value in values],
            hovertemplate="%{x|%b %Y}: %{customdata}<extra></extra>",
        )
    )
    symbol = "circle-open" if spanned[-1] == unfinished else "circle"
    figure.add_scatter(
        x=days[-1:], y=values[-1:], mode="markers", marker={"color": NEW, "size": 9, "symbol": symbol}, hoverinfo="skip"
    )
    figure.update_yaxes(**value_axis(max(values), "mrr_minor", currency))
    time_axis(figure, days)
    return finish(figure, 220, left=8)


def value_axis(top: float, column: str, currency: str) -> dict[str, Any]:
    """Settings of an axis from 0 to `top`, with few ticks: money where the column is `*_minor`, else counts; no grid."""
    ticks = _ticks(top, 10 ** minor_digits(currency) if column.endswith("_minor") else 1)
    texts = [formats.money(tick, currency, short=True) if column.endswith("_minor") else formats.count(tick) for tick in ticks]
    return {
        "tickvals": ticks,
        "ticktext": texts,
        "range": [0, top * 1.06 or 1],
        "showgrid": False,
        "zeroline": True,
        "zerolinecolor": GREY,
        "fixedrange": True,
    }


def _ticks(top: float, unit: int) -> list[int]:
    step = unit
    while top / step > 4:
        digits = str(step // unit)
        step = step * 5 // 2 if digits[0] == "2" else step * 2
    return list(range(0, int(top) + 1, step))


def time_axis(figure: go.Figure, months: Sequence[Any]) -> None:
    """Label at most five of the months on the x axis, the last one among them."""
    step = max(1, -(-len(months) // 5))
    marks = list(months)[::-step][::-1]
    texts = [formats.month(month, short=True).replace(" ", "<br>") for month in marks]
    figure.update_xaxes(tickvals=marks, ticktext=texts, showgrid=False, fixedrange=True, tickangle=0)


def finish(figure: go.Figure, height: int, left: int = 8, right: int = 8, top: int = 8) -> go.Figure:
    """The figure at that height in pixels, without legend, grid, zoom or background; every picture ends here."""
    figure.update_layout(
        height=height,
        margin={"l": left, "r": right, "t": top, "b": 8},
        showlegend=False,
        hovermode="closest",
        dragmode=False,
        bargap=0.35,
        plot_bgcolor="rgba(0,0,0,0)",
        paper_bgcolor="rgba(0,0,0,0)",
        hoverlabel={"bordercolor": FAINT},
    )
    return figure
