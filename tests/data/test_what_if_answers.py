"""The figures an owner decides by."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.__main__ import main
from data.pricing.what_if import Book, Choice, Churn, Client, Costs, Line, Scenario, Tier, answers, closed_form, goal, project
from data.pricing.what_if.comparison import changes, compare

TODAY = date(2026, 11, 21)
CARE, PLUS = Tier("Care", 30_000, 2), Tier("Plus", 60_000, 5)


def care(number, price=30_000, **more):
    return Client(f"c{number}", f"Client {number}", (Line("Care", price),), **{"cost_minor": 9_000, **more})


def book(*clients, churn=None, **more):
    return Book("eur", TODAY, (CARE, PLUS), clients, churn or Churn(3, 240), **more)


TWENTY = book(*(care(number) for number in range(20)))
TEN_PERCENT = Scenario(prices_minor={"Care": 33_000})


def test_300_a_month_plus_10_percent_at_a_cost_of_90_breaks_even_at_12_5_percent_2_of_20():
    even = answers.break_even(TWENTY, TEN_PERCENT)
    assert (even.share, even.may_leave, even.clients, even.gain_minor) == (0.125, 2, 20, 60_000)


@pytest.mark.parametrize(("p", "g", "c"), [(300, 0.1, 90), (1000, 0.25, 400), (49, 0.5, 0), (750, 0.02, 700)])
def test_break_even_is_g_p_by_p_times_1_plus_g_less_c(p, g, c):
    assert answers.of_prices([p] * 7, [p * (1 + g)] * 7, [c] * 7).share == pytest.approx(g * p / (p * (1 + g) - c))


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 60), st.integers(1_000, 200_000), st.integers(1, 100_000), st.integers(0, 150_000))
def test_as_many_may_leave_as_a_count_one_by_one_allows(number, price, rise, cost):
    """Another computation: what is left after costs with the change and k clients fewer, against without it, for every k."""
    before = number * (price - cost)
    allowed = [k for k in range(number + 1) if (number - k) * (price + rise - cost) >= before]
    even = answers.of_prices([price] * number, [price + rise] * number, [cost] * number)
    if price + rise > cost:
        assert even.may_leave == max(allowed)
    else:
        assert even.share is None


def test_losing_one_more_than_may_leave_costs_money_and_losing_that_many_does_not():
    left = 33_000 - 9_000
    assert 18 * left > 20 * (30_000 - 9_000) > 17 * left


def test_a_lower_price_says_how_many_must_come():
    even = answers.break_even(TWENTY, Scenario(prices_minor={"Care": 27_000}))
    assert even.may_leave is None
    assert even.must_come == 4, "20 · 30 less ÷ 180 left of each"


def test_where_the_new_price_does_not_cover_the_cost_there_is_no_break_even():
    dear = book(*(care(number, cost_minor=40_000) for number in range(3)))
    assert answers.break_even(dear, TEN_PERCENT).share is None


def test_hours_and_fees_count_as_costs_of_a_client():
    busy = book(*(care(number, hours=2.0, cost_minor=0) for number in range(4)))
    even = answers.break_even(busy, replace(TEN_PERCENT, costs=Costs(fee_rate=0.1, fee_fixed_minor=100, hour_minor=4_000)))
    assert even.share == pytest.approx(3_000 * 0.9 / (33_000 * 0.9 - 100 - 8_000))


def test_only_whoever_gets_another_price_counts():
    kept = replace(TEN_PERCENT, clients={"c0": Choice("keep"), "c1": Choice("grandfather")})
    assert answers.break_even(TWENTY, kept).clients == 18
    nobody = answers.break_even(TWENTY, replace(TEN_PERCENT, existing_clients="grandfather"))
    assert (nobody.clients, nobody.may_leave) == (0, None)


def test_the_month_in_which_hours_run_out():
    calm = book(*(care(number, hours=2.0) for number in range(5)), churn=Churn(rate=0.0))
    coming = Scenario(new_clients={"Plus": 1.0}, hours_available=22)
    found = answers.capacity(project(calm, coming))
    assert found.hours == 10
    assert found.full_in == date(2027, 2, 1), "10 + 3 · 5 is more than 22"
    assert found.tight_in <= found.full_in
    assert found.places == {"Care": 6, "Plus": 2}
    assert answers.capacity(project(calm, replace(coming, hours_available=None))).full_in is None


def test_the_largest_client_s_loss():
    one_big = book(care(0, 90_000), care(1, 30_000), churn=Churn(rate=0.0))
    found = answers.largest(one_big, Scenario())
    assert (found.client_id, found.share, found.left_minor, found.expected_without_minor) == ("c0", 0.75, 30_000, 30_000)
    assert answers.largest(book(), Scenario()) is None


def test_the_tornado_shows_each_input_at_both_its_ends_widest_first():
    asked = replace(TEN_PERCENT, extra_loss=(0.0, 0.2), new_clients={"Plus": 0.5})
    swings = answers.tornado(TWENTY, asked)
    assert {swing.cause for swing in swings} == {"churn", "extra_loss", "new_clients", "prices", "largest"}
    assert [swing.span_minor for swing in swings] == sorted((swing.span_minor for swing in swings), reverse=True)
    loss = next(swing for swing in swings if swing.cause == "extra_loss")
    survive = closed_form(TWENTY, replace(asked, extra_loss=(0.2, 0.2)))["mrr"][12]
    assert loss.mrr_at_high_minor == round(survive)


def test_the_chance_of_less_than_today_is_that_of_losing_anyone_where_nobody_comes():
    calm = book(care(0), care(1), churn=Churn(rate=0.02))
    assert project(calm, Scenario(), paths=40_000).chance_below(60_000) == pytest.approx(1 - 0.98**24, abs=0.01)


@pytest.mark.parametrize("target", [700_000, 900_000])
def test_each_way_to_a_goal_reaches_it_and_one_step_less_does_not(target):
    found = goal.seek(TWENTY, Scenario(), target, 6)
    assert {way.kind for way in found.ways} == {"clients", "price", "upgrades"}
    for way in found.ways:
        assert way.reaches_minor >= target
    price = next(way for way in found.ways if way.kind == "price")
    for amount, is_enough in ((price.price_minor, True), (price.price_minor - 100, False)):
        mrr = closed_form(TWENTY, Scenario(prices_minor={"Care": amount}))["mrr"][6]
        assert bool(mrr >= target) is is_enough
    signed = next(way for way in found.ways if way.kind == "clients")
    for number, is_enough in ((signed.number, True), (signed.number - 1, False)):
        mrr = closed_form(TWENTY, Scenario(new_clients={signed.tier: number / 6}))["mrr"][6]
        assert bool(mrr >= target) is is_enough


def test_a_goal_already_reached_needs_no_way_and_an_impossible_one_has_none():
    assert goal.seek(TWENTY, Scenario(), 100, 6).is_reached
    assert goal.seek(book(), Scenario(), 10**15, 6).ways == ()


def test_nobody_is_sold_a_tier_that_is_no_longer_sold():
    legacy = replace(TWENTY, tiers=(CARE, PLUS, Tier("Care 2019", 10_000, is_sold=False)))
    assert "Care 2019" not in {way.tier for way in goal.seek(legacy, Scenario(), 900_000, 6).ways if way.kind != "price"}


def test_a_change_is_compared_with_the_same_luck_without_it():
    found = compare(TWENTY, TEN_PERCENT, paths=2_000)
    assert found.chance_pays == 1.0, "nobody leaves over it"
    assert found.more_mrr_minor > 0 and found.more_cash_minor > 0
    assert found.chance_below < found.chance_below_unchanged
    assert compare(TWENTY, Scenario(), paths=200).chance_pays is None


def test_the_rows_of_a_change_say_who_pays_what_from_when():
    rows = changes(TWENTY, replace(TEN_PERCENT, clients={"c0": Choice("keep")}))
    assert len(rows) == 19
    assert rows.iloc[0][["now_minor", "then_minor", "more_minor", "from_month"]].tolist() == [30_000, 33_000, 3_000, "2026-12"]
    assert changes(TWENTY, Scenario()).empty


FILE = {
    "seed": 3,
    "paths": 500,
    "target_minor": 900_000,
    "target_month": 6,
    "scenario": {"prices_minor": {"Care": 33_000}, "extra_loss": [0, 0.1], "hours_available": 60},
    "book": {
        "currency": "eur",
        "as_of": "2026-11-21",
        "churn": {"leavers": 3, "client_months": 240},
        "tiers": [{"name": "Care", "price_minor": 30_000, "hours": 2}, {"name": "Plus", "price_minor": 60_000, "hours": 5}],
        "clients": [{"id": f"c{n}", "tier": "Care", "price_minor": 30_000, "cost_minor": 9_000} for n in range(20)],
    },
}


def answered(tmp_path, capsys, file, *flags):
    path = tmp_path / "scenario.json"
    path.write_text(file if isinstance(file, str) else json.dumps(file), encoding="utf-8")
    code = main(["--home", str(tmp_path / "home"), "what-if", str(path), *flags])
    return code, capsys.readouterr()


def test_the_command_answers_a_file_with_its_own_book(tmp_path, capsys):
    code, said = answered(tmp_path, capsys, FILE, "--format", "json")
    found = json.loads(said.out)
    assert code == 0
    assert found["answers"]["break_even"]["share"] == 0.125
    assert (found["today"]["mrr_minor"], found["seed"]) == (600_000, 3)
    assert [row["month"] for row in found["months"]][:3] == ["2026-11", "2026-12", "2027-01"]
    assert len(found["months"]) == 13
    survival = 237.5 / 241
    assert found["months"][1]["mrr_minor"]["closed_form"] == pytest.approx(20 * 33_000 * survival * 0.95)
    assert found["answers"]["goal"]["ways"] and found["answers"]["tornado"]
    assert answered(tmp_path, capsys, FILE, "--format", "json")[1].out == said.out, "the same seed, the same figures"


def test_the_command_s_table_says_the_answer_first(tmp_path, capsys):
    code, said = answered(tmp_path, capsys, FILE)
    assert code == 0
    assert "you can lose 2 of 20 (12.5%) before it costs you money" in said.out


@pytest.mark.parametrize(
    ("file", "says"),
    [("{", "JSON"), ({"scenario": {"prices": {}}}, "“prices” is not known"), ({"scenario": {}}, "There is no data yet")],
)
def test_the_command_refuses_in_a_sentence_and_ends_with_2(tmp_path, capsys, file, says):
    code, said = answered(tmp_path, capsys, file)
    assert code == 2
    assert says in said.err
    assert not said.out
