"""The what-if page answers its question whatever the book holds, and refuses what a link can't mean."""

import pytest

from pages.ui import what_if_findings
from tests.pages.homes import land, many_clients, own, texts

PAGE = "what_if.py"


def figures(app):
    return {metric.label: metric.value for metric in app.metric}


def heading(app):
    return app.subheader[0].value.replace("\\", "")


def test_the_answer_stands_first_and_counts_clients(dashboard):
    app = dashboard("demo", PAGE)
    assert "Growth from $350.00 to $385.00: you can lose" in heading(app)
    assert set(figures(app)) == {"May leave", "If all stay", "MRR in 12 months", "Pays off", "Below today’s MRR"}
    assert " of 2" in figures(app)["May leave"]


def test_a_moved_lever_moves_the_answer(dashboard):
    app = dashboard("demo", PAGE)
    before = figures(app)
    app.number_input(key="price").set_value(450).run()
    assert "to $450.00" in heading(app)
    assert figures(app)["If all stay"] != before["If all stay"]
    app.number_input(key="price").set_value(350).run()
    assert "nothing changes" in heading(app)
    app.number_input(key="price").set_value(300).run()
    assert "to earn the same" in heading(app)


def test_another_tier_starts_again_a_tenth_above_its_own_price(dashboard):
    app = dashboard("demo", PAGE)
    app.selectbox(key="tier").set_value("Partner").run()
    assert "Partner from $750.00 to $825.00" in heading(app)
    assert not app.exception


def test_only_new_clients_at_the_new_price_leaves_today_s_alone(dashboard):
    app = dashboard("demo", PAGE)
    app.segmented_control(key="when").set_value("Only new clients").run()
    assert "nobody of today pays another price" in heading(app)
    assert figures(app)["May leave"] == "n/a"
    assert figures(app)["Pays off"] == "n/a"


def test_a_link_opens_the_same_scenario(dashboard):
    app = dashboard("demo", PAGE, price="420", when="At renewal", months="24", hours="200")
    assert "to $420.00" in heading(app)
    assert "chance, in 24 months" in texts(app)
    assert "of 200 hours" in texts(app)
    again = dashboard("demo", PAGE, price="420", when="At renewal", months="24", hours="200")
    assert figures(again) == figures(app)
    assert not app.warning


def test_a_hostile_link_is_refused_in_a_sentence_and_the_usual_values_stand(dashboard):
    usual = dashboard("demo", PAGE)
    app = dashboard(
        "demo",
        PAGE,
        tier="<script>alert(1)</script>",
        price="-5",
        when="[x](http://e.vil)",
        months="nan",
        hour="1e999",
        goal="inf",
        by="1e99",
        loss="inf",
    )
    assert not app.exception
    said = app.warning[0].value
    assert "can’t be used" in said and "\\<script\\>" in said and "[x](" not in said
    assert figures(app) == figures(usual)


def test_currencies_are_never_added_one_is_shown_at_a_time(dashboard):
    app = dashboard("demo", PAGE)
    assert "$" in heading(app) and "€" not in " ".join(figures(app).values())
    app.segmented_control(key="currency").set_value("eur").run()
    assert "Growth from €320.00 to €352.00" in heading(app), "the price lever follows the currency"
    assert "$" not in " ".join(figures(app).values())


def test_one_client_gets_words_instead_of_a_band(dashboard):
    app = dashboard("one client", PAGE)
    assert "your one client stays and pays" in heading(app)
    assert "there is no middle" in texts(app)
    charts = [chart.proto.spec for chart in app.get("plotly_chart")]
    assert all("tonexty" not in chart for chart in charts)


def test_where_nobody_ever_left_the_page_says_that_this_is_no_promise(dashboard):
    assert "does not mean nobody ever will" in texts(dashboard("one client", PAGE))


def test_500_clients_are_answered(dashboard, tmp_path):
    land(own(tmp_path), many_clients([f"Client {place}" for place in range(500)]))
    app = dashboard(tmp_path, PAGE)
    assert not app.exception and not app.error
    assert "of 500" in heading(app)


def test_a_goal_names_three_ways(dashboard):
    app = dashboard("demo", PAGE, goal="22000")
    said = texts(app).replace("\\", "")
    assert "- Sign: " in said and "- Price: " in said and "- Upgrade: " in said


def test_an_empty_warehouse_says_what_will_stand_here(dashboard):
    app = dashboard("empty", PAGE)
    assert "yet" in app.subheader[0].value
    assert not app.metric


@pytest.mark.parametrize(
    ("minor", "currency", "text"), [(33_446, "usd", "$334"), (33_446, "jpy", "¥33.4k"), (1_234_567, "usd", "$12.3k")]
)
def test_what_is_only_expected_has_no_cents(monkeypatch, minor, currency, text):
    from pages.ui import formats

    monkeypatch.setattr(formats, "reader_locale", lambda: "en_US")
    assert what_if_findings.about(minor, currency) == text


def test_scenarios_kept_by_name_stand_side_by_side_and_can_be_forgotten(dashboard, tmp_path):
    land(own(tmp_path), many_clients([f"Client {place}" for place in range(6)]))
    app = dashboard(tmp_path, PAGE)
    assert "None kept yet" in texts(app)
    app.text_input[0].set_value("A tenth more")
    app.button(key="FormSubmitter:keep_scenario-Keep scenario").click().run()
    app.number_input(key="price").set_value(900.0).run()
    app.text_input[0].set_value("Half more")
    app.button(key="FormSubmitter:keep_scenario-Keep scenario").click().run()
    assert not app.exception
    rows = app.dataframe[-1].value
    assert list(rows["name"]) == ["Half more", "A tenth more"]
    assert rows["gain_minor"].iloc[0] > rows["gain_minor"].iloc[1]
    again = dashboard(tmp_path, PAGE)
    assert list(again.dataframe[-1].value["name"]) == ["Half more", "A tenth more"]
    next(button for button in again.button if button.label == "Forget those shown").click().run()
    assert "None kept yet" in texts(again)
