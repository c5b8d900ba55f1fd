"""Data: connect and sync Stripe, bring files in, choose what is shown, and where it lies."""

import stat
from datetime import UTC, datetime, timedelta

import pytest

from data import settings, warehouse
from data.errors import KeyRefused
from data.sources import Progress
from data.sources.stripe.check import KeyCheck
from tests.pages.figures_shown import values
from tests.pages.homes import land, many_clients, one_client, own, texts

KEY = "rk_test_0123456789secret"
WORKS = KeyCheck(account="Northlight *Care*", is_live=False, is_restricted=True, lacks=(), lacks_essential=())


@pytest.fixture
def checked(monkeypatch):
    """Make the test of a key answer as wanted, without any network."""

    def answer(found):
        def check(_settings):
            if isinstance(found, Exception):
                raise found
            return found

        monkeypatch.setattr("data.sources.stripe.check.check", check)

    return answer


def connect(app, key=KEY):
    next(field for field in app.text_input if field.label == "Stripe key").set_value(key)
    next(button for button in app.button if button.label in ("Connect Stripe", "Replace key")).click()
    return app.run()


def everything(app):
    spoken = [one.value for one in (*app.code, *app.success, *app.warning, *app.error)]
    return "\n".join([texts(app), *map(str, spoken), *[str(field.value) for field in app.text_input]])


def test_a_key_is_kept_in_a_file_for_the_user_alone_and_never_shown_again(dashboard, tmp_path, checked):
    checked(WORKS)
    own(tmp_path)
    app = connect(dashboard(tmp_path, "sources.py"))
    assert not app.exception
    assert settings.load().stripe_api_key == KEY
    assert stat.S_IMODE((tmp_path / "settings.toml").stat().st_mode) == 0o600
    assert KEY not in everything(app) and KEY not in str(app.session_state.to_dict())
    assert "never shown again" in texts(app)


def test_a_refused_key_is_not_kept_and_says_why(dashboard, tmp_path, checked):
    checked(KeyRefused("Stripe refused the key.", "Check that it was copied whole."))
    own(tmp_path)
    app = connect(dashboard(tmp_path, "sources.py"))
    assert "copied whole" in app.error[0].value
    assert settings.load().stripe_api_key == ""


def test_where_the_environment_sets_another_key_the_page_says_that_it_wins(dashboard, tmp_path, checked, monkeypatch):
    checked(WORKS)
    monkeypatch.setenv("STRIPE_API_KEY", "rk_test_other")
    own(tmp_path)
    app = connect(dashboard(tmp_path, "sources.py"))
    assert "set elsewhere" in app.warning[-1].value


def test_the_permissions_a_key_needs_are_listed_in_words(dashboard):
    said = texts(dashboard("empty", "sources.py"))
    for words in ("Invoices", "Subscriptions", "Customers", "Prices", "Products", "Charges and Refunds", "PaymentMethods"):
        assert words in said
    assert "never write" in said


def test_a_permission_that_is_missing_is_named(dashboard, tmp_path, checked, monkeypatch):
    checked(KeyCheck("", False, True, lacks=("events",), lacks_essential=()))
    monkeypatch.setenv("STRIPE_API_KEY", KEY)
    own(tmp_path)
    app = dashboard(tmp_path, "sources.py")
    app.button(key="test_key").click().run()
    assert any("may not read events" in one.value for one in app.warning)


def test_what_was_left_out_of_the_last_sync_is_named(dashboard, tmp_path, monkeypatch):
    monkeypatch.setenv("STRIPE_API_KEY", KEY)
    opened, now = own(tmp_path), datetime.now(UTC)
    with opened.transaction() as cursor:
        missing = {"events": "The key lacks read access to events."}
        opened.record_sync(cursor, "stripe", started_at=now, finished_at=now, status="ok", objects=3, missing=missing)
    app = dashboard(tmp_path, "sources.py")
    assert any("lacks read access to events" in one.value.replace("\\", "") for one in app.warning)


def test_a_sync_shows_what_it_reads_and_then_what_it_brought(dashboard, tmp_path, monkeypatch):
    monkeypatch.setenv("STRIPE_API_KEY", KEY)
    opened = own(tmp_path)

    def refresh(chosen, name, report, *, full=False):
        from data.sync import SourceSummary

        report(Progress("stripe", "invoices", 12))
        land(opened, one_client("Ann"))
        return SourceSummary(name, "Stripe", objects=12, seconds=1.0)

    monkeypatch.setattr("data.refresh.refresh", refresh)
    monkeypatch.setattr("pages.ui.syncing.refresh", refresh)
    app = dashboard(tmp_path, "sources.py")
    app.button(key="sync_now").click().run()
    assert not app.exception
    assert "12 objects read" in app.success[0].value
    assert values(app)["Stripe"] != "Nothing yet"


def test_a_failed_sync_shows_the_hint_and_keeps_the_page(dashboard, tmp_path, monkeypatch):
    monkeypatch.setenv("STRIPE_API_KEY", KEY)
    own(tmp_path)

    def refresh(chosen, name, report, *, full=False):
        raise KeyRefused("Stripe refused the key.", "It may have been revoked.")

    monkeypatch.setattr("pages.ui.syncing.refresh", refresh)
    app = dashboard(tmp_path, "sources.py")
    app.button(key="sync_now").click().run()
    assert not app.exception
    assert "revoked" in app.error[0].value
    assert not any(status.error for status in app.status), "what to do does not hide in a box that is folded"
    assert "Where the data lie" in texts(app)


def test_a_source_whose_sync_failed_says_so_and_when_it_last_worked(dashboard):
    app = dashboard("failed sync", "sources.py")
    assert values(app)["Stripe"] == "Failed"
    assert "failed" in app.subheader[0].value


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "Just now"), (12, "12 min ago"), (119, "119 min ago"), (5 * 60, "5 h ago"), (72 * 60, "3 days ago")],
)
def test_how_fresh_a_source_is_stands_in_words(minutes, words):
    from pages.ui import freshness

    now = datetime.now(UTC).replace(tzinfo=None)
    assert freshness.ago(now - timedelta(minutes=minutes), now) == words


def test_agreements_are_previewed_with_their_bad_rows_and_kept_on_import(dashboard, tmp_path):
    opened = own(tmp_path)
    land(opened, many_clients(["Ann"]))
    app = dashboard(tmp_path, "sources.py", kind="Agreements outside Stripe")
    rows = b"client,tier,amount,currency,months,starts_on\nBob,Care,600.00,eur,3,2026-10-01\nEve,Care,abc,eur,3,2026-10-01\n"
    app.file_uploader[0].upload("agreements.csv", rows)
    app.run()
    assert "1 agreement read, 1 row left out" in texts(app)
    (shown,) = [table.value for table in app.dataframe if "starts_on" in table.value and "amount" in table.value]
    assert shown["amount"].tolist() == ["€600.00"], "each amount stands in its own currency before it is kept"
    assert opened.last_sync("agreements") is None
    app.button(key="agreements_keep").click().run()
    assert not app.exception
    assert opened.last_sync("agreements")["objects"] == 1


def test_the_settings_are_saved_and_a_wrong_one_is_said(dashboard, tmp_path):
    own(tmp_path)
    app = dashboard(tmp_path, "sources.py")
    fields = {field.label: field for field in app.text_input}
    fields["Your name"].set_value("Ana Pop")
    next(button for button in app.button if button.label == "Save settings").click().run()
    assert settings.load().sender_name == "Ana Pop"
    fields = {field.label: field for field in app.text_input}
    fields["Time zone"].set_value("Nowhere/Town")
    next(button for button in app.button if button.label == "Save settings").click().run()
    assert "names no time zone" in app.error[0].value
    assert settings.load().time_zone == ""


def test_one_can_switch_between_the_demo_and_own_data(dashboard, tmp_path, monkeypatch, demo_in):
    land(own(demo_in(tmp_path)), one_client("Ann"))
    app = dashboard(tmp_path, "sources.py")
    monkeypatch.setenv("RETAINER_SHOW", "")
    app.run()
    control = next(one for one in app.segmented_control if one.label == "Show on all pages")
    control.set_value(True).run()
    assert settings.load().is_demo
    assert "An invented agency" in texts(app)


def test_the_page_says_where_the_data_lie(dashboard, tmp_path):
    own(tmp_path)
    app = dashboard(tmp_path, "sources.py")
    assert str(tmp_path) in app.code[0].value


def test_imports_go_to_the_user_s_own_warehouse_never_into_the_demo(tmp_path):
    from data.refresh import own_warehouse

    shown = settings.load(home=tmp_path, show="demo")
    assert own_warehouse(shown).path == shown.own_warehouse
    assert warehouse.shared(settings.load(home=tmp_path, show="own")) is own_warehouse(shown)


def test_figures_of_one_warehouse_are_never_shown_for_another_of_the_same_version(dashboard, tmp_path):
    first, second = own(tmp_path / "first"), own(tmp_path / "second")
    land(first, many_clients(["Ann"]))
    land(second, many_clients(["Bob", "Eve"]))
    assert first.version == second.version
    shown = [
        dashboard(tmp_path / home, "clients.py").dataframe[0].value["client_name"].tolist() for home in ("first", "second")
    ]
    assert sorted(shown[0]) == ["Ann"] and sorted(shown[1]) == ["Bob", "Eve"]
