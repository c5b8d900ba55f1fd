"""The one style sheet of the dashboard: what it changes in dark, and that it changes nothing in light."""

import re
import tomllib

from pages.ui import dark_choices
from tests.pages.homes import SHELL

THEME = tomllib.loads((SHELL.parents[1] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
FOUND = re.search(r"light-dark\((#\w+), (#\w+)\)", dark_choices._STYLE)
assert FOUND
LIGHT, DARK = FOUND.groups()


def channels(colour: str) -> list[float]:
    return [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]


def brightness(colour: list[float]) -> float:
    """The relative luminance of WCAG 2.1."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_selected_choice_can_be_read_in_dark_and_keeps_the_colour_of_the_theme_in_light():
    colours = [channels(THEME["dark"][name]) for name in ("primaryColor", "backgroundColor")]
    for share in (0.1, 0.2):  # what Streamlit fills it with, at rest and under the pointer
        filled = [share * colour + (1 - share) * page for colour, page in zip(*colours, strict=True)]
        assert (brightness(channels(DARK)) + 0.05) / (brightness(filled) + 0.05) >= 4.5
    assert THEME["light"]["primaryColor"] == LIGHT


def test_every_page_brings_the_style_along(dashboard):
    assert any("light-dark" in one.proto.body for one in dashboard("empty", "today.py").get("html"))
