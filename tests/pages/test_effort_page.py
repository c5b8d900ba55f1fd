"""Effort: what an hour brings, who is under the target, allowances used, and costs entered (mission.md F1–F3, F7, F8)."""

from data.sources import maintenance
from tests.pages.figures_shown import values
from tests.pages.homes import land, many_clients, own, texts


def _with(app, column):
    return next(frame.value for frame in app.dataframe if column in frame.value.columns)


def test_what_an_hour_earns_is_the_metric_s_own_rate(dashboard):
    from data import metrics, settings, warehouse

    app = dashboard("demo", "effort.py")
    shown = _with(app, "hourly_rate_minor")
    frame = metrics.read(warehouse.shared(settings.load()), "client_effort")
    frame = frame[frame["currency"] != "eur"]
    newest = frame[frame["month"] == frame["month"].max()].set_index("client_name")["hourly_rate_minor"].dropna()
    rates = shown.set_index("client_name")["hourly_rate_minor"].dropna()
    assert len(rates) and (newest.loc[rates.index].astype(int) == rates.astype(int)).all()


def test_the_picture_of_effort_marks_who_pays_less_than_half_of_the_mean_and_says_so(dashboard):
    from pages.ui import effort_charts
    from pages.ui import effort_findings as words

    rows = _effort((20_000, 2.0), (20_000, 2.5), (10_000, 10.0), (0, 0.5), (5_000, None))
    rate = words.mean_rate(rows)
    assert rate == 50_000 / 15
    picture = effort_charts.effort(rows, "usd", rate).checked()
    assert list(picture.data[0].marker.symbol).count("diamond") == 2
    assert next(text for text in picture.data[0].text if text) == "Client 2"
    assert "2 clients below half of that" in words.finding(rows, "usd", None)
    assert words.finding(_effort((5_000, None)), "usd", None).startswith("No hours are recorded")


def _effort(*rows):
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "client_name": f"Client {place}",
                "mrr_minor": mrr,
                "hours": hours,
                "costs_minor": None,
                "hourly_rate_minor": None if hours is None else round(mrr / hours),
            }
            for place, (mrr, hours) in enumerate(rows)
        ]
    ).astype({"costs_minor": "Int64", "hourly_rate_minor": "Int64"})


def test_with_a_target_those_below_it_are_marked_and_listed(dashboard, monkeypatch):
    from data import metrics, settings, warehouse

    monkeypatch.setenv("RETAINER_TARGET_RATE", "60")
    app = dashboard("demo", "effort.py")
    rates = metrics.read(warehouse.shared(settings.load()), "client_rates", currency="usd")
    under = rates[rates["is_under_target"].fillna(False)]
    assert (rates["target_minor"] == 6_000).all() and len(under)
    assert (under["hourly_rate_minor"] < 6_000).all()
    figure = values(app)["Under target"]
    assert figure.split(" of ")[0] == str(len(under))
    assert sorted(_with(app, "rate_before_minor")["client_name"]) == sorted(under["client_name"])
    assert "below the target" in texts(app)


def test_without_hours_the_page_says_how_they_get_here_and_shows_no_rate(dashboard, tmp_path):
    land(own(tmp_path), many_clients(["Ann", "Bob"]))
    app = dashboard(tmp_path, "effort.py")
    assert not app.exception
    figures = values(app)
    assert (figures["MRR"], figures["Hours"], figures["Costs"]) == ("$300", "No data", "No data")
    assert "An hour brings" not in figures
    assert "No hours are recorded yet" in texts(app) and "Import hours" in [button.label for button in app.button]


def test_a_cost_entered_for_all_is_shared_and_can_be_taken_out_again(dashboard, tmp_path):
    from data import client_costs, metrics

    opened = own(tmp_path)
    land(opened, many_clients(["Ann", "Bob"]))
    number = client_costs.add(opened, client_costs.Cost("*", "Backup licence", "licence", 2_400, "usd", 12))
    newest = metrics.read(opened, "client_effort").groupby("client_name").last()
    assert newest["costs_minor"].tolist() == [100, 100]
    app = dashboard(tmp_path, "effort.py")
    app.session_state["costs_open"] = True
    assert "Backup licence" in _with(app.run(), "every")["name"].tolist()
    next(box for box in app.selectbox if box.label == "Remove").select(number)
    next(button for button in app.run().button if button.label == "Remove cost").click().run()
    assert [box.label for box in app.expander if box.label == "Enter costs"] and "What is paid for" in str(app.text_input)
    assert metrics.read(opened, "client_effort")["costs_minor"].isna().all()


def test_clients_who_cost_more_than_they_pay_are_named_with_what_is_lost(dashboard, tmp_path):
    from data import client_costs

    opened = own(tmp_path)
    land(opened, many_clients(["Ann", "Bob"]))
    app = dashboard(tmp_path, "effort.py")
    assert "costs more than" not in texts(app)
    client_costs.add(opened, client_costs.Cost("*", "Server", "hosting", 30_000, "usd", 1))
    app = dashboard(tmp_path, "effort.py")
    assert "costs more than it pays" in texts(app)
    assert _with(app, "loss_minor")["client_name"].tolist() == ["Ann"]


def test_clients_without_a_site_stand_under_the_weekly_round_and_are_said_to_have_no_site(dashboard, tmp_path):
    land(own(tmp_path), many_clients(["Ann", "Bob"]))
    app = dashboard(tmp_path, "weekly_round.py")
    assert not app.exception
    assert "2 clients have no site here; work for 0 is recorded this week" in texts(app)


def test_hours_of_nobody_known_are_not_called_unrecorded_but_lead_to_where_they_are_matched(dashboard, tmp_path):
    opened = own(tmp_path)
    land(opened, many_clients(["Ann"]))
    rows = b"record,site,client,date,hours\nhour,stranger.example,Stranger,2026-11-02,1.5\n"
    maintenance.import_file(rows, "hours.csv", opened)
    app = dashboard(tmp_path, "effort.py")
    assert "No hours are recorded yet" not in texts(app) and "1.5 h are recorded" in texts(app).replace("\\", "")
    assert "Match sites to clients" in [button.label for button in app.button]
