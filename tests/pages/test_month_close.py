"""The Revenue page's month in words, closing it, what changed since, and its report."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data import closings, metrics
from pages.ui import month_review, palette
from proposals import review
from proposals.review import pictures
from tests.pages.homes import land, many_clients, own, texts

NAMES = ["Ada", "Bea"]


def last_month() -> str:
    return f"{datetime.now(UTC).date().replace(day=1) - timedelta(days=1):%Y-%m}"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two clients of 100 and 200 since three months ago."""
    land(own(tmp_path), many_clients(NAMES))
    return tmp_path


def shown(app: AppTest) -> str:
    return texts(app).replace("\\", "").replace("\N{WORD JOINER}", "")


def at_last_month(app: AppTest) -> AppTest:
    return app.selectbox(key="month").select(last_month()).run()


def button(app: AppTest):
    return next((each for each in app.button if each.label.startswith("Close ")), None)


def closed(dashboard, home: Path, note: str = "Quiet month.") -> AppTest:
    app = at_last_month(dashboard(home, "revenue.py"))
    app.text_area[0].set_value(note).run()
    return button(app).click().run()


def test_the_page_says_the_month_in_words(dashboard, home):
    app = at_last_month(dashboard(home, "revenue.py"))
    frames = review.gather(review.reader(own(home)), last_month(), "usd")
    told = review.paragraph(frames, today=datetime.now(UTC).date(), locale="en_US")
    assert "nobody’s MRR changed: it stands at $300.00" in told
    assert told in shown(app)


def test_the_unfinished_month_s_button_is_off_and_says_why(dashboard, home):
    app = dashboard(home, "revenue.py")
    assert button(app).disabled
    assert "is not over yet" in shown(app)
    assert not button(at_last_month(app)).disabled


def test_a_note_is_kept_as_it_is_written_and_stands_there_on_the_next_visit(dashboard, home):
    app = at_last_month(dashboard(home, "revenue.py"))
    app.text_area[0].set_value("Bea asked for *more*.").run()
    assert closings.saved_note(own(home), last_month()) == "Bea asked for *more*."
    again = at_last_month(dashboard(home, "revenue.py"))
    assert again.text_area[0].value == "Bea asked for *more*."


def test_closing_freezes_the_month_with_its_note_and_shows_the_day(dashboard, home):
    app = closed(dashboard, home)
    made = closings.closing(own(home), last_month())
    assert made is not None and made.note == "Quiet month."
    assert not app.exception
    assert "was closed on" in shown(app) and "Nothing of this month has changed since" in shown(app)
    assert button(app) is None, "there is nothing to close again"


def test_what_a_later_sync_changes_in_a_closed_month_is_shown_as_a_difference(dashboard, home):
    closed(dashboard, home)
    land(own(home), many_clients([*NAMES, "Cyd"]))
    app = dashboard(home, "revenue.py")
    assert "Changed since closed" in app.warning[0].value and "+$300.00" in app.warning[0].value.replace("\\", "")
    app = at_last_month(app)
    tables = {tuple(frame.value.columns): frame.value for frame in app.dataframe}
    figures = tables["name", "closed", "now", "difference"].set_index("name")
    assert figures.loc["Closing MRR"].tolist() == ["$300.00", "$600.00", "+$300.00"]
    assert figures.loc["Customers at the end"].tolist() == ["2", "3", "+1"]
    clients = next(frame for names, frame in tables.items() if "closed_mrr_minor" in names)
    assert clients.to_numpy().tolist()[0][:5] == ["Cyd", 0, 30_000, 30_000, "subscription started"]
    button(app).click().run()
    assert [each.revision for each in closings.closings(own(home), last_month())] == [1, 2]
    assert metrics.read(own(home), "restatements").empty


def test_the_report_can_be_downloaded_as_html_pdf_and_tables(dashboard, home):
    app = dashboard(home, "revenue.py")
    labels = [element.proto.label for element in app.get("download_button")]
    assert [label for label in labels if label.startswith("Download report") or "tables" in label] == [
        "Download report (HTML)",
        "Download report (PDF)",
        "Download tables (CSV)",
    ]
    language = app.segmented_control(key="report_language")
    assert list(language.options) == [
        "English",
        "Français",
        "Română",
    ]
    assert not language.set_value("ro").run().exception


def test_a_client_s_name_is_no_markup_in_the_paragraph(dashboard):
    app = dashboard("one client", "revenue.py")
    told = next(each.value for each in app.markdown if "All MRR comes from one client" in each.value)
    assert "\\<script\\>" in told and "<script>" not in told and ":red[" not in told


def test_restated_months_are_named_with_what_it_did_to_their_mrr():
    columns = ["month", "currency", "figure", "difference"]
    rows = [
        ("2026-09", "usd", "closing_minor", -5_000),
        ("2026-09", "usd", "customers_new", 1),
        ("2026-10", "eur", "new_minor", 7),
    ]
    told = month_review.restated_months(pd.DataFrame(rows, columns=columns))
    assert told == "September 2026 in USD (MRR −$50.00) and October 2026 in EUR (same MRR)"
    assert month_review.restated_months(pd.DataFrame(columns=columns)) == ""


def test_a_report_s_colours_are_those_of_the_pages():
    assert {kind: colour for kind, (_, colour, _) in palette.KINDS.items()} == {
        kind: pictures.COLOURS[kind] for kind in palette.KINDS
    }
    assert (pictures.TIERS, pictures.OUTSIDE_BOOK) == (palette.TIERS, palette.OUTSIDE_BOOK)
