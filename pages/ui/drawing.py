"""What every picture is made of: traces and layout as plain dicts, in one dress, and the axes that they share.

Plotly checks a figure's every property when it is made, which takes longer than a page's whole script. What is drawn here is
right because the tests let plotly check it, so that the dicts go to the browser as they are.

Pictures are pure (`*_charts.py`): a metric's frame in, with amounts in minor units of one currency, and a Picture out, each
figure labelled where it stands, the unfinished month hatched. A page shows one with `blocks.picture`, under its finding.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import plotly.io
from plotly.basedatatypes import BaseFigure
from plotly.graph_objects import Figure

from data.money import minor_digits
from pages.ui import formats
from pages.ui.palette import FAINT, GREY, LIT


class Picture(BaseFigure):
    """A figure of plotly's that nobody has checked; `data` are its traces, `layout` its layout, both as plain dicts."""

    def __init__(self, data: list[dict[str, Any]], layout: dict[str, Any]) -> None:
        self._traces, self._layout = data, layout

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    @property
    def data(self) -> list[dict[str, Any]]:
        """The traces."""
        return self._traces

    @property
    def layout(self) -> dict[str, Any]:
        """The layout, without the template of whoever shows it."""
        return self._layout

    def to_dict(self) -> dict[str, Any]:
        """What plotly sends to the browser, in the template that is in force."""
        return {"data": self._traces, "layout": {"template": _template(plotly.io.templates.default), **self._layout}}

    def inked(self, colour: str, *, is_dark: bool = False) -> "Picture":
        """The same with its letters in that colour, except those that have their own; lines and points are lit in dark."""
        axes = {name: _inked(self._layout[name], colour) for name in ("xaxis", "yaxis")}
        traces = [_lit(trace) for trace in self._traces] if is_dark else self._traces
        return Picture(traces, {**self._layout, "font": {"color": colour}, **axes})

    def checked(self) -> Figure:
        """The same as plotly's own figure; ValueError where a property is unknown or its value makes no sense."""
        return Figure(data=self._traces, layout=self._layout)


def _inked(axis: dict[str, Any], colour: str) -> dict[str, Any]:
    ink = {"font": {"color": colour}}
    return {**axis, "tickfont": ink["font"], "title": axis.get("title", {}) | ink}


def _lit(trace: dict[str, Any]) -> dict[str, Any]:
    if trace["type"] != "scatter":
        return trace
    styles = {name: trace[name] for name in ("line", "marker") if "color" in trace.get(name, {})}
    return trace | {name: style | {"color": _light(style["color"])} for name, style in styles.items()}


def _light(colour: Any) -> Any:
    return LIT.get(colour, colour) if isinstance(colour, str) else [LIT.get(each, each) for each in colour]


@cache
def _template(name: str) -> dict[str, Any]:
    made: dict[str, Any] = plotly.io.templates[name].to_plotly_json()
    return made


def drawn(
    data: list[dict[str, Any]],
    height: int,
    *,
    x: Mapping[str, Any] | None = None,
    y: Mapping[str, Any] | None = None,
    left: int = 8,
    right: int = 8,
    top: int = 8,
    **layout: Any,
) -> Picture:
    """A figure of these traces at that height in pixels, without legend, grid, zoom or background."""
    still = {"showgrid": False, "fixedrange": True}
    dress = {
        "height": height,
        "margin": {"l": left, "r": right, "t": top, "b": 8},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "bargap": 0.35,
        "plot_bgcolor": "rgba(0,0,0,0)",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "hoverlabel": {"bordercolor": FAINT},
        "xaxis": still | dict(x or {}),
        "yaxis": still | dict(y or {}),
    }
    return Picture(data, dress | layout)


def value_axis(top: float, column: str, currency: str) -> dict[str, Any]:
    """Settings of an axis from 0 to `top`, with few ticks: money where the column is `*_minor`, else counts; no grid."""
    ticks = _ticks(top, 10 ** minor_digits(currency) if column.endswith("_minor") else 1)
    texts = [formats.money(tick, currency, short=True) if column.endswith("_minor") else formats.count(tick) for tick in ticks]
    return {
        "tickvals": ticks,
        "ticktext": texts,
        "range": [0, top * 1.06 or 1],
        "showgrid": False,
        "fixedrange": True,
        "zeroline": True,
        "zerolinecolor": GREY,
    }


def _ticks(top: float, unit: int) -> list[int]:
    step = unit
    while top / step > 4:
        digits = str(step // unit)
        step = step * 5 // 2 if digits[0] == "2" else step * 2
    return list(range(0, int(top) + 1, step))


def months_axis(months: Sequence[Any]) -> dict[str, Any]:
    """Settings of a time axis that labels at most five of the months, the last one among them."""
    step = max(1, -(-len(months) // 5))
    marks = list(months)[::-step][::-1]
    texts = [formats.month(month, short=True).replace(" ", "<br>") for month in marks]
    return {"tickvals": marks, "ticktext": texts, "tickangle": 0}


def line(x0: float, x1: float, y0: float, y1: float, width: int) -> dict[str, Any]:
    """A straight grey line between two points of the axes."""
    return {"type": "line", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "line": {"color": GREY, "width": width}}


def clip(name: str, longest: int = 14) -> str:
    """A name that fits beside a picture."""
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"
