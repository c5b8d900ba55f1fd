"""Everyone can read and reach every page: axe-core's rules of WCAG 2.1 A and AA, the keyboard, and 200 % zoom, in Chromium."""

from collections.abc import Callable
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.browser.dashboard import IDLE
from tests.pages.homes import PAGES

pytestmark = pytest.mark.browser
ADDRESSES = [page.removesuffix(".py") for page in PAGES]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
# What the server draws by itself and no theme can change: the points of a figure's small trend, whose figure is told beside
# it, and the selected choice in dark, whose letters have the colour that also carries the white letters of buttons.
NOT_OURS = {
    "svg-img-alt": "[data-testid=stMetricChart] *",
    "color-contrast": "[data-testid=stButtonGroup] button[data-selected=true] *",
}


def violations(page: Page) -> list[str]:
    """Serious and critical violations as `rule: place`, those that are not ours left out."""
    page.evaluate(AXE)
    found = page.evaluate("options => axe.run(document, options)", {"resultTypes": ["violations"], "runOnly": RULES})
    return [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
        if not _is_the_servers(page, rule["id"], node["target"][0])
    ]


def _is_the_servers(page: Page, rule: str, target: str) -> bool:
    script = "([target, known]) => document.querySelector(target)?.matches(known) ?? false"
    return rule in NOT_OURS and bool(page.evaluate(script, [target, NOT_OURS[rule]]))


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_no_serious_violation_in_light_and_dark(demo: str, visit: Callable[..., Page], address: str) -> None:
    page = visit(f"{demo}/{address}")
    page.wait_for_timeout(1_000)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme === 'dark'")
    page.wait_for_selector(IDLE)
    page.wait_for_timeout(1_000)
    assert violations(page) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_at_twice_the_size_nothing_scrolls_sideways(demo: str, visit: Callable[..., Page], address: str) -> None:
    page = visit(f"{demo}/{address}", width=640)  # 1280 px at 200 % are 640
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


def test_the_keyboard_reaches_menu_figures_and_actions(demo: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{demo}/today")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement?.innerText?.trim() ?? ''"))
    wanted = {button.inner_text().strip() for button in page.get_by_test_id("stButton").get_by_role("button").all()[:5]}
    assert wanted and wanted <= reached
    assert {"Revenue", "Clients"} & {text.split("\n")[0] for text in reached}
