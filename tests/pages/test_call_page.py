"""Call: nine steps to type into, kept for the session, and one button that takes them to the proposal (mission.md R20, R21)."""

import pytest

from tests.pages.homes import HOSTILE, STATES, texts


def named(elements, label):
    return next(one for one in elements if one.label == label)


@pytest.mark.parametrize("state", STATES)
def test_the_nine_steps_stand_in_every_state_of_the_data(dashboard, state):
    app = dashboard(state, "call.py")
    assert not app.exception and not app.error
    said = texts(app)
    assert all(f"**{number}. " in said for number in range(1, 10)) and "**10. " not in said


def test_the_answer_about_retainers_is_there_in_the_language_of_the_call(dashboard):
    app = dashboard("empty", "call.py")
    assert "same amount each month" in texts(app)
    named(app.segmented_control, "Language of the call").set_value("ro").run()
    assert "aceeași sumă" in texts(app) and "1. Ajung la cine decide" in texts(app)


def test_what_is_typed_outlives_a_change_of_language_and_of_page(dashboard):
    app = dashboard("empty", "call.py")
    named(app.text_input, "Company").set_value("Morel & Filles").run()
    named(app.segmented_control, "Language of the call").set_value("fr").run()
    assert named(app.text_input, "Entreprise").value == "Morel & Filles"
    app.switch_page("glossary.py").run()
    app.switch_page("call.py").run()
    assert app.text_input(key="call_company").value == "Morel & Filles"
    assert any("Entreprise : Morel & Filles" in one.value for one in app.code)


def test_the_fields_become_notes_that_are_read_on_the_proposal_page(dashboard):
    app = dashboard("empty", "call.py")
    named(app.text_input, "Whom you speak to").set_value("Hannah Brooks")
    named(app.text_input, "Company").set_value("Fernbank Pottery")
    named(app.text_area, "Problems, one a line").set_value("The shop goes down every week.")
    named(app.button, "Write the proposal").click().run()
    assert app.text_input and named(app.text_input, "Company").value == "Fernbank Pottery"
    assert named(app.text_input, "First name").value == "Hannah"


def test_an_empty_sheet_leads_nowhere(dashboard):
    app = dashboard("empty", "call.py")
    named(app.button, "Write the proposal").click().run()
    assert app.title[0].value == "Call" and not app.exception


def test_a_new_call_begins_with_empty_fields(dashboard):
    app = dashboard("empty", "call.py")
    named(app.text_input, "Company").set_value("Morel & Filles").run()
    named(app.button, "Begin a new call").click().run()
    assert named(app.text_input, "Company").value == "" and not app.code


def test_hostile_text_stays_text(dashboard):
    app = dashboard("empty", "call.py")
    named(app.text_input, "Company").set_value(HOSTILE).run()
    assert any(HOSTILE in one.value for one in app.code)
    assert HOSTILE not in texts(app) and not app.exception
