"""Proposals on record, on the page: draft, sent, revised, answered, taken back; candidates to start from (R5, R7, R22)."""

from datetime import timedelta

import pytest

from data import metrics
from pages.ui import candidates, proposal_register
from pages.ui.example_notes import EXAMPLES
from proposals import record
from tests.pages.homes import HOSTILE, own, texts


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("RETAINER_SENDER_NAME", "Ana Pop")
    own(tmp_path)
    return tmp_path


@pytest.fixture
def desk(dashboard, home):
    """The page with notes already read."""

    def read(notes=EXAMPLES["en"]):
        app = dashboard(home, "proposal.py")
        app.text_area(key="notes").set_value(notes)
        press(app, "Read notes")
        return app

    return read


def named(elements, label):
    return next(one for one in elements if one.label == label)


def press(app, label):
    named(app.button, label).click().run()
    assert not app.exception, app.exception
    return app


def opened(app, proposal_id):
    app.query_params["proposal"] = proposal_id
    return app.run()


def known(home):
    return metrics.read(own(home), "proposals")


def test_marking_as_sent_puts_tiers_text_and_corrections_on_record(desk, home):
    app = desk()
    named(app.text_input, "First name").set_value("Joanna").run()
    press(app, "Mark as sent")
    (row,) = known(home).to_dict("records")
    assert (row["state"], row["company"], row["revision"]) == ("sent", "Fernbank Pottery", 1)
    today = own(home).today
    assert (row["sent_on"], row["follow_up_on"]) == (str(today), str(record.working_days_after(today, 5)))
    (kept,) = record.revisions(own(home), row["proposal_id"])
    assert kept.content["corrections"]["contact_first_name"] == {"read": "Hannah", "set": "Joanna"}
    assert "Hi Joanna," in kept.content["text"]
    assert any("stands on record as sent" in one.value for one in app.success)
    assert "Mark as sent" not in [button.label for button in app.button]


def test_the_follow_up_day_can_be_chosen_before_sending(desk, home):
    app = desk()
    day = own(home).today + timedelta(days=2)
    named(app.date_input, "Follow up on").set_value(day).run()
    press(app, "Mark as sent")
    assert known(home).iloc[0]["follow_up_on"] == str(day)


def test_a_draft_is_kept_opened_again_with_its_corrections_and_prices_and_sent(desk, home, dashboard):
    app = desk()
    named(app.text_input, "Company").set_value("Fernbank Studio").run()
    app.number_input(key="price_wordpress_care_growth").set_value(420.0).run()
    press(app, "Save as draft")
    (row,) = known(home).to_dict("records")
    assert (row["state"], row["company"]) == ("drafted", "Fernbank Studio")
    again = opened(dashboard(home, "proposal.py"), row["proposal_id"])
    press(again, "Open its notes")
    assert named(again.text_input, "Company").value == "Fernbank Studio"
    assert again.number_input(key="price_wordpress_care_growth").value == 420.0
    assert "420" in next(one.value for one in again.code if "Ana Pop" in one.value)
    press(again, "Mark as sent")
    assert known(home)[["state", "revision"]].values.tolist() == [["sent", 1]]


def test_a_draft_keeps_the_text_that_was_edited(desk, home, dashboard):
    app = desk()
    app.segmented_control(key="email_view").set_value("Edit text").run()
    text = named(app.text_area, "Text of the e-mail")
    text.set_value(text.value + "\nP.S. Greetings to the kiln.\n").run()
    press(app, "Save as draft")
    again = opened(dashboard(home, "proposal.py"), known(home).iloc[0]["proposal_id"])
    press(again, "Open its notes")
    assert "Greetings to the kiln." in next(one.value for one in again.code if "Ana Pop" in one.value)


def test_a_change_after_sending_is_a_new_revision_and_the_first_stays(desk, home):
    app = desk()
    press(app, "Mark as sent")
    app.number_input(key="price_wordpress_care_growth").set_value(420.0).run()
    press(app, "Mark as sent")
    assert known(home)[["state", "revision"]].values.tolist() == [["sent", 2], ["superseded", 1]]
    first, second = record.revisions(own(home), known(home).iloc[0]["proposal_id"])
    prices = [[tier["price_minor"] for tier in one.content["offer"]["tiers"]] for one in (first, second)]
    assert prices == [[15_000, 35_000, 75_000], [15_000, 42_000, 75_000]]


def test_another_person_s_notes_are_another_proposal(desk, home):
    app = desk()
    press(app, "Mark as sent")
    app.segmented_control(key="notes_view").set_value("Edit").run()
    app.text_area(key="notes").set_value(EXAMPLES["ro"])
    press(app, "Read notes")
    named(app.selectbox, "This belongs to").set_value("").run()
    press(app, "Mark as sent")
    assert known(home)["proposal_id"].nunique() == 2


def test_an_answer_is_given_with_tier_or_reason_and_can_be_taken_back(desk, home):
    app = desk()
    press(app, "Mark as sent")
    number = known(home).iloc[0]["proposal_id"]
    app = opened(app, number)
    named(app.selectbox, "Reason").set_value("Not now").run()
    press(app, "Mark as declined")
    assert "Reason: Not now" in texts(app).replace("\\", "")
    press(app, "Take the answer back")
    named(app.selectbox, "Tier").set_value("essential").run()
    press(app, "Mark as accepted")
    row = known(home).iloc[0]
    assert (row["state"], row["tier"], row["accepted_mrr_minor"]) == ("accepted", "Essential", 15_000)
    assert "nothing recurring is measured" in texts(app)
    press(opened(app, number), "Take the answer back")
    press(app, "It was not sent after all")
    assert known(home)["state"].tolist() == ["withdrawn"]


def test_following_up_moves_the_day(desk, home):
    app = desk()
    press(app, "Mark as sent")
    app = opened(app, known(home).iloc[0]["proposal_id"])
    day = own(home).today + timedelta(days=9)
    named(app.date_input, "Follow up again on").set_value(day).run()
    press(app, "Followed up")
    assert known(home).iloc[0][["follow_up_on", "follow_ups"]].tolist() == [str(day), 1]


def test_an_altered_revision_is_told_on_the_page(desk, home):
    app = desk()
    press(app, "Mark as sent")
    with own(home).transaction() as cursor:
        cursor.execute("update proposal_revisions set content = replace(content, '35000', '25000')")
    app = opened(app, known(home).iloc[0]["proposal_id"])
    assert any("changed outside Retainer Desk" in one.value for one in app.error)


def test_an_unknown_number_leads_to_the_list(desk, home):
    app = opened(desk(), "2020-999")
    assert any("no such proposal" in one.value for one in app.warning) and not app.exception


def test_hostile_names_and_notes_stay_text_on_the_register(desk, home):
    app = desk(f"Call with Ann Doe, owner of Bakery.\nShe wants daily backups. {HOSTILE}\nann@bakery.example")
    named(app.text_input, "Company").set_value(HOSTILE).run()
    press(app, "Mark as sent")
    app = opened(app, known(home).iloc[0]["proposal_id"])
    assert not app.exception and "<script>alert(1)</script> *b*" not in texts(app)


def test_today_names_a_waiting_proposal_even_before_data_come_in(desk, home):
    app = desk()
    press(app, "Mark as sent")
    app.switch_page("today.py").run()
    assert "Waiting for an answer" in texts(app) and "Fernbank Pottery" in texts(app)


@pytest.mark.parametrize("page", ["proposal.py", "clients.py"])
@pytest.mark.parametrize(
    ("state", "has_candidates"), [("demo", True), ("empty", False), ("one client", False), ("failed sync", False)]
)
def test_candidates_stand_on_proposals_and_clients_where_there_are_any(dashboard, page, state, has_candidates):
    app = dashboard(state, page)
    assert not app.exception and ("may want a retainer" in texts(app)) == has_candidates


def test_the_demo_says_that_its_record_does_not_last(dashboard):
    app = dashboard("demo", "proposal.py")
    app.text_area(key="notes").set_value(EXAMPLES["en"])
    press(app, "Read notes")
    assert "goes when it is made anew" in texts(app)


@pytest.mark.parametrize(
    ("name", "email", "first"),
    [
        ("Ann Lee", "ann@lee.example", "Contact: Ann Lee"),
        ("Gladstone Theatre", "marketing@gladstone.example", "Company: Gladstone Theatre"),
        ("ann@lee.example", "ann@lee.example", "E-mail: ann@lee.example"),
    ],
)
def test_a_candidate_s_notes_name_person_or_company_and_no_budget(name, email, first):
    from datetime import date

    from data.pricing import price_book
    from proposals.brief import brief

    row = {"client_name": name, "email": email, "median_minor": 60_500, "currency": "usd", "invoices": 6}
    text = candidates.notes_of({**row, "first_on": "2025-09-06", "last_on": "2026-10-14"})
    assert text.startswith(first) and "$605.00" in text
    found = brief(text, price_book.load("wordpress_care"), date(2026, 11, 21))
    assert found.budget is None and found.value("email") == email and found.call_date is None


def test_the_register_says_how_many_of_the_answered_were_accepted(desk, home):
    app = desk()
    press(app, "Mark as sent")
    assert "1 proposal on record, none answered yet" in texts(app)
    record.accept(own(home), known(home).iloc[0]["proposal_id"], "growth", on=own(home).today)
    frame = metrics.read(own(home), "proposal_outcomes")
    assert proposal_register.finding(known(home), frame) == "1 of 1 answered proposals accepted"
