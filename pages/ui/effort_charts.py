"""Pictures of effort: what each client pays against the hours it takes, with lines of equal pay for an hour; and the trend."""

from html import escape
from typing import Any

import pandas as pd

from pages.ui import drawing, formats
from pages.ui.drawing import Picture
from pages.ui.once import once
from pages.ui.palette import CHURN, FAINT, GREY, NEW

NAMED = 4
ROW = 16
MEANT = ((0.5, "half"), (1.0, "mean"), (2.0, "double"))
WANTED = ((0.5, "half"), (1.0, "target"), (2.0, "double"))


@once
def effort(rows: pd.DataFrame, currency: str, rate_minor: float, target_minor: float | None = None) -> Picture:
    """A point for each client with hours: hours across, MRR less costs up, both of one month and currency.

    Lines of equal pay stand at half, once and double the target; without one, `rate_minor`, what an hour brings on the whole.
    Orange diamonds are clients below the target, or below half of the mean; those who fall shortest of it are named.
    """
    unit, limit = (target_minor, target_minor) if target_minor else (rate_minor, rate_minor / 2)
    known = rows[rows["hourly_rate_minor"].notna()]
    shortfall = known["hours"] * (unit - known["hourly_rate_minor"].astype(float))
    known = known.assign(shortfall=shortfall).sort_values("shortfall", ascending=False)
    worked, earned = list(known["hours"]), list(known["mrr_minor"] - known["costs_minor"].fillna(0))
    widest, highest = max(worked) * 1.08, float(max(*earned, 1))
    points = _points(known, worked, earned, limit, widest, currency)
    lines = WANTED if target_minor else MEANT
    ends = [(share * unit, word, min(widest, highest * 1.06 / (share * unit))) for share, word in lines if unit > 0]
    cut = [end for end in ends if end[2] < widest]
    return drawing.drawn(
        [points],
        340 + ROW * len(cut),
        right=24 if len(cut) == len(ends) else 130,
        top=ROW * max(1, len(cut)),
        x={"range": [min(0, *worked), widest], "ticksuffix": " h", "zeroline": True, "zerolinecolor": GREY},
        y=drawing.value_axis(highest, "mrr_minor", currency) | {"range": [min(0, *earned) * 1.1, highest * 1.06]},
        shapes=[
            {
                "type": "line", "x0": 0, "y0": 0, "x1": x, "y1": rate * x, "layer": "below",
                "line": {"color": GREY if share == 1 else FAINT, "width": 1, "dash": "solid" if share == 1 else "dot"},
            }
            for (rate, _, x), (share, _) in zip(ends, lines, strict=False)
        ],
        annotations=[_label(end, cut.index(end) if end in cut else None, widest, currency) for end in ends],
    )  # fmt: skip


def _points(
    known: pd.DataFrame, worked: list[Any], earned: list[Any], limit: float, widest: float, currency: str
) -> dict[str, Any]:
    """A point a client; those whose hour brings less than `limit` are orange diamonds, and the first of them are named."""
    names, rates = list(known["client_name"]), list(known["hourly_rate_minor"])
    poor = [rate < limit for rate in rates]
    return {
        "type": "scatter",
        "x": worked,
        "y": earned,
        "mode": "markers+text",
        "text": _names(names, poor),
        "textposition": ["middle left" if x > 0.6 * widest else "middle right" for x in worked],
        "cliponaxis": False,
        "marker": {
            "size": 10,
            "color": [CHURN if is_poor else NEW for is_poor in poor],
            "symbol": ["diamond" if is_poor else "circle" for is_poor in poor],
            "opacity": 0.85,
        },
        "customdata": [
            f"{escape(str(name))}: {formats.money(rate, currency)} an hour, {formats.hours(spent)}"
            for name, rate, spent in zip(names, rates, worked, strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _names(names: list[Any], poor: list[bool]) -> list[str]:
    return [drawing.clip(escape(str(name)), 22) if poor[place] and place < NAMED else "" for place, name in enumerate(names)]


def _label(end: tuple[float, str, float], row: int | None, widest: float, currency: str) -> dict[str, Any]:
    """What a line means, at its end: above it in a row of its own where the picture's top cuts it, beside it otherwise."""
    rate, word, x = end
    return {
        "x": x,
        "y": rate * x,
        "text": f"{formats.money(round(rate), currency, short=True)}/h ({word})",
        "showarrow": False,
        "xanchor": "left" if row is None or x < 0.6 * widest else "right",
        "yanchor": "middle" if row is None else "bottom",
        "yshift": ROW * (row or 0),
        "font": {"size": 11},
    }


@once
def trend(course: pd.DataFrame, currency: str, target_minor: float | None, unfinished: str) -> Picture:
    """What an hour brought on the whole, month by month; the unfinished month is dotted, months without hours are gaps."""
    months = [formats.as_day(month) for month in course["month"]]
    rates = [None if formats.is_missing(value) else float(value) for value in course["rate_minor"]]
    texts = [formats.MISSING if rate is None else formats.money(round(rate), currency) for rate in rates]
    done = len(months) - 1 if str(course["month"].iloc[-1])[:7] == unfinished else len(months)
    base = {"type": "scatter", "mode": "lines+markers", "marker": {"color": NEW, "size": 6}, "connectgaps": False}
    base |= {"hovertemplate": "%{x|%b %Y}: %{customdata} an hour<extra></extra>"}
    lines = [base | {"x": months[:done], "y": rates[:done], "customdata": texts[:done], "line": {"color": NEW, "width": 2}}]
    if done < len(months):
        tail = slice(max(done - 1, 0), None)
        dotted = {"line": {"color": NEW, "width": 2, "dash": "dot"}}
        lines.append(base | dotted | {"x": months[tail], "y": rates[tail], "customdata": texts[tail]})
    known = [rate for rate in rates if rate is not None]
    highest = max([*known, target_minor or 0, 1]) * 1.1
    level = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": target_minor, "y1": target_minor}
    return drawing.drawn(
        lines,
        240,
        right=96,
        x=drawing.months_axis(months),
        y=drawing.value_axis(highest, "mrr_minor", currency) | {"range": [min(0, *known) * 1.1, highest]},
        shapes=[level | {"line": {"color": GREY, "width": 1, "dash": "dot"}}] if target_minor else [],
        annotations=[
            {
                "xref": "paper",
                "x": 1,
                "xanchor": "left",
                "y": target_minor,
                "text": "target",
                "showarrow": False,
                "font": {"size": 11},
            }
        ]
        if target_minor
        else [],
    )
