"""The dashboard with the demo, and a real Chromium to look at it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.dashboard import running, settled
from tests.browser.find_browser import ARGUMENTS, chromium

PATIENCE = 120_000
expect.set_options(timeout=60_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser on a busy machine can lose a click: what fails twice has failed."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory, demo_in: Callable[[Path], Path]) -> Iterator[Callable[..., str]]:
    """Start a dashboard on a home of its own, with the demo in it, and give its address; it ends with the tests."""

    def start(**how: str) -> str:
        folder = tmp_path_factory.mktemp("dashboard")
        demo_in(folder / "home")
        return stack.enter_context(running(folder, **how))

    with ExitStack() as stack:
        yield start


@pytest.fixture(scope="session")
def demo(serve: Callable[..., str]) -> str:
    """The address of a dashboard that shows the demo."""
    return serve()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; where there is none the tests fail and say so, they are never skipped."""
    path = chromium()
    assert path, "No browser was found: install Chromium, or name one in RETAINER_TEST_BROWSER."
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Page:
    """The tab into which one address after another is typed: opening one costs as much as a page, and it keeps code read."""
    page = browser.new_context(locale="en-US").new_page()
    page.set_default_timeout(PATIENCE)
    return page


@pytest.fixture
def visit(browser: Browser, tab: Page) -> Iterator[Callable[..., Page]]:
    """Open an address in the tab and wait until the page stands; with `before`, as a stranger's first visit to it."""
    strangers: list[BrowserContext] = []

    def go(address: str, *, width: int = 1280, theme: str = "light", before: Callable[[Page], object] | None = None) -> Page:
        page = tab
        if before:
            strangers.append(browser.new_context(locale="en-US"))
            page = strangers[-1].new_page()
            page.set_default_timeout(PATIENCE)
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        if before:
            before(page)
        page.goto(address)
        if address.startswith("http"):
            settled(page)
        elif address != "about:blank":
            page.wait_for_selector("h1")
        return page

    yield go
    for context in strangers:
        context.close()
    if tab.url.startswith("http"):
        tab.evaluate("localStorage.clear(), sessionStorage.clear()")
    tab.goto("about:blank")
    tab.context.clear_cookies()
    tab.context.clear_permissions()
