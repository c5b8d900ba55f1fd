"""The frame around every page: the menu, errors in sentences, the log-in gate."""

import logging

import pytest
from streamlit.testing.v1 import AppTest

from data.errors import InputError, WarehouseBusy
from pages.ui import warehouse
from tests.pages.figures_shown import values
from tests.pages.homes import PAGES, SHELL, texts


def test_the_bare_address_leads_to_the_first_page(dashboard):
    app = dashboard("one client", PAGES[0])
    fresh = AppTest.from_file(str(SHELL), default_timeout=180).run()
    assert not app.exception and not fresh.exception
    assert fresh.title[0].value == "Today"


def test_every_page_file_is_in_the_menu():
    source = (SHELL.parent / "ui" / "menu.py").read_text(encoding="utf-8")
    assert [page for page in PAGES if f'"{page}"' not in source] == []


def test_an_error_of_ours_is_its_sentence_and_its_hint(dashboard, monkeypatch):
    def fail(*_, **__):
        raise InputError("There is no metric *x*.", "Take <b>another</b>.")

    monkeypatch.setattr(warehouse, "metric", fail)
    app = dashboard("one client", "revenue.py")
    shown = app.error[0].value.replace("\\", "")
    assert "There is no metric *x*." in shown and "Take <b>another</b>." in shown
    assert "\\<b\\>" in app.error[0].value, "what an error quotes is no markup"
    assert not app.exception


def test_an_unforeseen_error_shows_no_trace_and_is_logged(dashboard, monkeypatch, caplog):
    def fail(*_, **__):
        raise RuntimeError("secret path /etc/x")

    monkeypatch.setattr(warehouse, "metric", fail)
    with caplog.at_level(logging.ERROR):
        app = dashboard("one client", "churn.py")
    assert "could not be shown" in app.error[0].value
    assert "secret path" not in texts(app) and not app.exception
    assert "secret path" in caplog.text


def test_a_warehouse_that_another_process_has_open_is_said_in_a_sentence(dashboard, monkeypatch):
    def fail():
        raise WarehouseBusy("The dashboard, or another command, has this warehouse open.", "Close it, then try again.")

    monkeypatch.setattr(warehouse, "shown", fail)
    app = dashboard("one client", "revenue.py")
    assert "has this warehouse open" in app.error[0].value.replace("\\", "")


def test_a_setting_that_makes_no_sense_is_said_in_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setenv("RETAINER_HOME", str(tmp_path))
    monkeypatch.setenv("RETAINER_SHOW", "everything")
    app = AppTest.from_file(str(SHELL), default_timeout=180).run()
    assert "RETAINER_SHOW" in app.error[0].value.replace("\\", "")
    assert not app.exception


@pytest.fixture
def gated(homes, monkeypatch):
    """The dashboard with log-in set up, for somebody."""

    def run(user, allowed=""):
        monkeypatch.setenv("RETAINER_HOME", str(homes("one client")))
        monkeypatch.setenv("RETAINER_SHOW", "own")
        monkeypatch.setenv("RETAINER_USERS", allowed)
        app = AppTest.from_file(str(SHELL), default_timeout=180)
        app.secrets["auth"] = {"cookie_secret": "x"}
        app.user = user
        app.run()
        return app

    return run


def test_where_log_in_is_set_up_nothing_is_shown_before_it(gated):
    app = gated({"is_logged_in": False})
    for shown in (app, app.switch_page("revenue.py").run()):
        assert [button.label for button in shown.button] == ["Log in"]
        assert not values(shown) and not shown.dataframe and not shown.exception


def test_whoever_is_logged_in_sees_the_dashboard(gated):
    assert gated({"is_logged_in": True, "email": "ann@a.example"}).title[0].value == "Today"


@pytest.mark.parametrize(
    ("user", "sees"),
    [
        ({"is_logged_in": True, "email": "Ann@A.example"}, True),
        ({"is_logged_in": True, "email": "eve@a.example"}, False),
        ({"is_logged_in": True}, False),
    ],
)
def test_only_the_named_addresses_get_in_where_some_are_named(gated, user, sees):
    app = gated(user, allowed="ann@a.example, bob@b.example")
    assert [title.value for title in app.title] == (["Today"] if sees else [])
    assert [error.value for error in app.error] == ([] if sees else ["This account may not open the dashboard."])
