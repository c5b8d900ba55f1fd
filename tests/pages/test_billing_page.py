"""Billing: what is owed, the letters about it, the final invoice and the calendar feed (mission.md F32–F39)."""

import datetime as dt

from data import metrics, reporting, settings, warehouse
from data.pricing.proration import prorate
from pages.ui.proration_form import words
from tests.pages.figures_shown import values
from tests.pages.homes import texts


def test_the_demo_shows_what_is_owed_and_every_part(dashboard):
    app = dashboard("demo", "billing.py")
    assert not app.exception and not app.error
    figures = values(app)
    assert figures["To collect"].startswith("$") and figures["Expected next month"].startswith("$")
    for view in ("cards", "first", "prepaid", "cash", "final", "calendar"):
        app.session_state["view"] = view
        app.run()
        assert not app.exception and not app.error, view
    assert "Open the feed" in [button.label for button in app.button]


def test_a_letter_opens_in_the_client_s_own_language(dashboard):
    dashboard("demo", "billing.py")
    opened = warehouse.shared(settings.load())
    owed = metrics.read(opened, "collections").iloc[0]
    for code in ("fr", "en"):
        reporting.change(opened, owed["client_id"], language=code)
        app = dashboard("demo", "billing.py", invoice=owed["invoice_id"])
        assert not app.exception and not app.error
        assert app.selectbox(key=f"lang:invoice:{owed['invoice_id']}").value == code
        assert ("Bonjour" in app.code[0].value) == (code == "fr")


def test_without_any_data_billing_says_what_will_stand_there_and_still_works_out_a_final_invoice(dashboard):
    app = dashboard("empty", "billing.py")
    assert not app.exception and "No payments yet" in texts(app) and "No payment has failed" not in texts(app)
    app.segmented_control(key="view").set_value("final").run()
    assert not app.exception and "No payments yet" not in texts(app)


def test_the_words_of_the_final_invoice_say_how_the_share_comes_about():
    said = words(
        prorate(30_000, dt.date(2026, 11, 20), is_day_counted=False, balance_minor=50_000), dt.date(2026, 11, 20), "usd"
    )
    assert "$500.00" in said and "10 days of 30: $100.00 ($300.00 × 10 ÷ 30)" in said and said.endswith("Total: $600.00")
