"""The monthly review in a browser: write a note, close the month, take the report home, and open it."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page

from tests.browser.dashboard import settled

pytestmark = pytest.mark.browser
NOTE = "Raise *Essential* in January?"


@pytest.fixture
def month(serve: Callable[..., str], visit: Callable[..., Page]) -> Page:
    """That month in a dashboard of its own, since a closed month stays closed."""
    page = visit(f"{serve()}/revenue?month=March+2026")
    page.get_by_text("Close the month", exact=True).wait_for()
    return page


def saved(page: Page, label: str, folder: Path) -> Path:
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name=label).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_a_month_is_closed_with_its_note_and_its_report_opens_by_itself(
    month: Page, visit: Callable[..., Page], tmp_path: Path
) -> None:
    month.get_by_role("textbox", name="Your note on this month").fill(NOTE)
    settled(month)
    month.get_by_text("Close the month", exact=True).click()
    month.get_by_text("Note saved").wait_for()
    settled(month)
    month.get_by_role("button", name="Close March 2026").click()
    month.get_by_text("March 2026 was closed on").wait_for()
    told = next(text for text in month.locator("p").all_inner_texts() if text.startswith("In March 2026, MRR"))

    page, paper, tables = (
        saved(month, f"Download {what}", tmp_path) for what in ("report (HTML)", "report (PDF)", "tables (CSV)")
    )
    assert [file.name for file in (page, paper, tables)] == [f"revenue-2026-03-usd.{kind}" for kind in ("html", "pdf", "zip")]
    assert zipfile.ZipFile(tables).testzip() is None
    printed = " ".join(" ".join(each.extract_text().split()) for each in pypdf.PdfReader(io.BytesIO(paper.read_bytes())).pages)
    assert NOTE in printed and told.split(". ")[0] in printed

    asked: list[str] = []
    shown = visit(page.as_uri(), width=390, before=lambda page: page.on("request", lambda request: asked.append(request.url)))
    assert told in shown.locator("p").all_inner_texts()
    assert shown.get_by_text(NOTE).count() == 1 and shown.get_by_text("Closed on").count() == 1
    assert asked == [page.as_uri()], "nothing is fetched"
    assert shown.evaluate("document.documentElement.scrollWidth") <= 390
