"""The dashboard with the demo, and a real Chromium to look at it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.dashboard import running, settled
from tests.browser.find_browser import ARGUMENTS, chromium

PATIENCE = 120_000


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


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open an address in a fresh context, as a stranger's first visit, and wait until the page stands."""
    contexts = []

    def go(address: str, *, width: int = 1280, theme: str = "light", before: Callable[[Page], object] | None = None) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, locale="en-US")  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        if before:
            before(page)
        page.goto(address)
        if address.startswith("http"):
            settled(page)
        else:
            page.wait_for_selector("h1")
        return page

    yield go
    for context in contexts:
        context.close()
