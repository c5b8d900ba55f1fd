"""Each page looked at once in Chromium, as all may meet it: from a cold link, in light and dark, enlarged, on a telephone."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Request

from tests.browser.axe import AXE, in_dark, violations
from tests.browser.dashboard import at_rest, errors, settled
from tests.pages.homes import PAGES

pytestmark = pytest.mark.browser


def too_wide(page: Page) -> int:
    """Pixels by which the page, or the part of it that scrolls, is wider than what is seen of it."""
    boxes = "[document.documentElement, document.querySelector('[data-testid=stMain]')]"
    return max(page.evaluate(f"{boxes}.map(box => box.scrollWidth - box.clientWidth)"))


def resized(page: Page, width: int, height: int = 900) -> Page:
    page.set_viewport_size({"width": width, "height": height})
    at_rest(page)
    return page


@pytest.fixture
def blank(visit: Callable[..., Page]) -> Page:
    """The tab before an address is typed, as wide as a telephone."""
    return visit("about:blank", width=390)


@pytest.fixture
def asked(blank: Page) -> Iterator[list[str]]:
    """Every address that the tab asks for during the test."""
    found: list[str] = []

    def keep(request: Request) -> None:
        found.append(request.url)

    blank.on("request", keep)
    yield found
    blank.remove_listener("request", keep)


@pytest.mark.parametrize("address", [page.removesuffix(".py") for page in PAGES])
def test_a_page_opens_from_a_cold_link_asks_no_other_host_can_be_read_by_everyone_and_never_scrolls_sideways(
    demo: str, blank: Page, asked: list[str], address: str
) -> None:
    page = blank
    page.goto(f"{demo}/{address}")
    settled(page)
    page.wait_for_load_state("networkidle")
    at_rest(page)
    assert page.url.startswith(f"{demo}/{address}")
    assert "not found" not in page.inner_text("body").lower()
    assert errors(page) == []
    assert too_wide(page) <= 0, "on a telephone"
    assert too_wide(resized(page, 640, 450)) <= 0, "1280 px at 200 % are 640"

    resized(page, 1280).evaluate(AXE)
    assert violations(page) == []
    in_dark(page)
    assert violations(page) == []

    foreign = [url for url in asked if not url.startswith((demo, "data:", "blob:", demo.replace("http", "ws")))]
    assert asked and foreign == []
