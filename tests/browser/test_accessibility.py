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
# What the server draws by itself and neither page nor theme can change without foreign CSS: rule, where, and why it stands.
NOT_OURS = (
    (
        "svg-img-alt",
        "[data-testid=stMetricChart] *",
        "the points of a figure's small trend have no name of their own; the figure and its change are told in words beside it",
    ),
    (
        "color-contrast",
        "[data-testid=stButtonGroup] button[data-selected=true] *",
        "in dark the selected choice has the colour that also carries the white letters of buttons: no colour holds both, and "
        "buttons come first; its frame shows the choice as well (3.65 : 1)",
    ),
    (
        "color-contrast",
        "[data-testid=stSliderThumbValue] *",
        "in dark a slider's value has that colour too; what it does is told in the sentence above it (3.99 : 1)",
    ),
    (
        "list",
        "[data-testid=stSidebarNavItems]",
        "up to 640 px the menu's list holds its headings beside its entries; both are read aloud in order",
    ),
    ("listitem", "[data-testid=stSidebarNavItems] li", "the same list, told once more for each of its entries"),
)


def violations(page: Page) -> list[str]:
    """Serious and critical violations as `rule: place`, those that are not ours left out."""
    found = page.evaluate("options => axe.run(document, options)", {"resultTypes": ["violations"], "runOnly": RULES})
    return [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
        if not any(rule["id"] == known and _is_at(page, node["target"][0], where) for known, where, _ in NOT_OURS)
    ]


def _is_at(page: Page, target: str, where: str) -> bool:
    return bool(page.evaluate("([at, where]) => document.querySelector(at)?.matches(where) ?? false", [target, where]))


def in_dark(page: Page) -> None:
    """Let the reader's system turn dark, and wait until the page has followed."""
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme === 'dark'")
    page.wait_for_selector(IDLE)
    page.wait_for_timeout(700)


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_serious_in_light_and_dark_and_at_twice_the_size_nothing_scrolls_sideways(
    demo: str, visit: Callable[..., Page], address: str
) -> None:
    page = visit(f"{demo}/{address}")
    page.wait_for_timeout(700)
    page.evaluate(AXE)
    assert violations(page) == []
    in_dark(page)
    assert violations(page) == []
    page.set_viewport_size({"width": 640, "height": 450})  # 1280 px at 200 % are 640
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_on_a_telephone_axe_finds_nothing_serious_with_the_menu_open(demo: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{demo}/today", width=390)
    page.get_by_test_id("stExpandSidebarButton").click()
    page.wait_for_timeout(700)
    page.evaluate(AXE)
    assert violations(page) == []


def test_the_keyboard_reaches_the_menu_and_the_main_actions(demo: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{demo}/today")
    page.get_by_role("button", name="Write to the client").first.wait_for()
    wanted = {button.inner_text().strip() for button in page.get_by_test_id("stButton").get_by_role("button").all()[:4]}
    reached: set[str] = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement?.innerText?.trim() ?? ''"))
    assert wanted and wanted <= reached
    assert {"Today", "Revenue", "Clients", "Sales", "Data"} <= {text.split("\n")[-1] for text in reached}
    page.goto(f"{demo}/connect")
    page.get_by_placeholder("rk_live_…").focus()
    page.keyboard.type("pk_test_x")
    page.keyboard.press("Enter")
    page.get_by_text("it can’t read").wait_for()
