"""Static pictures as SVG: numbers and labels in, text out; no script, no style of its own, nothing fetched.

Each shape has its colour as an attribute (what a PDF shows) and a class (by which a page gives it the theme's colours).
Pictures are drawn narrow, so that their letters stay readable on a telephone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

WIDTH = 460
ROW = 27
LETTER = 7.7  # of a wide font at this size, so that no text meets the edge
LONGEST_LABEL = 18
INK, GREY, LINE = "#25302D", "#8A9793", "#C9D1CE"
COLOURS = {
    "opening": GREY,
    "new": "#0F766E",
    "reactivation": "#3B9C92",
    "expansion": "#8CC9C1",
    "contraction": "#F4B46A",
    "churn": "#C2500D",
    "closing": GREY,
}
TIERS = ("#A9C3EA", "#6C97D6", "#3A69B0", "#7A5FB5", "#A98BD6")
OUTSIDE_BOOK = ("#B9A98F", "#94866F", "#C9BFAE", "#7D7263")
CUT_BELOW = 0.25


@dataclass(frozen=True)
class Bar:
    """A horizontal bar from `start` to `end`, with its label before and its amount behind it."""

    label: str
    start: int
    end: int
    text: str
    kind: str = "opening"


def steps(bars: Sequence[Bar], about: str) -> tuple[str, bool]:
    """A waterfall, the first and last bar standing on zero; and whether those two were cut short to show the changes."""
    inner = [value for bar in bars[1:-1] for value in (bar.start, bar.end)] + [bars[0].end, bars[-1].end]
    low, high = min(inner), max(inner)
    floor = max(0, low - round((high - low) * 0.8)) if high - low < CUT_BELOW * high else 0
    cut = [Bar(bar.label, max(bar.start, floor), max(bar.end, floor), bar.text, bar.kind) for bar in bars]
    return _bars(cut, floor, high, about, linked=True), floor > 0


def lengths(bars: Sequence[Bar], about: str) -> str:
    """Bars that all stand on zero."""
    return _bars(bars, 0, max(bar.end for bar in bars), about, linked=False)


def _bars(bars: Sequence[Bar], floor: int, high: int, about: str, *, linked: bool) -> str:
    labels = [clip(bar.label, LONGEST_LABEL) for bar in bars]
    left, right = (max(map(len, texts)) * LETTER + 12 for texts in (labels, [bar.text for bar in bars]))
    room = (WIDTH - left - right) / max(high - floor, 1)
    parts = []
    for place, bar in enumerate(bars):
        low, top = sorted(left + (value - floor) * room for value in (bar.start, bar.end))
        y = place * ROW + 4
        parts.append(_text(left - 8, y + 14, labels[place], "end"))
        if top > low:
            parts.append(_rect(low, y, max(top - low, 1), ROW - 9, COLOURS[bar.kind], bar.kind))
        parts.append(_text(top + 6, y + 14, bar.text, "start"))
        if linked and place + 1 < len(bars):
            x = left + (bar.end - floor) * room
            parts.append(_line(x, y, x, y + ROW + ROW - 9))
    return _svg(len(bars) * ROW + 4, parts, about)


def columns(
    months: Sequence[str],
    values: Mapping[str, Sequence[int]],
    colours: Mapping[str, str],
    top_text: str,
    about: str,
    *,
    is_unfinished: bool,
) -> str:
    """Stacked columns, a month each, from the first name of `values` up; the last one is hatched where it is unfinished.

    `top_text` is the amount of the highest column, which a line marks.
    """
    left, right, top, bottom = 4, 112, 22, 206
    totals = [sum(series[place] for series in values.values()) for place in range(len(months))]
    room, pitch = (bottom - top) / max(*totals, 1), min((WIDTH - left - right) / len(months), 56)
    end = left + pitch * len(months)
    parts = [_line(left, top, end, top), _text(left, top - 6, top_text, "start")]
    level = [0.0] * len(months)
    ends: list[tuple[float, str]] = []
    for name, series in values.items():
        for place, value in enumerate(series):
            height = value * room
            y = bottom - level[place] - height
            if value > 0:
                parts.append(_rect(left + place * pitch + 1.5, y, pitch - 3, height, colours[name], ""))
            level[place] += height
        if series[-1] > 0:
            ends.append((bottom - level[-1] + series[-1] * room / 2, name))
    if is_unfinished:
        x, height = left + (len(months) - 1) * pitch + 1.5, level[-1]
        parts.append(_hatch(x, bottom - height, pitch - 3, height))
    parts += [_text(end + 6, y + 4, clip(name, 14), "start") for y, name in _apart(ends, 16, bottom)]
    parts.append(_line(left, bottom, end, bottom))
    for place in _marked(len(months)):
        x, anchor = (left, "start") if not place else (left + (place + 0.5) * pitch, "middle")
        parts.append(_text(x, bottom + 16, months[place], anchor))
    return _svg(bottom + 24, parts, about)


def tier_colours(tiers: Sequence[str], book: Sequence[str]) -> dict[str, str]:
    """A colour for each tier: the ramp for those of the price book, by their place in it; sand for the others."""
    others = [tier for tier in tiers if tier not in book]
    ramp = {tier: TIERS[place % len(TIERS)] for place, tier in enumerate(book)}
    return ramp | {tier: OUTSIDE_BOOK[place % len(OUTSIDE_BOOK)] for place, tier in enumerate(others)}


def clip(text: str, longest: int) -> str:
    """The text, cut where it is longer."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _marked(number: int) -> list[int]:
    """Places of at most five labels, the last one among them."""
    step = max(1, -(-number // 4))
    return sorted(range(number - 1, -1, -step))


def _apart(ends: Sequence[tuple[float, str]], least: float, bottom: float) -> list[tuple[float, str]]:
    placed: list[tuple[float, str]] = []
    floor = bottom
    for y, name in ends:
        at = min(y, floor)
        placed.append((at, name))
        floor = at - least
    return placed


def _hatch(x: float, y: float, width: float, height: float) -> str:
    lines = []
    for offset in range(0, int(width + height), 6):
        x0, y0 = x + max(0, offset - height), y + min(offset, height)
        x1, y1 = x + min(offset, width), y + max(0, offset - width)
        lines.append(f"M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}")
    return f'<path class="hatch" d="{"".join(lines)}" stroke="#FFFFFF" stroke-width="1.6" fill="none"/>'


def _rect(x: float, y: float, width: float, height: float, colour: str, kind: str) -> str:
    mark = f' class="{kind}"' if kind else ""
    return f'<rect{mark} x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="2" fill="{colour}"/>'


def _line(x: float, y: float, x2: float, y2: float) -> str:
    return f'<path class="line" d="M{x:.1f} {y:.1f}L{x2:.1f} {y2:.1f}" stroke="{LINE}" stroke-width="1" fill="none"/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text class="ink" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{INK}">{escape(text)}</text>'


def _svg(height: float, parts: Sequence[str], about: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label={quoteattr(about)} '
        f'font-family="Libertinus Serif" font-size="13">{"".join(parts)}</svg>'
    )
