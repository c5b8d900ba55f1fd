"""The what-if page answers its question whatever the book holds, and refuses what a link can't mean."""

import pytest

from pages.ui import what_if_findings
from tests.pages.figures_shown import values
from tests.pages.homes import land, many_clients, one_client, own, texts

PAGE = "what_if.py"


def figures(app):
    return values(app)


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
    app.number_input(key="price_growth").set_value(450).run()
    assert "to $450.00" in heading(app)
    assert figures(app)["If all stay"] != before["If all stay"]
    app.number_input(key="price_growth").set_value(350).run()
    assert "nothing changes" in heading(app)
    app.number_input(key="price_growth").set_value(300).run()
    assert "to earn the same" in heading(app)


def test_several_tiers_change_their_price_at_once_and_each_lever_is_shown_alone(dashboard):
    app = dashboard("demo", PAGE, price_partner="800")
    assert "Growth from $350.00 to $385.00 and Partner from $750.00 to $800.00" in heading(app)
    rows = next(frame.value for frame in app.dataframe if "lever" in frame.value or "more_mrr_minor" in frame.value)
    assert {"New price of Growth", "New price of Partner", "Those who leave over it"} <= set(rows["name"])


def test_all_levers_are_put_back_at_once(dashboard):
    app = dashboard("demo", PAGE, new_growth="2", months="24", tier_name="Shop", tier_price="900", price_essential="99")
    next(button for button in app.button if button.label == "Put all levers back").click().run()
    assert "nothing changes" in heading(app)
    assert not app.exception


def test_a_new_tier_can_be_sold_and_moved_to(dashboard):
    link = {"tier_name": "Shop care", "tier_price": "900", "new_added": "1", "move1": "5", "move1_from": "Growth"}
    app = dashboard("demo", PAGE, move1_to="Shop care", **link)
    assert not app.warning and not app.exception
    rows = next(frame.value for frame in app.dataframe if "more_mrr_minor" in frame.value)
    assert {"New tier Shop care", "New clients of Shop care", "Moves Growth → Shop care"} <= set(rows["name"])


def test_levers_that_contradict_each_other_are_told_and_stay_where_they_are(dashboard):
    app = dashboard("demo", PAGE, tier_name="Growth", tier_price="900")
    assert "needs a name that no other tier has" in app.error[0].value
    assert app.text_input(key="tier_name").value == "Growth"


def test_only_new_clients_at_the_new_price_leaves_today_s_alone(dashboard):
    app = dashboard("demo", PAGE)
    app.segmented_control(key="when").set_value("Only new clients").run()
    assert "nobody of today pays another price" in heading(app)
    assert figures(app)["May leave"] == "n/a"
    assert figures(app)["Pays off"] == "n/a"


def test_levers_that_are_folded_away_are_drawn_once_they_are_opened_or_moved(dashboard):
    app = dashboard("demo", PAGE)
    assert "churn" not in {box.key for box in app.number_input}
    usual = figures(app)
    app.session_state["more_levers"] = True
    app.run().number_input(key="churn").set_value(9.0).run()
    app.session_state["more_levers"] = False
    assert app.run().number_input(key="churn").value == 9.0
    app.number_input(key="churn").set_value(None).run()
    assert "churn" not in {box.key for box in app.run().number_input} and figures(app) == usual


def test_a_link_opens_the_same_scenario(dashboard):
    app = dashboard("demo", PAGE, price_growth="420", when="At renewal", months="24", hours="200")
    assert "to $420.00" in heading(app)
    assert "chance, in 24 months" in texts(app)
    assert "of 200 hours" in texts(app)
    again = dashboard("demo", PAGE, price_growth="420", when="At renewal", months="24", hours="200")
    assert figures(again) == figures(app)
    assert not app.warning


def test_a_hostile_link_is_refused_in_a_sentence_and_the_usual_values_stand(dashboard):
    usual = dashboard("demo", PAGE)
    app = dashboard(
        "demo",
        PAGE,
        tier_name="<script>alert(1)</script>" * 9,
        price_growth="-5",
        move1_to="<script>alert(1)</script>",
        keep="nobody",
        view="x",
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
    assert "Partner from €690.00 to €759.00: if the one client" in heading(app), "the price lever follows the currency"
    assert "$" not in " ".join(figures(app).values())


def test_one_client_gets_words_instead_of_a_band(dashboard):
    app = dashboard("one client", PAGE)
    assert "your one client stays and pays" in heading(app)
    assert "there is no middle" in texts(app)
    charts = [chart.proto.spec for chart in app.get("plotly_chart")]
    assert all("tonexty" not in chart for chart in charts)


def test_where_nobody_ever_left_the_page_says_that_this_is_no_promise(dashboard):
    assert "does not mean nobody ever will" in texts(dashboard("one client", PAGE))


@pytest.mark.slow
def test_500_clients_are_answered(dashboard, tmp_path):
    land(own(tmp_path), many_clients([f"Client {place}" for place in range(500)]))
    app = dashboard(tmp_path, PAGE)
    assert not app.exception and not app.error
    assert "of 500" in heading(app)


def test_a_goal_names_three_ways(dashboard):
    app = dashboard("demo", PAGE, goal="22000", view="Reach a goal")
    said = texts(app).replace("\\", "")
    assert "- Sign " in said and "- Set " in said and "- Move " in said and ", or " in said


def test_an_empty_warehouse_says_what_will_stand_here(dashboard):
    app = dashboard("empty", PAGE)
    assert "yet" in app.subheader[0].value
    assert not values(app)


@pytest.mark.parametrize(
    ("minor", "currency", "text"), [(33_446, "usd", "$334"), (33_446, "jpy", "¥33.4k"), (1_234_567, "usd", "$12.3k")]
)
def test_what_is_only_expected_has_no_cents(monkeypatch, minor, currency, text):
    from pages.ui import formats

    monkeypatch.setattr(formats, "reader_locale", lambda: "en_US")
    assert what_if_findings.about(minor, currency) == text


def pressed(app, label):
    return next(button for button in app.button if button.label == label).click().run()


def chosen(app, name):
    next(box for box in app.selectbox if box.label == "Scenario").set_value(name).run()


def keep_as(app, name):
    next(box for box in app.text_input if box.label.startswith("Keep the levers")).set_value(name)
    pressed(app, "Keep scenario")


def kept_rows(app):
    return next((frame.value for frame in app.dataframe if "chance_below" in frame.value), None)


def test_scenarios_kept_by_name_stand_side_by_side_are_opened_renamed_and_removed(dashboard, tmp_path):
    land(own(tmp_path), many_clients([f"Client {place}" for place in range(6)]))
    app = dashboard(tmp_path, PAGE, view="Side by side")
    usual = heading(app)
    assert "None kept yet" in texts(app)
    keep_as(app, "A tenth more")
    app.number_input(key="price_care").set_value(900.0).run()
    keep_as(app, "Far more")
    assert not app.exception
    rows = kept_rows(app)
    assert list(rows["name"]) == ["Far more", "A tenth more"]
    assert rows["gain_minor"].iloc[0] > rows["gain_minor"].iloc[1]

    again = dashboard(tmp_path, PAGE, view="Side by side", price_care="500")
    assert heading(again) != usual
    chosen(again, "A tenth more")
    pressed(again, "Open scenario")
    assert heading(again) == usual
    again.text_input(key="rename_A tenth more").set_value("Far more").run()
    pressed(again, "Save name")
    assert "Another scenario is called" in again.error[0].value
    again.text_input(key="rename_A tenth more").set_value("Ten percent").run()
    pressed(again, "Save name")
    assert set(kept_rows(again)["name"]) == {"Far more", "Ten percent"}
    chosen(again, "Ten percent")
    pressed(again, "Remove scenario")
    assert list(kept_rows(again)["name"]) == ["Far more"]
    pressed(again, "Undo")
    assert set(kept_rows(again)["name"]) == {"Far more", "Ten percent"}


def test_looking_back_says_how_often_the_band_held_or_that_there_is_too_little_history(dashboard):
    app = dashboard("one client", PAGE, view="Look back")
    assert not app.exception
    assert "Too little history to look back over 6 months" in texts(app)


def test_a_scenario_applied_is_drafted_planned_told_and_stands_on_today(dashboard, tmp_path):
    land(own(tmp_path), many_clients(["Ann", "Bob"]))
    app = dashboard(tmp_path, PAGE, view="Apply", **{"from": "3"})
    assert "Care is not in it" in texts(app).replace("\\", ""), "the price book does not know this tier"
    pressed(app, "Plan price change")
    assert not app.exception and not app.error
    assert "Planned: 0 of 2 told" in texts(app)
    pressed(app, "Mark as told")
    assert "Planned: 1 of 2 told" in texts(app)
    today = dashboard(tmp_path, "today.py")
    assert "Price change planned: tell the client by" in texts(today).replace("\\", "")
    link = {"tell": next(button.key for button in today.button if str(button.key).startswith("price_change:"))[13:]}
    again = dashboard(tmp_path, PAGE, view="Apply", **link)
    assert "Planned: 1 of 2 told" in texts(again)
    pressed(again, "Withdraw for this client")
    assert "Price change planned" not in texts(dashboard(tmp_path, "today.py"))


@pytest.mark.slow
def test_the_price_book_s_draft_is_shown_written_and_followed_or_not(dashboard, tmp_path):
    land(own(tmp_path), one_client("Ann"))
    app = dashboard(tmp_path, PAGE, view="Apply", price_growth="380")
    assert "+price = 380" in app.code[0].value
    pressed(app, "Write price book draft")
    path = tmp_path / "price_books" / "drafts" / "wordpress_care_draft.toml"
    assert path.exists() and str(path) in [box.value for box in app.code]
    pressed(app, "Follow this draft")
    assert not app.exception and "nothing changes" in heading(app), "the what-if now starts from the new price"
    pressed(app, "Undo: follow the price book of before")
    assert 'RETAINER_PRICE_BOOK = "wordpress_care"' in (tmp_path / "settings.toml").read_text(encoding="utf-8")


def test_nothing_to_apply_says_so(dashboard):
    app = dashboard("one client", PAGE, view="Apply", price_growth="350")
    assert "Nothing to apply" in texts(app)
