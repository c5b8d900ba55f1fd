"""The churn page's pictures show what their frames hold, to those who see them and to those who do not."""

import re
from html import unescape
from xml.etree import ElementTree

import pandas as pd
import pytest

from pages.ui import churn_pictures, cohort_grid, formats, palette, survival_curve
from pages.ui.markup import Html, tag


@pytest.fixture(autouse=True)
def american(monkeypatch):
    monkeypatch.setattr(formats, "reader_locale", lambda: "en_US")


def parsed(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(re.sub(r"<img ([^>]*)>", r"<img \1/>", html))


def titles(html: str) -> list[str]:
    return [part.get("title", "") for part in parsed(html).iter() if part.get("title")]


def words(html: str) -> list[str]:
    return [part.text for part in parsed(html).iter() if part.text]


def test_text_is_escaped_and_html_is_not():
    assert tag("div", "a < b", tag("b", "&"), title='"') == '<div title="&quot;">a &lt; b<b>&amp;</b></div>'
    assert isinstance(tag("div"), Html)


RATES = pd.DataFrame(
    {
        "month": ["2026-09", "2026-10", "2026-11"],
        "customers_churned": [2, 0, 1],
        "customers_opening": [50, 48, 48],
        "customer_churn_rate": [0.04, 0.0, 1 / 48],
    }
)


def test_leavers_are_counted_over_their_month_and_say_their_rate():
    drawn = churn_pictures.leavers(RATES, "2026-11", "3 left")
    assert titles(drawn) == ["Sep 2026: 2 of 50 · 4.0%", "Oct 2026: 0 of 48 · 0.0%", "Nov 2026: 1 of 48 · 2.1%"]
    assert words(drawn)[:2] == ["2", "1"]
    assert re.findall(r"height:(\d+)px;background", drawn) == ["150", "75"]


def test_the_month_that_runs_is_hatched_among_the_leavers():
    assert churn_pictures.leavers(RATES, "2026-11", "").count("repeating-linear-gradient") == 1
    assert "repeating-linear-gradient" not in churn_pictures.leavers(RATES, "2026-12", "")


def test_at_most_five_months_are_named_and_the_last_is_one_of_them():
    months = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)]
    year = pd.concat([RATES.iloc[:1]] * 24).assign(month=months)
    named = [word for word in words(churn_pictures.leavers(year, "", "")) if word.isalpha()]
    assert len(named) == 5 and named[-1] == "Dec"


def test_reasons_are_bars_in_order_and_a_reason_is_shown_letter_by_letter():
    counted = pd.DataFrame({"reason": ["<script>x</script>", "too expensive"], "clients": [1, 3]})
    drawn = churn_pictures.reasons(counted, "Why")
    assert words(drawn) == ["Too expensive", "3", "<script>x</script>", "1"]
    assert "<script" not in drawn
    assert re.findall(r"width:([\d.]+)%;height", drawn) == ["90.0", "30.0"]


CURVE = pd.DataFrame(
    {
        "age_months": [0, 6, 12],
        "surviving_share": [1.0, 0.8, 0.8],
        "at_risk": [10, 8, 1],
        "low": [None, 0.6, 0.5],
        "high": [None, 0.9, 0.9],
    }
)


def test_survival_marks_a_year_with_its_share_and_tells_each_age_with_how_many_were_seen():
    drawn = survival_curve.survival(CURVE, "light", "80% stay")
    assert titles(drawn) == [
        "After 0 months: 100%, 10 clients seen so long",
        "After 6 months: 80%, 8 clients seen so long",
        "After 12 months: 80%, 1 client seen so long",
    ]
    assert words(drawn) == ["0%", "50%", "100%", "80%", "0", "6", "12", "Months since the first payment"]


def test_the_survival_line_falls_at_the_age_and_its_band_begins_with_the_first_who_left():
    drawn = survival_curve._curve(CURVE, 12, palette.NEW)
    line = drawn.split('<path d="')[2].split('"')[0]
    band = drawn.split('<path d="')[1].split('"')[0]
    assert line == "M0,0.00 L6,0.00 L6,20.00 L12,20.00 L12,20.00"
    assert band.startswith("M6,10.00") and band.endswith("L6,40.00 Z")


def test_the_survival_line_is_lit_in_dark():
    assert palette.LIT[palette.NEW] in survival_curve.survival(CURVE, "dark", "")
    assert palette.LIT[palette.NEW] not in survival_curve.survival(CURVE, "light", "")


@pytest.mark.parametrize(
    "picture", [churn_pictures.leavers(RATES, "", "<3 left"), survival_curve.survival(CURVE, "", "<3 left")]
)
def test_a_picture_is_named_by_its_finding(picture):
    root = parsed(picture)
    assert (root.get("role"), root.get("aria-label")) == ("img", "<3 left")


CELLS = pd.DataFrame(
    {
        "cohort_month": ["2026-09", "2026-09", "2026-10"],
        "age_months": [0, 1, 0],
        "clients": [4, 4, 1],
        "clients_in_force": [4, 3, 1],
        "mrr_start_minor": [100, 100, 50],
        "mrr_minor": [100, 120, 50],
    }
)


def rows(html: str) -> dict[str, list[str]]:
    """Cells of each row by its head, without the empty ones."""
    body = parsed(html).find("tbody")
    return {row.find("th").text: [cell.text for cell in row.iter("td") if cell.text] for row in body.iter("tr")}


def test_a_cohort_cell_is_what_is_still_in_force_under_its_age():
    assert rows(cohort_grid.cohorts(CELLS, "clients", "")) == {"Oct 2026 (1)": ["1"], "Sep 2026 (4)": ["4", "3"]}
    assert rows(cohort_grid.cohorts(CELLS, "mrr", "")) == {"Oct 2026 (1)": ["100%"], "Sep 2026 (4)": ["100%", "120%"]}
    assert "Sep 2026, after 1 month: 75%, 3 of 4 clients" in unescape(cohort_grid.cohorts(CELLS, "clients", ""))


def test_a_cohort_without_mrr_has_no_share_of_mrr():
    free = CELLS.assign(mrr_start_minor=[0, 0, 50])
    assert list(rows(cohort_grid.cohorts(free, "mrr", ""))) == ["Oct 2026 (1)"]
    assert rows(cohort_grid.cohorts(free.assign(mrr_start_minor=0), "mrr", "")) == {}


@pytest.mark.parametrize("oldest", [0, 9, 10, 37, 240])
def test_no_more_ages_have_a_column_than_fit_a_telephone_and_a_young_account_shows_all(oldest):
    shown = list(cohort_grid.ages(oldest))
    assert 1 <= len(shown) <= 10 and shown[0] == 0 and shown[-1] <= oldest
    assert len(shown) == oldest + 1 or oldest >= 10


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [part / 255 for part in palette.channels(colour)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_each_share_s_figure_can_be_read_on_its_colour():
    grounds = [cohort_grid.colour(step / 100) for step in range(0, 201)]
    assert (grounds[0], grounds[50], grounds[100], grounds[200]) == (
        palette.CONTRACTION,
        palette.EXPANSION,
        palette.NEW,
        palette.NEW,
    )
    assert min(contrast(ground, palette.on(ground)) for ground in grounds) >= 4.5
