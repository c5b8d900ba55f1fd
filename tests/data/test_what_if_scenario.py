"""A scenario is refused in a sentence where it can't be, and comes back from its file as it went in."""

import json
from dataclasses import FrozenInstanceError, replace
from datetime import date
from pathlib import Path

import pytest

from data.errors import InputError
from data.pricing.what_if import Choice, Churn, Costs, Move, Scenario, Tier, document

BOOK = {
    "currency": "eur",
    "as_of": "2026-11-21",
    "churn": {"leavers": 3, "client_months": 240},
    "tiers": [{"name": "Care", "price_minor": 30000, "hours": 2}, {"name": "Growth", "price_minor": 60000}],
    "clients": [
        {"id": "a", "name": "Ann", "tier": "Care", "price_minor": 30000, "hours": 1.5, "cost_minor": 9000},
        {
            "id": "b",
            "tier": "Growth",
            "price_minor": 60000,
            "interval_months": 12,
            "renews_on": "2027-03-01",
            "extras": [{"tier": "Care", "price_minor": 30000}],
        },
    ],
}
EVERY_LEVER = Scenario(
    name="Spring",
    currency="eur",
    horizon_months=24,
    starts_in=2,
    prices_minor={"Care": 33000},
    existing_clients="move_at_renewal",
    off_list="to_list",
    clients={"a": Choice("grandfather"), "b": Choice("move_now", "Growth")},
    new_clients={"Care": 0.5},
    moves=(Move("Care", "Growth", 0.01),),
    churn={"all": Churn(3, 240), "Care": Churn(rate=0.02)},
    churn_by_tier=True,
    extra_loss=(0.0, 0.1),
    new_tiers=(Tier("Plus", 90000, 5),),
    hours={"Care": 2.5},
    hours_available=120,
    costs=Costs(0.029, 30, 4000, 50000, {"Care": 8000}),
)


def test_a_scenario_comes_back_from_its_file_as_it_went_in():
    assert document.scenario(json.loads(json.dumps(document.as_json(EVERY_LEVER)))) == EVERY_LEVER
    assert document.as_json(Scenario()) == {}


def test_a_book_comes_back_from_its_file_as_it_went_in():
    book = document.book(BOOK)
    assert document.book(json.loads(json.dumps(document.book_as_json(book)))) == book
    assert book.mrr_minor == 120_000
    assert book.clients[1].tier == "Growth"
    assert book.clients[1].lines[0].renews_on == date(2027, 3, 1)


def test_a_scenario_can_t_be_changed_once_made():
    with pytest.raises(FrozenInstanceError):
        EVERY_LEVER.name = "Autumn"


@pytest.mark.parametrize(
    ("levers", "says"),
    [
        ({"horizon_months": 11}, "horizon"),
        ({"horizon_months": 37}, "horizon"),
        ({"starts_in": 0}, "start"),
        ({"prices_minor": {"Care": 0}}, "price of Care"),
        ({"existing_clients": "discount"}, "discount"),
        ({"off_list": "halve"}, "off the list"),
        ({"clients": {"a": Choice("keep", "Growth")}}, "changes tier"),
        ({"new_clients": {"Care": -1}}, "New clients"),
        ({"extra_loss": (0.2, 0.1)}, "Extra loss"),
        ({"extra_loss": (0.0, 1.1)}, "Extra loss"),
        ({"churn": {"all": Churn(5, 3)}}, "Leavers"),
        ({"churn": {"all": Churn(rate=1.5)}}, "churn rate"),
        ({"moves": (Move("Care", "Care", 0.1),)}, "another tier"),
        ({"moves": (Move("Care", "Growth", 0.6), Move("Care", "Plus", 0.6))}, "More than all"),
        ({"hours_available": -1}, "Hours available"),
        ({"hours": {"Care": 999}}, "Hours of Care"),
        ({"costs": Costs(fee_rate=1.0)}, "fee"),
        ({"costs": Costs(overhead_minor=-1)}, "Costs"),
    ],
)
def test_a_lever_out_of_its_range_is_refused_with_a_sentence(levers, says):
    with pytest.raises(InputError, match=r".") as refused:
        Scenario(**levers)
    assert says in refused.value.hint


@pytest.mark.parametrize(
    ("levers", "says"),
    [
        ({"prices_minor": {"Gold": 100}}, "no tier “Gold”"),
        ({"clients": {"zed": Choice("keep")}}, "no client “zed”"),
        ({"currency": "usd"}, "EUR"),
        ({"new_tiers": (Tier("Care", 100),)}, "new tier"),
        ({"churn": {"Gold": Churn(rate=0.1)}}, "no tier “Gold”"),
    ],
)
def test_a_scenario_about_what_the_book_has_not_is_refused(levers, says):
    with pytest.raises(InputError) as refused:
        Scenario(**levers).checked(document.book(BOOK))
    assert says in refused.value.hint


def without(*keys):
    return {key: value for key, value in BOOK.items() if key not in keys}


def with_client(**values):
    return BOOK | {"clients": [BOOK["clients"][0] | values]}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "JSON"),
        ("[]", "object"),
        ('{"scenari": {}}', "“scenari” is not known"),
        ('{"scenario": {"prices_minor": {"Care": 1.5}}}', "whole number"),
        ('{"scenario": {"prices_minor": {"Care": "300"}}}', "whole number"),
        ('{"scenario": {"extra_loss": [0.1]}}', "extra_loss"),
        ('{"scenario": {"new_clients": {"Care": NaN}}}', "must be a number"),
        ('{"scenario": {"churn_by_tier": 1}}', "true or false"),
        ('{"seed": -1}', "seed"),
        ('{"paths": 10000000}', "paths"),
        ('{"target_minor": 1, "target_month": 13}', "target_month"),
        (json.dumps({"book": without("currency")}), "“currency” is missing"),
        (json.dumps({"book": BOOK | {"as_of": "21.11.2026"}}), "date"),
        (json.dumps({"book": with_client(tier="Gold")}), "not among the tiers"),
        (json.dumps({"book": with_client(interval_months=12)}), "renews_on"),
        (json.dumps({"book": with_client(interval_months=0)}), "interval"),
        (json.dumps({"book": with_client(price_minor=-1)}), "negative"),
        (json.dumps({"book": BOOK | {"clients": [BOOK["clients"][0]] * 2}}), "id of its own"),
        (json.dumps({"book": BOOK | {"tiers": [{"name": "Care", "price_minor": 0}]}}), "above 0"),
        (json.dumps({"book": with_client(colour="red")}), "“colour” is not known"),
        ("[" * 100_000, "JSON"),
        ('{"scenario": {"prices": {}}}', "did you mean “prices_minor”?"),
        ('{"scenario": {"prices_minor": {"Care": 1' + "0" * 400 + "}}}", "whole number"),
        ('{"scenario": {"prices_minor": {"Care": "330 €"}}}', "not “330 €”"),
        ('{"scenario": {"churn": {"all": {}}}}', "must hold “rate”"),
        ('{"scenario": {"churn": {"all": {"rate": 0.1, "leavers": 1, "client_months": 9}}}}', "either “rate”"),
        ('{"scenario": {"starts_in": 13}}', "starts_in 1 to 12, not 13"),
        (json.dumps({"book": BOOK | {"as_of": "9999-12-31"}}), "1900 to 2100"),
        (json.dumps({"book": BOOK | {"churn_by_tier": {"Gold": {"rate": 0.1}}}}), "“Gold”, which is not among"),
        (json.dumps({"book": with_client(price_minor=10**15)}), "price_minor"),
        (json.dumps({"book": with_client(id=5)}), "not “5”"),
    ],
)
def test_a_file_that_can_t_be_used_is_refused_where_it_is_wrong(text, says):
    with pytest.raises(InputError) as refused:
        document.read(text)
    assert says in f"{refused.value.title} {refused.value.hint}"


def test_the_documented_file_is_answered_and_every_lever_is_documented():
    from dataclasses import fields

    from data.pricing.what_if.command import report

    text = (Path(__file__).parents[2] / "docs" / "what-if-scenario.md").read_text(encoding="utf-8")
    read = document.read(text.split("```json")[1].split("```")[0])
    found = report(replace(read, paths=50), read.book)
    assert found["answers"]["break_even"]["clients"] == 1, "Ann is kept, the other moves up"
    assert all(f"`{lever.name}`" in text for lever in (*fields(Scenario), *fields(Costs)))
    assert all(f"`{answer}" in text for answer in found["answers"])


def test_the_example_that_is_reckoned_by_hand_gives_the_documented_figures():
    from data.pricing.what_if import closed_form
    from data.pricing.what_if.answers import break_even

    clients = [{"id": f"c{n}", "tier": "Care", "price_minor": 30000, "cost_minor": 9000} for n in range(20)]
    book = document.book(BOOK | {"clients": clients})
    made = document.scenario({"prices_minor": {"Care": 33000}, "churn": {"all": {"rate": 0.02}}, "extra_loss": [0.1, 0.1]})
    exact, even = closed_form(book, made), break_even(book, made)
    figures = [exact["mrr"][1] / 100, exact["mrr"][12] / 100, exact["clients"][12], exact["cash"][1] / 100, even.share]
    text = (Path(__file__).parents[2] / "docs" / "what-if-scenario.md").read_text(encoding="utf-8")
    rows = text.partition("### By hand")[2].partition("## Answer")[0].splitlines()
    cells = [row.split("|")[3].strip() for row in rows if row.count("|") == 4]
    documented = [float(cell.replace(",", "")) for cell in cells if cell[0].isdigit()]
    assert documented == pytest.approx(figures, rel=1e-5)
    assert (even.may_leave, even.clients) == (2, 20)
