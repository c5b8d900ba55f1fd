"""From call notes to the e-mail in Chromium: read, correct, change the language, edit under the guard, save the draft."""

import email
from collections.abc import Callable
from email import policy
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dashboard import settled

pytestmark = pytest.mark.browser

NOTES = """Call with Hannah Brooks, who owns Fernbank Pottery, on Tuesday.
The site goes down every time she sends a newsletter <script>document.title = "run"</script>, and nobody updates WordPress.
She wants backups every night, the updates done, and someone to watch the site. One site.
Goal: sell 30% more courses by next summer. Budget around $300 to $400 a month. She decides herself.
Would like to start on 1 December, pays by card. hannah@fernbankpottery.example
"""


@pytest.fixture
def desk(demo: str, visit: Callable[..., Page]) -> Page:
    """The proposal page with these notes read."""
    page = visit(f"{demo}/proposal")
    page.get_by_role("textbox", name="Notes of the call").fill(NOTES)
    page.get_by_role("button", name="Read notes").click()
    expect(page.get_by_text("facts read")).to_be_visible()
    return page


def letter(page: Page) -> str:
    """What the preview shows."""
    return page.frame_locator("iframe").locator("body").inner_text()


def test_notes_become_a_french_draft_with_a_corrected_name(desk: Page, tmp_path: Path) -> None:
    expect(desk.locator("mark", has_text="Fernbank Pottery")).to_be_visible()
    first_name = desk.get_by_role("textbox", name="First name")
    first_name.fill("Joanna")
    first_name.press("Enter")
    expect(desk.get_by_text("Your own", exact=True)).to_be_visible()
    desk.get_by_role("radio", name="Français").click()
    expect(desk.frame_locator("iframe").get_by_text("Bonjour Joanna")).to_be_visible()
    settled(desk)
    with desk.expect_download() as saved:
        desk.get_by_role("button", name="Download draft (.eml)").click()
    file = tmp_path / "proposal.eml"
    saved.value.save_as(file)
    draft = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    assert draft["X-Unsent"] == "1"
    body = draft.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "Bonjour Joanna" in body and "150" in body and "750" in body


def test_nothing_of_the_notes_runs_and_nothing_is_fetched_from_elsewhere(demo: str, visit: Callable[..., Page]) -> None:
    asked: list[str] = []
    page = visit(f"{demo}/proposal", before=lambda page: page.on("request", lambda request: asked.append(request.url)))
    page.get_by_role("textbox", name="Notes of the call").fill(NOTES)
    page.get_by_role("button", name="Read notes").click()
    expect(page.frame_locator("iframe").get_by_text("Hi Hannah")).to_be_visible()
    assert page.title() != "run" and page.locator("mark script, iframe script").count() == 0
    assert [url for url in asked if not url.startswith((demo, demo.replace("http", "ws"), "data:", "blob:"))] == []


def test_a_discount_in_an_edit_is_refused_with_what_to_offer_instead(desk: Page) -> None:
    desk.get_by_role("radio", name="Edit text").click()
    text = desk.get_by_role("textbox", name="Text of the e-mail")
    text.fill(text.input_value() + "\nBecause it is you: a 10% discount.\n")
    text.press("Control+Enter")
    expect(desk.get_by_text("The e-mail would say")).to_be_visible()
    expect(desk.get_by_role("button", name="Download draft (.eml)")).to_have_count(0)


def clipboard(page: Page) -> dict[str, str]:
    """What lies on the clipboard, by kind; read again where something is written to it at that moment."""
    return dict(
        page.evaluate(
            """async () => {
                for (let attempt = 0; ; attempt++) {
                    try {
                        const [item] = await navigator.clipboard.read();
                        const text = async (kind) => [kind, await (await item.getType(kind)).text()];
                        return await Promise.all(item.types.map(text));
                    } catch (error) {
                        if (error.name !== "InvalidStateError" || attempt > 20) throw error;
                        await new Promise((resolve) => setTimeout(resolve, 100));
                    }
                }
            }"""
        )
    )


def test_the_e_mail_is_copied_as_rich_text_and_as_plain_text(desk: Page) -> None:
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    plain = desk.get_by_role("button", name="Copy as plain text").first
    plain.click()
    expect(desk.get_by_text("Copied.").first).to_be_visible()
    copied = clipboard(desk)
    assert (
        set(copied) == {"text/plain"}
        and copied["text/plain"].startswith("Hi Hannah,")
        and "$750 a month" in copied["text/plain"]
    )
    desk.get_by_role("button", name="Copy subject").first.click()
    desk.wait_for_function("async () => (await navigator.clipboard.readText()).includes('options after our call')")
    desk.get_by_role("button", name="Copy as rich text").first.click()
    desk.wait_for_function("async () => (await navigator.clipboard.read())[0].types.includes('text/html')")
    rich = clipboard(desk)
    assert rich["text/plain"] == copied["text/plain"]
    assert "<h3" in rich["text/html"] and "border: " in rich["text/html"] and "<script" not in rich["text/html"]
    desk.evaluate("html => document.body.insertAdjacentHTML('beforeend', `<div id=pasted>${html}</div>`)", rich["text/html"])
    words = desk.locator("#pasted").inner_text().split()
    assert [word for word in words if word not in "•-"] == [word for word in copied["text/plain"].split() if word != "-"]


@pytest.mark.parametrize("width", [390, 1280])
def test_the_proposal_fits_a_phone_and_a_desk(demo: str, visit: Callable[..., Page], width: int) -> None:
    page = visit(f"{demo}/proposal", width=width)
    page.get_by_role("button", name="Use the English example").click()
    expect(page.get_by_text("facts read")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
