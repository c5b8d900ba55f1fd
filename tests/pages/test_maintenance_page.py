"""Care: sites against the stated rules, and files in (mission.md F22–F26)."""

from tests.pages.figures_shown import values
from tests.pages.homes import land, many_clients, own, texts

GOOD = (
    b"record,site,client,date,component,to_version,hours\n"
    b"update,ann.example,Ann,2026-11-19,WooCommerce,9.4.2,\n"
    b"hour,ann.example,Ann,2026-11-19,,,1.5\n"
)
MIXED = GOOD + b"update,ann.example,Ann,some day,Yoast,2.0,\n"


def _with(app, column):
    return next(frame.value for frame in app.dataframe if column in frame.value.columns)


def test_each_site_stands_against_each_rule_and_late_ones_come_first(dashboard):
    app = dashboard("demo", "maintenance.py")
    frame = _with(app, "late_on")
    rules = ["backup_daily", "backup_off_site", "backup_kept_30_days", "updates_weekly", "restore_test", "uptime"]
    assert set(frame[rules].to_numpy().ravel()) == {"OK", "Late", "No data"}
    late = frame["late_on"].str.startswith("Late")
    assert late.iloc[0] and late.sort_values(ascending=False).tolist() == late.tolist()


def test_the_figure_of_late_sites_is_that_of_the_rows_and_of_today(dashboard):
    app = dashboard("demo", "maintenance.py")
    rows = _with(app, "late_on")["late_on"].str.startswith("Late").sum()
    figure = values(app)["Sites late"]
    today = values(dashboard("demo", "today.py"))["Sites late"]
    assert figure.split(" of ")[0] == str(rows) == today


def test_no_data_is_neither_late_nor_ok(dashboard):
    from pages.ui import care, site_matrix

    sites = _sites(rules_late=0, rules_ok=0, rules_no_data=6)
    assert care.standings(sites, _clients())["standing"].tolist() == ["unknown"]
    inks = site_matrix._INK["light"]
    assert inks["No data"] not in (inks["Late"], "") and "OK" not in inks


def test_where_no_uptime_is_promised_there_is_no_rule_to_keep():
    from pages.ui import care

    assert care.standings(_sites(rules_late=0, rules_ok=5, rules_no_data=1), _clients())["standing"].tolist() == ["kept"]
    promised = _sites(rules_late=0, rules_ok=5, rules_no_data=1, uptime_promised=0.99)
    assert care.standings(promised, _clients())["standing"].tolist() == ["unknown"]


def test_the_site_of_a_former_client_is_not_in_care():
    from pages.ui import care

    known = care.standings(_sites(rules_late=3, rules_ok=0, rules_no_data=3), _clients("churned"))
    assert known["standing"].tolist() == ["former"]
    assert care.answer(known) == "No site of a client is in care."


def _sites(**columns):
    import pandas as pd

    return pd.DataFrame([{"site": "a", "client_id": "cus_1", "client_name": "A", "uptime_promised": None, **columns}])


def _clients(standing="paying"):
    import pandas as pd

    return pd.DataFrame([{"client_id": "cus_1", "standing": standing}])


def test_filters_narrow_the_sites(dashboard):
    app = dashboard("demo", "today.py")
    app.switch_page("maintenance.py")
    app.query_params["state"] = "Late"
    app.run()
    assert _with(app, "late_on")["late_on"].str.startswith("Late").all()
    app.text_input(key="find_site").set_value("no such site anywhere").run()
    assert not app.exception
    assert "0 sites" in texts(app)


def test_a_site_has_its_own_page_with_the_reason_of_each_state(dashboard):
    site = _with(dashboard("demo", "maintenance.py"), "late_on")["site"].iloc[0]
    app = dashboard("demo", "maintenance.py", site=site)
    assert app.title[0].value.replace("\\", "") == site
    said = texts(app)
    assert all(rule in said for rule in ("Full backup every day", "Backups stored off", "Restore tested once a year"))


def test_an_unknown_site_leads_to_the_list(dashboard):
    app = dashboard("demo", "maintenance.py", site="nowhere.example")
    assert "no such site" in app.warning[-1].value
    assert app.dataframe


def test_an_empty_page_says_what_will_stand_here_and_takes_a_file(dashboard):
    app = dashboard("empty", "maintenance.py")
    assert "No sites yet" in app.subheader[0].value
    assert app.file_uploader and not values(app)


def test_a_file_is_previewed_with_its_bad_rows_and_kept_only_on_import(dashboard, tmp_path):
    opened = own(tmp_path)
    land(opened, many_clients(["Ann"]))
    app = dashboard(tmp_path, "maintenance.py")
    app.file_uploader[0].upload("care.csv", MIXED)
    app.run()
    assert not app.exception
    said = texts(app)
    assert "2 good rows, 1 row left out" in said.replace("\\", "")
    left = _with(app, "reason")
    assert left["line"].tolist() == [4] and "some day" in left["row"].iloc[0]
    assert opened.last_sync("maintenance") is None
    app.button(key="care_keep").click().run()
    assert not app.exception
    assert opened.last_sync("maintenance")["objects"] == 2
    assert "new" in app.success[0].value
    assert _with(app, "late_on")["site"].tolist() == ["ann.example"]


def test_a_file_that_is_none_ends_in_a_sentence(dashboard, tmp_path):
    land(own(tmp_path), many_clients(["Ann"]))
    app = dashboard(tmp_path, "maintenance.py")
    app.file_uploader[0].upload("care.csv", b"a,b\n1,2\n")
    app.run()
    assert not app.exception
    assert app.error and "care" in app.error[0].value
