"""Pictures of every page with the demo, the same at each run: `python -m tests.browser.screens FOLDER [NAME …]`.

Of each `<name>.png`, what a visitor sees first, and `<name>-whole.png`, all of it; of those that are needed on the way also
`<name>-phone.png`, all of it in dark. The demo stands on the day of tests/browser/fixed_day.py, the home in a folder of
one name (Data shows it), and Chromium paints each pixel alike: two runs give the same files, byte by byte.
"""

import io
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.dashboard import IDLE, running
from tests.browser.find_browser import ARGUMENTS, chromium
from tests.pages.homes import PAGES

PATIENCE = 180_000
TALLEST = 3_000
COLOURS = 128
TRIES = 40
# Chromium paints round corners and letters a shade differently from run to run, unless it paints in one piece and one thread.
STEADY = [
    "--disable-partial-raster",
    "--disable-skia-runtime-opts",
    "--num-raster-threads=1",
    "--disable-low-res-tiling",
    "--disable-checker-imaging",
    "--disable-threaded-animation",
    "--disable-threaded-scrolling",
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--force-color-profile=srgb",
    "--run-all-compositor-stages-before-draw",
    "--disable-new-content-rendering-timeout",
]


class View(NamedTuple):
    """What is photographed: a page's address, and the name of a button that is pressed first."""

    address: str
    button: str = ""


VIEWS = {page.removesuffix(".py"): View(page.removesuffix(".py")) for page in PAGES} | {
    "billing-cash": View("billing?view=Cash+expected"),
    "care_report": View("care_reports", "Review the first of"),
    "proposal-email": View("proposal", "Use the English example"),
    "revenue-closed": View("revenue?month=March+2026"),
    "what_if-goal": View("what_if?view=Reach+a+goal"),
}
ON_A_PHONE = ("today", "revenue", "churn", "clients", "maintenance", "billing", "call", "proposal-email", "what_if")


def settle(page: Page) -> None:
    """Wait until the page stands: its title is there, nothing runs, no part of it is still a placeholder."""
    page.wait_for_selector("h1")
    page.wait_for_selector(IDLE)
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')")
    page.wait_for_timeout(700)


def keep(page: Page, path: Path) -> None:
    """Save what is seen once it no longer changes, in few colours, so that a folder of pictures stays small."""
    before, seen = b"", page.screenshot(animations="disabled", caret="hide")
    for _ in range(TRIES):
        if seen == before:
            break
        page.wait_for_timeout(250)
        before, seen = seen, page.screenshot(animations="disabled", caret="hide")
    else:
        raise AssertionError(f"{path.name} never stands still")
    Image.open(io.BytesIO(seen)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def take(browser: Browser, address: str, folder: Path, names: Sequence[str]) -> None:
    """The pictures of each view."""
    for width, theme in ((1280, "light"), (390, "dark")):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, locale="en-US")  # type: ignore[arg-type]
        for name in [name for name in names if width > 390 or name in ON_A_PHONE]:
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.goto(f"{address}/{VIEWS[name].address}")
            settle(page)
            if VIEWS[name].button:
                page.get_by_role("button", name=VIEWS[name].button).first.click()
                page.wait_for_timeout(500)
                settle(page)
            if width > 390:
                keep(page, folder / f"{name}.png")
            tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
            page.set_viewport_size({"width": width, "height": min(int(tall) + 20, TALLEST)})
            settle(page)
            keep(page, folder / f"{name}-{'whole' if width > 390 else 'phone'}.png")
            page.close()
        context.close()


def main() -> None:
    """Start the dashboard on a fresh demo, and photograph it."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/screens").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    path = chromium()
    if not path:
        sys.exit("No browser was found: install Chromium, or name one in RETAINER_TEST_BROWSER.")
    home = Path(tempfile.gettempdir()) / "retainer-desk-pictures"
    shutil.rmtree(home, ignore_errors=True)
    try:
        with running(home, module="tests.browser.fixed_day") as address, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=path, args=[*ARGUMENTS, *STEADY])
            take(browser, address, folder, sys.argv[2:] or list(VIEWS))
            browser.close()
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}", file=sys.stderr)


if __name__ == "__main__":
    main()
