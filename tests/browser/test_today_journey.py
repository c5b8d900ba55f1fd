"""In Chromium, from Today to the letter and back: what was written to a client is off the list, and can be put back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dashboard import settled

pytestmark = pytest.mark.browser


def due_now(page: Page) -> int:
    settled(page)
    return int(page.get_by_role("heading", name="Due now").inner_text().split()[-1])


def test_a_reminder_written_takes_the_item_off_today_and_undo_puts_it_back(
    serve: Callable[..., str], visit: Callable[..., Page]
) -> None:
    address = serve(RETAINER_SENDER_NAME="Ana Pop")
    page = visit(f"{address}/today")
    before = due_now(page)
    page.get_by_role("button", name="Write to the client").first.click()
    settled(page)
    page.get_by_role("button", name="Reminded").click()
    expect(page.get_by_role("button", name="Reminded")).to_have_count(0)
    page.goto(f"{address}/today")
    expect(page.get_by_role("heading", name=f"Due now {before - 1}", exact=True)).to_be_visible(timeout=60_000)
    settled(page)
    page.get_by_text("Set aside by you: 1").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name=f"Due now {before}", exact=True)).to_be_visible(timeout=60_000)
