"""Everyone can reach every page: the keyboard and the telephone's menu. Each page by itself: test_each_page_in_chromium.py."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.axe import AXE, violations
from tests.browser.dashboard import at_rest

pytestmark = pytest.mark.browser


def test_on_a_telephone_axe_finds_nothing_serious_with_the_menu_open(demo: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{demo}/today", width=390)
    page.get_by_test_id("stExpandSidebarButton").click()
    at_rest(page)
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
