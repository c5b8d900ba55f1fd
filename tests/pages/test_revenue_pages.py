"""Figures on screen are those of the metrics, and what is chosen on a page decides what it shows."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from data import metrics, settings, warehouse
from pages.ui import formats
from tests.pages.figures_shown import figures
from tests.pages.homes import drawn, land, many_clients, own, texts


@pytest.fixture
def read(homes):
    """A metric of the demo as the command line reads it."""

    def frame(name, **which):
        homes("demo")
        return metrics.read(warehouse.shared(settings.load()), name, **which)

    return frame


def bare(text):
    return text.replace("\\", "")


def figure(app, label):
    return next(shown for shown in figures(app) if shown.label == label)


def test_the_review_shows_the_closing_figures_of_the_newest_month(dashboard, read):
    app = dashboard("demo", "revenue.py")
    summary = read("revenue_summary", currency="usd").iloc[-1]
    steps = read("mrr_movements", currency="usd").iloc[-1]
    assert summary["mrr_minor"] == steps["closing_minor"]
    assert formats.money(steps["closing_minor"], "usd") in bare(app.subheader[0].value)
    assert figure(app, "MRR").value == formats.money(summary["mrr_minor"], "usd", short=True)
    assert figure(app, "Customers").value == str(steps["customers_closing"])
    assert figure(app, "Customers lost").value == f"{steps['customers_churned']} of {steps['customers_opening']}"


def test_the_rows_behind_the_waterfall_add_up_to_its_net(dashboard, read):
    app = dashboard("demo", "revenue.py")
    steps = read("mrr_movements", currency="usd").iloc[-1]
    assert app.dataframe[0].value["amount_minor"].sum() == steps["closing_minor"] - steps["opening_minor"]


def test_another_month_shows_that_month_s_figures(dashboard, read):
    app = dashboard("demo", "revenue.py")
    months = read("mrr_movements", currency="usd")
    earlier = months.iloc[-7]
    app.selectbox(key="month").select(earlier["month"]).run()
    assert not app.exception and not app.error
    assert figure(app, "Customers").value == str(earlier["customers_closing"])


def test_every_month_of_the_demo_can_be_reviewed_and_its_churn_read(dashboard, read):
    months = list(read_months(dashboard, read))
    for page in ("revenue.py", "churn.py"):
        app = dashboard("demo", page)
        for month in (months[0], months[1], months[12], months[-2]):
            app.selectbox(key="month").select(month).run()
            assert not app.exception and not app.error, (page, month, texts(app))


def read_months(dashboard, read):
    dashboard("demo", "revenue.py")
    return read("mrr_movements", currency="usd")["month"]


def test_the_other_currency_shows_its_own_figures_and_nothing_is_added(dashboard, read):
    app = dashboard("demo", "revenue.py", currency="EUR")
    euros = read("revenue_summary", currency="eur").iloc[-1]
    assert figure(app, "MRR").value == formats.money(euros["mrr_minor"], "eur", short=True)
    assert "$" not in figure(app, "MRR").value


def test_a_month_that_the_other_currency_has_not_falls_back_to_its_newest(dashboard, read):
    app = dashboard("demo", "revenue.py")
    dollars, euros = (list(read("mrr_movements", currency=code)["month"]) for code in ("usd", "eur"))
    assert dollars[0] < euros[0], "else the case is not there"
    app.selectbox(key="month").select(dollars[0]).run()
    app.get_by_key("currency").set_value("eur").run()
    assert not app.exception and not app.error
    assert app.selectbox(key="month").value == euros[-1]


def test_a_currency_or_month_that_is_not_there_falls_back_to_one_that_is(dashboard):
    app = dashboard("demo", "revenue.py", currency="XXX", month="Smarch 1999")
    assert not app.exception and not app.error and figures(app)


def test_tiers_on_screen_add_up_to_mrr(dashboard, read):
    app = dashboard("demo", "tiers.py")
    mrr = read("revenue_summary", currency="usd").iloc[-1]["mrr_minor"]
    assert bare(app.subheader[0].value).endswith(f"of {formats.money(mrr, 'usd')}")


def test_clients_on_screen_add_up_to_mrr_and_can_be_found(dashboard, read):
    app = dashboard("demo", "clients.py")
    mrr = read("revenue_summary", currency="usd").iloc[-1]["mrr_minor"]
    assert app.dataframe[0].value["mrr_minor"].sum() == mrr
    name = app.dataframe[0].value["client_name"].iloc[3]
    app.text_input(key="find").set_value(name.upper()).run()
    assert name in list(app.dataframe[0].value["client_name"])
    app.text_input(key="find").set_value("nobody has this name").run()
    assert "No client matches" in texts(app)
    assert all("mrr_minor" not in table.value for table in app.dataframe)


def test_a_client_has_its_own_address_with_history_movements_and_prices(dashboard, read):
    clients = read_clients(dashboard, read)
    client = clients[clients["mrr_minor"] > 0].iloc[0]
    app = dashboard("demo", "clients.py", client=client["client_id"])
    assert bare(app.title[0].value) == client["client_name"]
    assert figure(app, "MRR").value == formats.money(client["mrr_minor"], "usd", short=True)
    moved, prices = app.dataframe[0].value, app.dataframe[1].value
    assert moved["amount_minor"].sum() == prices["mrr_minor"].sum() == client["mrr_minor"]


def read_clients(dashboard, read):
    dashboard("demo", "clients.py")
    return read("clients", currency="usd")


@pytest.mark.parametrize("stranger", ["cus_nobody", "' or 1=1 --", "<script>"])
def test_a_client_that_is_not_there_is_said_and_all_are_shown(dashboard, stranger):
    app = dashboard("demo", "clients.py", client=stranger)
    assert "no such client" in app.warning[0].value
    assert app.dataframe and not app.error


def test_each_client_of_the_demo_has_a_page(dashboard, read):
    clients = read_clients(dashboard, read)
    for standing in clients["standing"].unique():
        one = clients[clients["standing"] == standing].iloc[0]["client_id"]
        app = dashboard("demo", "clients.py", client=one)
        assert not app.exception and not app.error, standing


def test_a_build_is_seen_at_the_next_run_of_a_page(dashboard, tmp_path):
    opened = own(tmp_path)
    app = dashboard(tmp_path, "clients.py")
    assert "No clients yet" in texts(app)
    land(opened, many_clients(["Ann", "Bob"]))
    app.run()
    assert "2 clients" in texts(app)


def test_two_warehouses_of_the_same_version_never_show_each_other_s_figures(dashboard, tmp_path):
    for name in ("Ann", "Bob"):
        land(own(tmp_path / name), many_clients([name]))
    versions = {own(tmp_path / name).version for name in ("Ann", "Bob")}
    shown = [dashboard(tmp_path / name, "clients.py").dataframe[0].value["client_name"].to_list() for name in ("Ann", "Bob")]
    assert len(versions) == 1, "else the versions alone would tell them apart"
    assert shown == [["Ann"], ["Bob"]]


def test_in_the_first_month_and_with_one_client_words_stand_instead_of_pictures(dashboard):
    app = dashboard("one client", "tiers.py")
    assert "All MRR comes from one tier" in texts(app)
    assert not app.get("plotly_chart")
    churn = dashboard("one client", "churn.py")
    assert "Nobody left" in texts(churn) and not drawn(churn)


def test_pictures_carry_what_they_say_as_their_name(dashboard):
    app = dashboard("demo", "revenue.py")
    names = [chart.proto.alt for chart in app.get("plotly_chart")]
    assert len(names) == 2 and all(names)
    assert any("MRR" in name for name in names)
    churn = drawn(dashboard("demo", "churn.py"))
    assert len(churn) == 4 and all('aria-label="' in body for body in churn)


def test_the_month_that_runs_is_the_newest_and_comes_first(dashboard):
    app = dashboard("demo", "revenue.py")
    zone = ZoneInfo(warehouse.shared(settings.load()).time_zone)
    assert app.selectbox(key="month").value == f"{datetime.now(zone):%Y-%m}", "on the first, it is still the last one elsewhere"
