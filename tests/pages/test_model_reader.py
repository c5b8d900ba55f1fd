"""The second reader on the proposal page: off without a setting; with one, the notes leave only when a button is pressed."""

import json

import pytest

from tests.pages.homes import own, texts
from tests.proposals.model_service import running

NOTES = """Call with Ann Doe of Doe Bakery. She wants daily backups. Budget $400 a month.
The oven timer app annoys her staff.
"""


@pytest.fixture
def desk(dashboard, tmp_path, monkeypatch):
    own(tmp_path)
    monkeypatch.setenv("RETAINER_SENDER_NAME", "Ana Pop")

    def opened():
        app = dashboard(tmp_path, "proposal.py")
        app.text_area(key="notes").set_value(NOTES)
        next(button for button in app.button if button.label == "Read notes").click()
        return app.run()

    return opened


def plain(elements):
    return " ".join(one.value for one in elements).replace("\\", "")


def ask(app):
    return next(one for one in app.button if one.label == "Send these notes to the model").click().run()


def test_without_the_setting_there_is_nothing_to_press(desk):
    app = desk()
    assert "Send these notes to the model" not in [one.label for one in app.button] and "leave this machine" not in texts(app)


def test_notes_leave_only_when_sent_and_what_comes_back_stands_with_its_quote(desk, monkeypatch):
    monkeypatch.setenv("RETAINER_NOTES_MODEL", "openai-chat:m")
    fact = {"field": "challenges", "value": "x", "quote": "The oven timer app annoys her staff"}
    with running(monkeypatch) as (asked, answer):
        answer["text"] = json.dumps({"facts": [fact, {**fact, "quote": "not in there"}]})
        app = desk()
        assert not asked and "The notes leave this machine, word for word" in texts(app)
        app = ask(app)
        assert len(asked) == 1 and not app.exception
        assert "The model added 1 fact; 1 that the notes do not bear out were dropped." in plain(app.success)
        assert "“The oven timer app annoys her staff”, line 2" in plain(app.caption)
        app.run()
        assert len(asked) == 1


def test_a_model_that_fails_leaves_the_page_whole_with_one_sentence(desk, monkeypatch):
    monkeypatch.setenv("RETAINER_NOTES_MODEL", "nobody:knows")
    app = ask(desk())
    assert not app.exception and "The brief stands as read without it." in plain(app.warning)
    assert "facts read" in texts(app) and "Ana Pop" in "".join(one.value for one in app.code)
