"""A headline figure: its label, the figure, its change, its trend.

All of it is one piece of Markdown, the trend a picture within it. The browser draws Markdown with the page's first stroke; any
other element has code of its own to fetch, and what waits for code stands half a second after the page's head at the earliest.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import streamlit as st

from data import in_locale
from pages.ui import formats, palette

WIDTH, HEIGHT, EDGE = 220, 40, 3


def figure(
    label: str,
    value: str,
    row: Mapping[Any, Any] | None = None,
    name: str = "",
    *,
    currency: str = "",
    trend: Iterable[float] | None = None,
    help: str = "",
    good: str = "up",
    note: str = "",
    why: str = "",
) -> None:
    """One headline figure with its change against the month before and the same month a year before, and its trend.

    `row` is a row of revenue_summary, `name` the column of the figure; `good` says which way is welcome: up, down or neither.
    `note` stands under a figure that has no year to compare with; `why` is the anchor of the rows behind it.
    Label, note and help are Markdown, the value is plain text.
    """
    step, year = (
        (formats.change(row[name], row[f"{span}_{name}"], currency) for span in ("prev", "year")) if row else (None, None)
    )
    before, year_before = formats.earlier_months(row["month"]) if row else ("", "")
    falls = str(step).startswith(in_locale.MINUS)
    welcome = "gray" if good == "neither" or not step else "green" if falls == (good == "down") else "red"
    points = [float(each) for each in trend if not formats.is_missing(each)] if trend is not None else []
    link = f" :small[[Why?](#{why})]" if why else ""
    parts = [f":small[:gray[{label}]]\\\n{formats.plain(value) or formats.MISSING}\n---"]
    if step is not None:
        arrow = "↓ " if falls else "↑ " if step else ""
        parts.append(f":{welcome}-badge[{formats.plain(f'{arrow}{step}')}] :small[:gray[vs {before}]]{link}")
    if len(set(points)) > 1:  # a line that never moved says less than the figure, and looks like zero
        parts.append(f"![{label}, the last {len(points)} months]({_line(tuple(points), welcome, str(st.context.theme.type))})")
    told = note or (_against(year, year_before) if row else "")
    parts += [f":small[:gray[{told}]]{link if step is None else ''}"] if told else []
    st.markdown("\n\n".join(parts), help=help or None, anchors=False)


def _against(year: object, year_before: str) -> str:
    return "No figure a year before" if year is None else formats.plain(f"{year or '±0'} vs {year_before}")


@lru_cache(maxsize=500)
def _line(points: tuple[float, ...], welcome: str, theme: str) -> str:
    """The address of a picture that holds itself: a line through these values, its lowest at the bottom."""
    low, high = min(points), max(points)
    across, up = (WIDTH - 2 * EDGE) / (len(points) - 1), (HEIGHT - 2 * EDGE) / ((high - low) or 1)
    spots = [f"{EDGE + across * place:.1f},{HEIGHT - EDGE - up * (value - low):.1f}" for place, value in enumerate(points)]
    ink = palette.trend(welcome, theme)
    path, (x, y) = " ".join(spots), spots[-1].split(",")
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<polygon points="{EDGE},{HEIGHT} {path} {x},{HEIGHT}" fill="{ink}" opacity="0.12"/>'
        f'<polyline points="{path}" fill="none" stroke="{ink}" stroke-width="2" stroke-linejoin="round"/>'
        f'<circle cx="{x}" cy="{y}" r="3" fill="{ink}"/></svg>'
    )
    return f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}"
