"""Pictures of every page with the demo, light and dark, wide and on a telephone: `python -m tests.browser.screens FOLDER`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.dashboard import IDLE, running
from tests.browser.find_browser import ARGUMENTS, chromium
from tests.pages.homes import PAGES

WIDTHS = (1280, 390)
THEMES = ("light", "dark")
PATIENCE = 120_000


def settle(page: Page) -> None:
    """Wait until the page stands: its title is there, nothing runs, no part of it is still a placeholder."""
    page.wait_for_selector("h1")
    page.wait_for_selector(IDLE)
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')")
    page.wait_for_timeout(500)


def take(browser: Browser, address: str, folder: Path) -> None:
    """One PNG for each page, theme and width, named by them; and `<page>.png`, what a visitor sees first."""
    for width in WIDTHS:
        for theme in THEMES:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, locale="en-US")
            for name in [page.removesuffix(".py") for page in PAGES]:
                page = context.new_page()
                page.set_default_timeout(PATIENCE)
                page.goto(f"{address}/{name}")
                settle(page)
                if (width, theme) == (WIDTHS[0], THEMES[0]):
                    page.screenshot(path=folder / f"{name}.png")
                tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
                page.set_viewport_size({"width": width, "height": min(int(tall) + 60, 6_000)})
                settle(page)
                page.screenshot(path=folder / f"{name}-{theme}-{width}.png")
                page.close()
            context.close()


def main() -> None:
    """Start the dashboard on a fresh demo, and photograph it."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/screens").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    path = chromium()
    if not path:
        sys.exit("No browser was found: install Chromium, or name one in RETAINER_TEST_BROWSER.")
    with tempfile.TemporaryDirectory() as home, running(Path(home)) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        take(browser, address, folder)
        browser.close()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}", file=sys.stderr)


if __name__ == "__main__":
    main()
