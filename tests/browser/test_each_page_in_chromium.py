"""Each page looked at once in Chromium, as all may meet it: from a cold link, in light and dark, enlarged, on a telephone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.axe import AXE, in_dark, violations
from tests.browser.dashboard import at_rest, errors, settled
from tests.pages.homes import PAGES

pytestmark = pytest.mark.browser


def too_wide(page: Page) -> int:
    """Pixels by which the page, or the part of it that scrolls, is wider than what is seen of it."""
    boxes = "[document.documentElement, document.querySelector('[data-testid=stMain]')]"
    return max(page.evaluate(f"{boxes}.map(box => box.scrollWidth - box.clientWidth)"))


def resized(page: Page, width: int, height: int) -> Page:
    page.set_viewport_size({"width": width, "height": height})
    at_rest(page)
    return page


@pytest.mark.parametrize("address", [page.removesuffix(".py") for page in PAGES])
def test_a_page_opens_from_a_cold_link_asks_no_other_host_can_be_read_by_everyone_and_never_scrolls_sideways(
    demo: str, visit: Callable[..., Page], address: str
) -> None:
    asked: list[str] = []
    page = visit("about:blank")
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{demo}/{address}")
    settled(page)
    page.wait_for_load_state("networkidle")
    at_rest(page)
    assert page.url.startswith(f"{demo}/{address}")
    assert "not found" not in page.inner_text("body").lower()
    assert errors(page) == []

    page.evaluate(AXE)
    assert violations(page) == []
    in_dark(page)
    assert violations(page) == []

    assert too_wide(resized(page, 640, 450)) <= 0, "1280 px at 200 % are 640"

    page.set_viewport_size({"width": 390, "height": 900})
    page.reload()
    settled(page)
    page.wait_for_load_state("networkidle")
    at_rest(page)
    assert too_wide(page) <= 0, "on a telephone"

    foreign = [url for url in asked if not url.startswith((demo, "data:", "blob:", demo.replace("http", "ws")))]
    assert asked and foreign == []
