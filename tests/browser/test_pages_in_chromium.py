"""What only a browser can tell: clicks, addresses, what is painted first, contrast."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.dashboard import settled

pytestmark = pytest.mark.browser
FIGURES = "[data-testid=stMain] h2"
TABLE = "[data-testid=stDataFrame]"


def test_the_bare_address_leads_to_the_first_page(demo: str, visit: Callable[..., Page]) -> None:
    page = visit(demo)
    page.wait_for_url(f"{demo}/today")


def test_the_answer_is_painted_before_any_picture_is_loaded(demo: str, visit: Callable[..., Page]) -> None:
    held: list[str] = []

    def hold(page: Page) -> None:
        page.route("**/*plotly*", lambda route: held.append(route.request.url))  # never answered
        page.route("**/*Plotly*", lambda route: held.append(route.request.url))

    page = visit(f"{demo}/revenue", before=hold)
    page.wait_for_function(f"document.querySelectorAll('{FIGURES}').length === 6")
    assert held, "the picture's code was never asked for, so this proves nothing"
    assert page.locator(".js-plotly-plot").count() == 0


def test_a_click_on_a_client_opens_that_client_also_after_sorting(demo: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{demo}/clients")
    first = f"document.querySelector('{TABLE} table')"
    rows = f"[...({first}?.querySelectorAll('tbody tr') ?? [])].map(r => r.cells[0].innerText)"
    page.wait_for_function(f"({rows}).length > 3")
    page.locator(TABLE).first.click(position={"x": 60, "y": 15})  # sorts by name
    page.wait_for_timeout(1_000)
    names = page.evaluate(rows)
    assert names == sorted(names, key=str.casefold), "the first click sorts by name"
    page.locator(TABLE).first.click(position={"x": 60, "y": 52})
    page.wait_for_url("**/clients?client=*")
    page.wait_for_function("name => document.querySelector('h1')?.innerText === name", arg=names[0])
    settled(page)
    page.get_by_role("button", name="All clients").click()
    page.wait_for_function("document.querySelector('h1')?.innerText === 'Clients'")


def test_a_month_in_the_address_is_the_month_shown(demo: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{demo}/revenue?month=March+2026")
    page.get_by_text("vs Feb", exact=True).first.wait_for()
    assert page.get_by_text("vs Oct", exact=True).count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_letters_in_pictures_and_captions_can_be_read_in_light_and_dark(
    demo: str, visit: Callable[..., Page], theme: str
) -> None:
    page = visit(f"{demo}/revenue", theme=theme)
    page.wait_for_selector(".ytick text")
    paper = page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    letters = colours(page, ".ytick text, .xtick text, .bartext, .annotation-text", "fill")
    captions = colours(page, "[data-testid=stCaptionContainer]", "color")
    changes = colours(page, "[data-testid=stMain] .stMarkdownBadge", "color")
    assert letters and captions and changes
    worst = min((contrast(ink, paper), ink) for ink in {*letters, *captions, *changes})
    assert worst[0] >= 4.5, worst


def colours(page: Page, selector: str, property: str) -> list[str]:
    script = "([selector, name]) => [...document.querySelectorAll(selector)].map(e => getComputedStyle(e)[name])"
    return list(page.evaluate(script, [selector, property]))


def contrast(ink: str, paper: str) -> float:
    """WCAG contrast of two CSS colours, the first one laid over the second."""
    (r, g, b, alpha), below = _rgba(ink), _rgba(paper)
    over = [front * alpha + back * (1 - alpha) for front, back in zip((r, g, b), below[:3], strict=True)]
    light, dark = sorted((_luminance(over), _luminance(below[:3])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _rgba(colour: str) -> tuple[float, ...]:
    parts = [float(part) for part in colour[colour.index("(") + 1 : -1].replace("/", " ").replace(",", " ").split()]
    return (*parts, 1.0)[:4]


def _luminance(rgb: "list[float] | tuple[float, ...]") -> float:
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in (value / 255 for value in rgb)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


AUTH = """
[auth]
redirect_uri = "http://127.0.0.1/oauth2callback"
cookie_secret = "for tests only"
client_id = "x"
client_secret = "x"
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"
"""


def test_logged_out_a_cold_deep_link_shows_the_log_in_and_no_figure(
    serve: Callable[..., str], visit: Callable[..., Page]
) -> None:
    page = visit(f"{serve(secrets=AUTH)}/churn")
    page.get_by_role("button", name="Log in").wait_for()
    assert page.locator(FIGURES).count() == 0 and page.locator(TABLE).count() == 0
