"""In Chromium, from call to record: notes, one fact corrected, the French e-mail, marked as sent, and it stands on Today."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dashboard import settled

pytestmark = pytest.mark.browser

NOTES = """Appel avec Claire Morel, gérante de la boulangerie Morel & Filles, mardi.
Son souci : le site tombe en panne tous les samedis matin, et personne ne fait les mises à jour depuis deux ans.
Elle veut des sauvegardes tous les jours, les mises à jour et quelqu'un qui surveille le site. Elle n’a qu’un site.
Objectif : 50 commandes en ligne de plus par mois d'ici l'été. Budget : entre 300 et 350 € par mois. C'est elle qui décide.
Début le 1er décembre, paiement par virement, trois mois d'avance. claire@morel.example
"""


@pytest.fixture
def desk(serve: Callable[..., str]) -> str:
    """The address of a dashboard of its own: what is put on record here meets no other test."""
    return serve(RETAINER_SENDER_NAME="Ana Pop")


def read(page: Page, notes: str) -> None:
    page.get_by_role("textbox", name="Notes of the call").fill(notes)
    page.get_by_role("button", name="Read notes").click()
    expect(page.get_by_text("facts read")).to_be_visible()


def test_from_notes_to_a_french_e_mail_sent_and_followed_up(desk: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{desk}/proposal")
    read(page, NOTES)
    company = page.get_by_role("textbox", name="Company")
    company.fill("Maison Morel")
    company.press("Enter")
    expect(page.get_by_text("Your own", exact=True)).to_be_visible()
    page.get_by_role("radio", name="Français").click()
    expect(page.frame_locator("iframe").get_by_text("Bonjour Claire")).to_be_visible()
    page.get_by_role("button", name="Mark as sent").click()
    expect(page.get_by_text("stands on record as sent")).to_be_visible()

    page.goto(f"{desk}/today")
    waiting = page.get_by_text("Waiting for an answer", exact=True)
    expect(waiting).to_be_visible()
    expect(page.get_by_text("Maison Morel", exact=True)).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Open proposal").click()

    expect(page.get_by_text("Maison Morel (", exact=False).first).to_be_visible()
    settled(page)
    page.get_by_text("Revision 1, sent on").last.click()
    expect(page.get_by_text("As it was sent. SHA-256")).to_be_visible()
    expect(page.get_by_text("Corrected by you: company.")).to_be_visible()
    expect(page.get_by_text("Bonjour Claire,").first).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Mark as accepted").click()
    expect(page.get_by_text("nothing recurring is measured for this client yet")).to_be_visible()

    page.goto(f"{desk}/today")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    expect(page.get_by_text("Coming up", exact=True).last).to_be_visible()
    expect(page.get_by_text("Maison Morel", exact=True)).to_have_count(0)


def test_a_candidate_becomes_a_proposal_with_what_is_known(demo: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{demo}/proposal")
    table = page.get_by_test_id("stDataFrame").last
    expect(page.get_by_text("may want a retainer")).to_be_visible()
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box
    page.mouse.click(box["x"] + 60, box["y"] + 36 + 18)  # the first row's button; the grid is a canvas
    expect(page.get_by_role("textbox", name="Company")).to_have_value("Gladstone Theatre")
    expect(page.get_by_role("textbox", name="E-mail address")).to_have_value("marketing@gladstonetheatre.example")


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_the_call_sheet_fits_and_its_notes_are_read(demo: str, visit: Callable[..., Page], width: int, theme: str) -> None:
    page = visit(f"{demo}/call", width=width, theme=theme)
    page.get_by_role("textbox", name="Whom you speak to").fill("Hannah Brooks")
    page.get_by_role("textbox", name="Company").fill("Fernbank Pottery")
    page.get_by_role("textbox", name="Problems, one a line").fill("The shop goes down every week.")
    page.get_by_role("textbox", name="Goals, one a line").fill("Sell 30% more courses.")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Goal: Sell 30% more courses.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Write the proposal").click()
    expect(page.get_by_text("facts read")).to_be_visible()
    expect(page.get_by_role("textbox", name="First name")).to_have_value("Hannah")
    expect(page.frame_locator("iframe").get_by_text("Hi Hannah")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
