"""How long clients stay, as a curve in HTML: the share still there by age, and a band for the truth. Pure, as markup.py."""

from typing import Any

import pandas as pd

from data.frames import records
from pages.ui import formats, palette
from pages.ui.markup import SMALL, Html, image, tag
from pages.ui.once import once
from pages.ui.palette import FAINT, GREY, NEW

CURVE = 200  # pixels from 0 to 100 %


@once
def survival(curve: pd.DataFrame, theme: str, finding: str) -> Html:
    """Survival steps of one currency, a year of age marked with its share; the band holds the truth with 95 % probability."""
    known = curve.sort_values("age_months")
    ink = palette.lit(NEW, theme)
    oldest = max(1, int(known["age_months"].max()))
    within = [
        *(_level(share) for share in (0.0, 0.5, 1.0)),
        image(_curve(known, oldest, ink), "position:absolute;left:0;top:-2%;width:100%;height:104%;max-width:none"),
        *(_mark(row, oldest, ink) for row in records(known) if row["age_months"] and row["age_months"] % 12 == 0),
        *(_told(row, oldest) for row in records(known)),
        *(_age(age, oldest) for age in range(0, oldest + 1, 12 if oldest > 24 else 6 if oldest > 8 else 1)),
    ]
    plot = tag("div", *within, style=f"position:relative;height:{CURVE}px")
    axis = tag("div", "Months since the first payment", style="text-align:center;padding-top:1.6rem")
    return tag("div", plot, axis, role="img", aria_label=finding, style=f"padding:1.2rem 1.4rem 0 3.2rem;{SMALL}")


def _curve(known: pd.DataFrame, oldest: int, ink: str) -> str:
    """The steps and their band in a box of `oldest` by 100, stretched to where it is shown, with room for the line's width."""
    ages = [int(age) for age in known["age_months"]]
    band = known[known["low"].notna()]
    edges = [int(age) for age in band["age_months"]]
    high, low = (_steps(edges, [float(share) for share in band[name]]) for name in ("high", "low"))
    there, back = " L".join(high), " L".join(reversed(low))
    filled = f'<path d="M{there} L{back} Z" fill="#3B9C92" opacity="0.22"/>' if edges else ""
    line = " L".join(_steps(ages, [float(share) for share in known["surviving_share"]]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -2 {oldest} 104" preserveAspectRatio="none">{filled}'
        f'<path d="M{line}" fill="none" stroke="{ink}" stroke-width="2" vector-effect="non-scaling-stroke"/></svg>'
    )


def _steps(ages: list[int], shares: list[float]) -> list[str]:
    """Points along a stair that keeps each share until the next age."""
    points: list[str] = []
    for place, (age, share) in enumerate(zip(ages, shares, strict=True)):
        if place:
            points.append(f"{age},{100 - 100 * shares[place - 1]:.2f}")
        points.append(f"{age},{100 - 100 * share:.2f}")
    return points


def _level(share: float) -> Html:
    ends = f"border-top:1px solid {GREY if not share else FAINT}"
    name = tag("div", formats.rate(share, 0), style="position:absolute;right:calc(100% + 8px);top:-0.6rem")
    return tag("div", name, style=f"position:absolute;left:0;right:0;top:{100 - 100 * share:.0f}%;{ends}")


def _mark(row: dict[Any, Any], oldest: int, ink: str) -> Html:
    look = f"position:absolute;left:-4px;top:-4px;width:8px;height:8px;border-radius:4px;background:{ink}"
    side = "right:2px" if row["age_months"] > 0.9 * oldest else "left:6px"
    share = tag("div", formats.rate(row["surviving_share"], 0), style=f"position:absolute;{side};bottom:5px")
    return tag("div", tag("div", style=look), share, style=_place(row, oldest))


def _place(row: dict[Any, Any], oldest: int) -> str:
    across, down = 100 * row["age_months"] / oldest, 100 - 100 * row["surviving_share"]
    return f"position:absolute;left:{across:.2f}%;top:{down:.2f}%"


def _told(row: dict[Any, Any], oldest: int) -> Html:
    """The column of an age, empty but for what it says."""
    share, seen = formats.rate(row["surviving_share"], 0), formats.count(row["at_risk"], "client")
    width, across = 100 / oldest, 100 * (row["age_months"] - 0.5) / oldest
    said = f"After {formats.count(row['age_months'], 'month')}: {share}, {seen} seen so long"
    return tag("div", title=said, style=f"position:absolute;top:0;bottom:0;left:{across:.2f}%;width:{width:.2f}%")


def _age(age: int, oldest: int) -> Html:
    place = f"position:absolute;left:{100 * age / oldest:.2f}%;top:calc(100% + 6px);transform:translateX(-50%)"
    return tag("div", formats.count(age), style=place)
