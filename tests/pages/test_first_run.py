"""The first opening: two doors, a key that is tested, the first sync, tiers, and what waits on Today afterwards."""

import shutil
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from data import metrics, settings, warehouse
from data.due import register
from data.sources.demo import snapshot
from pages.ui import syncing
from tests.pages.figures_shown import values
from tests.pages.homes import SHELL, land, many_clients, one_client, own, texts
from tests.stripe_server.server import StripeServer

KEY = "rk_test_firstrun00"


@pytest.fixture
def fresh(dashboard, tmp_path, monkeypatch):
    """The dashboard on an empty home with nothing set; `visit()` is a stranger's, `visit("connect.py")` goes on from there."""
    monkeypatch.setenv("RETAINER_HOME", str(tmp_path))
    monkeypatch.delenv("RETAINER_SHOW", raising=False)
    monkeypatch.chdir(tmp_path)

    def visit(page=None):
        app = AppTest.from_file(str(SHELL), default_timeout=180)
        app.context = {"locale": "en-US", "timezone": "Europe/Bucharest"}
        app.run()
        return app.switch_page(page).run() if page else app

    return visit


@pytest.fixture
def demo(homes, tmp_path):
    """Today's demo in that home, without making it once more."""
    made = warehouse.shared(settings.load(home=homes("demo"), show="demo")).path
    for file in made.parent.glob("demo.duckdb*"):
        shutil.copy(file, tmp_path)


@pytest.fixture
def stripe(monkeypatch):
    with StripeServer(snapshot.take(many_clients(["Ann", "Bob", "Eve"])), key=KEY) as server:
        monkeypatch.setenv("STRIPE_API_BASE", server.url)
        yield server


def buttons(app):
    return {button.label: button for button in app.button}


def type_key(app, key=KEY):
    next(field for field in app.text_input if field.label == "Stripe key").set_value(key)
    return buttons(app)["Test and keep this key"].click().run()


def test_a_first_opening_shows_two_doors_and_the_demo_is_one_click_away(demo, fresh):
    app = fresh()
    assert app.title[0].value == "Welcome to Retainer Desk"
    assert list(buttons(app)) == ["Look around", "Connect Stripe"]
    buttons(app)["Look around"].click().run()
    assert app.title[0].value == "Today" and "An invented agency" in texts(app)


def test_where_the_demo_is_asked_for_or_something_is_there_no_door_stands_before_it(demo, fresh, monkeypatch, tmp_path):
    monkeypatch.setenv("RETAINER_SHOW", "demo")
    assert fresh().title[0].value == "Today"
    monkeypatch.delenv("RETAINER_SHOW")
    land(own(tmp_path), one_client("Ann"))
    assert fresh().title[0].value == "Today"


def test_each_permission_that_a_sync_reads_is_named_as_stripe_names_it(fresh):
    from data.sources.stripe.check import permissions
    from data.sources.stripe.resources import LISTED, PAYMENT_METHODS

    said = texts(fresh("connect.py"))
    assert {resource.permission for resource in (*LISTED, PAYMENT_METHODS)} == set(permissions())
    assert all(f"**{name}**" in said for name in permissions())


def test_a_key_without_an_essential_permission_is_told_what_to_tick_and_nothing_is_synced(fresh, stripe):
    stripe.denied = {"invoices", "payment_methods"}
    app = type_key(fresh("connect.py"))
    said = app.error[0].value
    assert "may not read invoices" in said and "**Invoices and PaymentMethods**" in said
    assert "Start the first sync" not in buttons(app)
    stripe.denied = set()
    buttons(app)["Test the key again"].click().run()
    assert "Start the first sync" in buttons(app) and not app.error


def test_the_account_its_zone_and_its_currency_are_shown_and_where_the_zone_is_hidden_it_is_asked_for(fresh, stripe):
    app = type_key(fresh("connect.py"))
    account = stripe.snapshot.account
    shown = values(app)
    assert shown["Account"] == account["settings"]["dashboard"]["display_name"]
    assert shown["Time zone"] == account["settings"]["dashboard"]["timezone"] and shown["Mode"] == "Test"
    assert shown["Currency"] == account["default_currency"].upper()
    stripe.denied = {"account"}
    buttons(app)["Test the key again"].click().run()
    zone = next(box for box in app.selectbox if box.label.startswith("Time zone"))
    assert zone.value == "Europe/Bucharest"
    buttons(app)["Start the first sync"].click().run()
    assert settings.load().time_zone == "Europe/Bucharest"


def test_a_first_sync_suggests_tiers_and_lands_on_the_review_with_what_it_found(fresh, stripe):
    app = type_key(fresh("connect.py"))
    buttons(app)["Start the first sync"].click().run()
    assert "Found 3 clients who pay $600" in texts(app).replace("\\", "")
    box = next(box for box in app.selectbox if box.label == "Tier of Care")
    box.set_value("Growth")
    buttons(app)["Use these tiers"].click().run()
    assert not app.exception and app.title[0].value == "Revenue"
    assert "Found 3 clients" in app.success[0].value
    opened = warehouse.shared(settings.load())
    assert set(metrics.read(opened, "clients")["tier"]) == {"Growth"}
    assert not app.switch_page("revenue.py").run().success, "said once"


def test_later_steps_wait_on_today_can_be_put_away_and_come_back(dashboard, tmp_path):
    opened = own(tmp_path)
    land(opened, one_client("Ann"))
    app = dashboard(tmp_path, "today.py")
    assert {"Import care data", "Draft agreements", "Set your name for e-mails"} <= set(buttons(app))
    buttons(app)["Dismiss this list"].click().run()
    assert "Import care data" not in buttons(app) and "first_steps" in register.marks(opened)
    next(button for button in app.button if button.key == "steps_again").click().run()
    assert "Import care data" in buttons(app)


def test_leaving_the_demo_and_coming_back_mixes_nothing(demo, dashboard, tmp_path, monkeypatch):
    opened = own(tmp_path)
    land(opened, one_client("Ann"))
    monkeypatch.setenv("RETAINER_SHOW", "")

    def shown(which):
        settings.save(settings.load(home=tmp_path), show=which)
        app = AppTest.from_file(str(SHELL), default_timeout=180).run().switch_page("clients.py").run()
        assert not app.exception
        return set(app.dataframe[0].value["client_name"]), "Demo" in texts(app)

    monkeypatch.setenv("RETAINER_HOME", str(tmp_path))
    before = opened.version
    assert shown("own") == ({"Ann"}, False)
    names, is_demo = shown("demo")
    assert is_demo and len(names) > 20 and "Ann" not in names
    assert shown("own") == ({"Ann"}, False)
    assert opened.version == before, "a look at the demo writes nothing into one's own data"


@pytest.mark.parametrize(
    ("share", "seconds", "said"),
    [
        (0.0, 9, "Working out how long it takes"),
        (0.5, 1, "Working out how long it takes"),
        (0.5, 20, "About 20 seconds left"),
        (0.25, 60, "About 3 minutes left"),
        (1.0, 60, "About 1 second left"),
    ],
)
def test_the_time_left_follows_from_the_share_that_is_read(share, seconds, said):
    assert syncing.time_left(share, seconds) == said


def test_the_first_sync_is_left_to_whoever_has_just_typed_the_key_in(tmp_path):
    from data.background import FIRST_TURN, BackgroundSync

    typed = settings.save(settings.load(home=tmp_path), stripe_api_key=KEY)
    due_at = BackgroundSync(lambda: typed).next_at(typed)
    assert due_at and abs(due_at - datetime.now(UTC).replace(tzinfo=None) - FIRST_TURN).total_seconds() < 60
