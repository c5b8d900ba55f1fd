"""axe-core in a page: what WCAG 2.1 A and AA would have otherwise, apart from what is not ours to change."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

from tests.browser.dashboard import IDLE

FADING = 700  # milliseconds that the server's own fading in and out may take
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
# What the server draws by itself and neither page nor theme can change without foreign CSS: rule, where, and why it stands.
NOT_OURS = (
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
    page.wait_for_timeout(FADING)
