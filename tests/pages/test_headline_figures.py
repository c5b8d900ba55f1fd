"""Headline figures: one piece of Markdown each, drawn with the page's first stroke, and the rest of a page after it."""

import base64
import re
import time
from xml.etree import ElementTree

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.ui import answer_first
from tests.pages.figures_shown import figures
from tests.pages.homes import HOSTILE

ROW = {"month": "2026-11", "mrr_minor": 1_855_820, "prev_mrr_minor": 1_830_720, "year_mrr_minor": 930_320}


def card(**given):
    def script(given):
        from pages.ui import blocks

        blocks.figure(**given)

    app = AppTest.from_function(script, kwargs={"given": given}).run()
    assert not app.exception
    return app


def points(app):
    """Where the trend's line goes, as pairs; None where there is no trend."""
    found = re.search(r"!\[(.*)\]\(data:image/svg\+xml;base64,(.*)\)", app.markdown[0].value)
    if not found:
        return None
    drawn = ElementTree.fromstring(base64.b64decode(found[2]))
    line = drawn.find("{http://www.w3.org/2000/svg}polyline")
    return [tuple(map(float, spot.split(","))) for spot in line.get("points").split()]


def test_a_figure_says_its_change_against_the_month_and_the_year_before_and_what_it_means():
    app = card(label="MRR", value="$18.6k", row=ROW, name="mrr_minor", currency="usd", help="What clients pay a month.")
    (figure,) = figures(app)
    assert (figure.label, figure.value, figure.help) == ("MRR", "$18.6k", "What clients pay a month.")
    assert (figure.delta, figure.colour) == ("↑ +$251", "green")
    assert "vs Oct" in app.markdown[0].value and "vs Nov 2025" in app.markdown[0].value


@pytest.mark.parametrize(("good", "colour"), [("up", "red"), ("down", "green"), ("neither", "gray")])
def test_a_fall_is_welcome_only_where_less_is_better(good, colour):
    fallen = {**ROW, "prev_mrr_minor": 1_900_000}
    (figure,) = figures(card(label="MRR", value="1", row=fallen, name="mrr_minor", currency="usd", good=good))
    assert figure.delta.startswith("↓ −") and figure.colour == colour


def test_a_trend_goes_from_the_lowest_value_at_the_bottom_to_the_highest_on_top():
    drawn = points(card(label="MRR", value="1", note="so far", trend=[10, 30, float("nan"), 20]))
    (first, low), (_, high), (last, middle) = drawn
    assert low > middle > high >= 0 and middle == pytest.approx((low + high) / 2) and first < last


def test_a_figure_without_a_month_of_its_own_is_compared_with_nothing():
    app = card(label="Account", value="Studio")
    assert "a year before" not in app.markdown[0].value
    assert (
        "No figure a year before"
        in card(label="MRR", value="1", row={**ROW, "year_mrr_minor": None}, name="mrr_minor").markdown[0].value
    )


def test_one_month_has_no_trend_nor_have_months_that_are_equal():
    assert points(card(label="MRR", value="1", note="first", trend=[10])) is None
    assert points(card(label="MRR", value="1", note="same", trend=[10, 10, 10])) is None


def test_a_value_of_others_is_shown_letter_by_letter():
    (figure,) = figures(card(label="Client", value=HOSTILE, note="one"))
    assert figure.value == HOSTILE


def test_what_is_heavy_waits_once_in_a_browser_s_visit_and_never_without_a_browser(monkeypatch):
    waited = []
    monkeypatch.setattr(time, "sleep", lambda seconds: waited.append(seconds))

    def script():
        from pages.ui import answer_first

        answer_first.pause()
        answer_first.pause()

    app = AppTest.from_function(script).run()
    assert answer_first.BLINK not in waited
    monkeypatch.setattr(type(st.context), "timezone", "Europe/Paris")
    app.run().run()
    assert waited.count(answer_first.BLINK) == 1


def test_a_figure_that_is_not_known_says_so():
    assert [each.value for each in figures(card(label="Hours", value=""))] == ["n/a"]
