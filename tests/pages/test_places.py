"""R9: places left come from hours sold and hours there are; without either the page and the e-mail are silent."""

from pages.ui.example_notes import EXAMPLES
from tests.pages.homes import land, many_clients, own, texts
from tests.proposals.agreement_drafts import signed, terms


def read(dashboard, monkeypatch, hours, home="demo"):
    monkeypatch.setenv("RETAINER_SENDER_NAME", "Ana Pop")
    monkeypatch.setenv("RETAINER_HOURS_AVAILABLE", str(hours))
    app = dashboard(home, "proposal.py")
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


def test_r9_hours_of_a_signed_agreement_are_sold_also_where_the_price_book_knows_no_tier(dashboard, monkeypatch, tmp_path):
    for name, value in {"SENDER_ADDRESS": "Cluj", "LAW": "France", "COURT": "Lyon"}.items():
        monkeypatch.setenv(f"RETAINER_{name}", value)
    monkeypatch.setenv("RETAINER_SENDER_NAME", "Ana Pop")
    opened = own(tmp_path)
    land(opened, many_clients(["Ann"]))
    signed(opened, terms(opened, client_id="cus_many000001", hours=12))
    assert "1 client holds 12 of your 40 hours" in texts(read(dashboard, monkeypatch, 40, tmp_path)).replace("\\", "")
