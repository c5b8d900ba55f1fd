"""R9: places left come from hours sold and hours there are; without either the page and the e-mail are silent."""

from pages.ui.example_notes import EXAMPLES
from tests.pages.homes import texts


def read(dashboard, monkeypatch, hours):
    monkeypatch.setenv("RETAINER_SENDER_NAME", "Ana Pop")
    monkeypatch.setenv("RETAINER_HOURS_AVAILABLE", str(hours))
    app = dashboard("demo", "proposal.py")
    app.text_area(key="notes").set_value(EXAMPLES["en"])
    return next(button for button in app.button if button.label == "Read notes").click().run()


def test_the_hours_sold_leave_no_place_and_it_is_advised_not_written(dashboard, monkeypatch):
    app = read(dashboard, monkeypatch, 1)
    said = texts(app).replace("\\", "")
    assert not app.exception and "of your 1 hours a month" in said and "You have no place left" in said
    assert "limited number of retainer clients" not in "".join(one.value for one in app.code)


def test_without_the_setting_nothing_is_said_of_places(dashboard, monkeypatch):
    app = read(dashboard, monkeypatch, 0)
    assert "hours a month; at" not in texts(app) and "no place left" not in texts(app)
