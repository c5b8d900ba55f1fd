"""What a reading rests on: kinds of evidence that are withheld, and facts found by where and how they are told."""

import datetime as dt

import pytest

from data.pricing.price_book import load
from proposals.brief import Brief, brief
from proposals.reading.note import Found
from proposals.reading.support import WITHHELD, is_supported, supported

TODAY = dt.date(2026, 3, 16)


def read(note: str, book: str = "wordpress_care") -> Brief:
    """The brief of a note, seen from a fixed day."""
    return brief(note, load(book), TODAY)


def test_a_fact_whose_kind_of_evidence_is_withheld_is_left_out() -> None:
    weak = Found("x", 0, 1, "problem beside a refusal")
    assert not is_supported("services", weak) and is_supported("goals", weak) and not is_supported("goals", None)
    assert supported("services", [weak, Found("y", 0, 1, "asked")]) == [Found("y", 0, 1, "asked")]
    assert all(WITHHELD.values())


def test_a_problem_in_a_sentence_of_refusal_asks_for_no_service() -> None:
    assert "security_monitoring" not in read("She was hacked once and doesn't want to hear of it. Needs daily backups.").values(
        "services"
    )
    assert "daily_backups" in read("Needs daily backups.").values("services")


def test_a_refusal_that_is_part_of_the_problem_does_not_hide_it() -> None:
    told = read("Une page Facebook. Il n'y a pas de ligne directrice.\nLes commentaires restent sans réponse.", "social_media")
    assert {"growth_strategy", "daily_community_engagement"} <= set(told.values("services"))


def test_a_sentence_under_a_heading_that_tells_no_problem_is_no_challenge() -> None:
    told = read("Problems:\n- the site is slow\n\nProblems:\nThe shop is on the market square and opens at nine.")
    assert told.values("challenges") == ["the site is slow"]


def test_the_one_amount_that_nothing_else_explains_is_the_budget() -> None:
    found = read("The baker next door took £90 for it. For us there would be £250 a month.\nMail: a@b.co.uk")
    assert found.value("budget") == {"low": 250, "high": 250, "ceiling": None, "currency": "GBP", "period": "month"}
    assert read("One room brings £250 a month, another £300 a month.").value("budget") is None


@pytest.mark.parametrize(
    ("note", "low", "ceiling"),
    [
        ("Nine thousand dollars a month is what he can do, but ten is the limit.", 9000, 10000),
        ("Her budget is £3,600 a year, and she won't go past that.", 300, 300),
        ("Budget: 36 000 € par an, pas davantage.", 3000, 3000),
    ],
)
def test_a_limit_may_leave_the_thousands_out_or_be_the_amount_itself(note: str, low: int, ceiling: int) -> None:
    value = read(note, "social_media").value("budget")
    assert (value["low"], value["ceiling"]) == (low, ceiling)


def test_a_price_for_each_of_an_unknown_number_is_no_budget() -> None:
    assert read("She can pay £100 a month per site.").value("budget") is None
    assert read("Two websites. She can pay £100 a month per site.").value("budget")["low"] == 200


def test_a_trouble_told_before_the_wishes_needs_no_listed_phrase() -> None:
    found = read("Nobody there dares to open the plugins page. She wants daily backups.")
    assert found.values("challenges") == ["Nobody there dares to open the plugins page"]
    assert read("She wants daily backups. Nobody there dares to open the plugins page.").values("challenges") == []


def test_a_number_of_what_sells_at_a_rate_by_a_day_is_a_goal_of_growth() -> None:
    found = read("The figure that counts: 450 orders a month within two years.", "social_media")
    assert len(found.goals) == 1 and found.value("growth_goal") is True and found.value("horizon_months") == 24


def test_a_rate_of_money_is_no_length_of_a_plan() -> None:
    assert read("Pour ceci, 36 000 € sur l'année. Elle veut des publications.", "social_media").value("horizon_months") is None


def test_hours_wanted_each_month_ask_for_the_work_done_by_the_hour() -> None:
    found = read("She'd like an hour and a half a month from us.")
    assert found.value("hours_per_month") == 1.5 and found.values("services") == ["content_changes"]


def test_a_relative_beside_a_word_for_deciding_decides_too() -> None:
    assert (
        read("Call with Ana Pop, manager. Her sister Ioana gets her say before anything is signed.").value("decision_maker")
        is False
    )


def test_a_name_behind_a_titled_person_is_the_firm_and_who_tells_of_a_person() -> None:
    found = read("Call with Mr Gallan, Tarka Drift Boats. Wants daily backups.")
    assert found.value("contact_name") == "Gallan" and found.value("company") == "Tarka Drift Boats"
    assert read("Visio avec Anneliet, qui tient l'accueil.").value("contact_name") == "Anneliet"


def test_what_another_firm_wants_is_no_wish_of_the_client() -> None:
    told = read("Another agency wants 3,000 for a film. She wants captions.", "social_media")
    assert told.values("services") == ["content_creation"]


def test_a_date_alone_behind_a_comma_and_from_is_the_start() -> None:
    assert read("Virament, de la 1 aprilie.").value("start_date") == "2026-04-01"
    assert read("We do not start before 15 May.").value("start_date") == "2026-05-15"


def test_a_reading_in_doubt_is_no_fact_but_kept_with_its_quote() -> None:
    note = "Call with Ana Pop, owner. Customers cannot pay at the till. She wants daily backups."
    found = read(note)
    assert found.values("services") == ["daily_backups"]
    ((field, fact),) = found.doubtful
    assert (field, fact.value, note[fact.start : fact.end]) == ("services", "store_care", "cannot pay")
    assert Brief.from_dict(found.to_dict()) == found
    said = found.as_prediction()
    assert said["doubtful"][0]["field"] == "services" and [each["value"] for each in said["facts"]["services"]] == [
        "daily_backups"
    ]
