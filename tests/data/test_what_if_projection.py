"""The projection agrees with its exact mean, and does what its levers say."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.pricing.what_if import Book, Choice, Churn, Client, Costs, Line, Move, Scenario, Tier, closed_form, project
from data.pricing.what_if.churn import beta_quantile
from data.pricing.what_if.plan import MEASURES
from data.pricing.what_if.scenario import ACTIONS, IN_PROPORTION, TO_LIST

TODAY = date(2026, 11, 21)
TIERS = (Tier("Essential", 15_000, 1, 900), Tier("Growth", 35_000, 3, 1_700), Tier("Partner", 75_000, 8, 5_000))
NAMES = [tier.name for tier in TIERS]


SEEN = Churn(3, 240)


def client(number, tier="Growth", price=None, interval=1, renews=date(2027, 3, 5), **more):
    price = {one.name: one.price_minor for one in TIERS}[tier] if price is None else price
    return Client(f"c{number}", f"Client {number}", (Line(tier, price, interval, renews),), **more)


def book(*clients, churn=SEEN, **more):
    return Book("usd", TODAY, TIERS, clients, churn, **more)


TWENTY = book(*(client(number, NAMES[number % 3]) for number in range(20)))

rates = st.one_of(
    st.builds(lambda left, more: Churn(left, left + more), st.integers(0, 6), st.integers(0, 400)),
    st.builds(lambda rate: Churn(rate=rate), st.sampled_from([0.0, 0.01, 0.2, 1.0])),
)
lines = st.builds(
    Line,
    tier=st.sampled_from(NAMES),
    price_minor=st.integers(1, 200_000),
    interval_months=st.sampled_from([1, 1, 1, 3, 6, 12]),
    renews_on=st.dates(date(2026, 11, 1), date(2027, 11, 1)),
    quantity=st.integers(1, 3),
)


@st.composite
def books(draw):
    count = draw(st.integers(0, 12))
    clients = tuple(
        Client(
            f"c{place}",
            f"Client {place}",
            tuple(draw(st.lists(lines, min_size=1, max_size=2))),
            draw(st.sampled_from([None, 0.0, 2.25])),
            draw(st.sampled_from([None, 0, 4_000])),
        )
        for place in range(count)
    )
    by_tier = draw(st.dictionaries(st.sampled_from(NAMES), rates, max_size=2))
    return Book("usd", TODAY, TIERS, clients, draw(rates), by_tier)


@st.composite
def scenarios(draw, of):
    horizon = draw(st.integers(12, 15))
    extra = sorted(draw(st.tuples(st.floats(0, 1), st.floats(0, 1))))
    choice = st.sampled_from(ACTIONS).flatmap(
        lambda action: st.builds(Choice, st.just(action), st.sampled_from(["", *NAMES] if action.startswith("move") else [""]))
    )
    moves = draw(
        st.lists(
            st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda two: two[0] != two[1]),
            max_size=4,
            unique=True,
        )
    )
    ids = [one.id for one in of.clients]
    return Scenario(
        horizon_months=horizon,
        starts_in=draw(st.integers(1, horizon)),
        prices_minor=draw(st.dictionaries(st.sampled_from(NAMES), st.integers(1, 200_000), max_size=3)),
        existing_clients=draw(st.sampled_from(ACTIONS)),
        off_list=draw(st.sampled_from([IN_PROPORTION, TO_LIST])),
        clients=draw(st.dictionaries(st.sampled_from(ids), choice, max_size=4)) if ids else {},
        new_clients=draw(st.dictionaries(st.sampled_from(NAMES), st.sampled_from([0.0, 0.3, 2.0]), max_size=3)),
        moves=tuple(Move(start, end, draw(st.sampled_from([0.0, 0.02, 0.3, 0.5]))) for start, end in moves),
        churn=draw(st.dictionaries(st.sampled_from(["all", *NAMES]), rates, max_size=2)),
        churn_by_tier=draw(st.booleans()),
        extra_loss=(extra[0], extra[1]),
        hours=draw(st.dictionaries(st.sampled_from(NAMES), st.floats(0, 20), max_size=1)),
        costs=draw(st.sampled_from([Costs(), Costs(0.029, 30, 4_000, 100_000, {"Growth": 2_500})])),
    )


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_mean_of_the_simulation_agrees_with_the_closed_form_within_its_standard_error(data):
    of = data.draw(books())
    scenario = data.draw(scenarios(of))
    played = project(of, scenario, seed=7, paths=1_000)
    exact = closed_form(of, scenario)
    for name in MEASURES:
        measure = played.measure(name)
        # A rare event may never occur in 1,000 paths, and then shows no error of its own: eight such paths are allowed.
        finest = (np.abs(played.paths[MEASURES.index(name)]).max() + 1) * 8e-3
        allowed = 6 * measure.standard_error + finest
        assert np.all(np.abs(measure.mean - exact[name]) <= allowed), name


@pytest.mark.parametrize("rate", [0.0, 0.02, 1.0])
def test_without_any_lever_today_s_mrr_decays_by_churn_alone(rate):
    found = closed_form(replace(TWENTY, churn=Churn(rate=rate)), Scenario(horizon_months=36))["mrr"]
    assert found == pytest.approx(TWENTY.mrr_minor * (1 - rate) ** np.arange(37))


def test_a_rate_that_is_not_known_decays_by_the_mean_over_its_posterior_not_by_the_mean_rate():
    found = closed_form(TWENTY, Scenario())["clients"] / 20
    survival = np.cumprod([(237.5 + month) / (241 + month) for month in range(12)])
    assert found[1:] == pytest.approx(survival)
    assert found[12] > (1 - TWENTY.churn.mean) ** 12


def test_grandfathering_everyone_has_no_effect_until_someone_new_comes():
    rise = Scenario(prices_minor={"Growth": 50_000}, existing_clients="grandfather", extra_loss=(0.2, 0.4))
    same = project(TWENTY, rise).paths == project(TWENTY, rise.without_change()).paths
    assert same.all()
    coming = replace(rise, new_clients={"Growth": 1.0})
    more = closed_form(TWENTY, coming)["mrr"] - closed_form(TWENTY, coming.without_change())["mrr"]
    assert more[0] == 0 and (more[1:] > 0).all()


def test_the_same_seed_gives_the_same_figures_and_another_seed_others():
    scenario = Scenario(
        prices_minor={"Growth": 40_000},
        extra_loss=(0, 0.1),
        new_clients={"Growth": 0.5},
        moves=(Move("Essential", "Growth", 0.02),),
    )
    first, again, other = (project(TWENTY, scenario, seed, 500).paths for seed in (5, 5, 6))
    assert (first == again).all()
    assert (first != other).any()


def test_figures_of_a_seed_are_these_on_each_machine():
    scenario = Scenario(prices_minor={"Growth": 40_000}, extra_loss=(0, 0.1), new_clients={"Growth": 0.5})
    played = project(TWENTY, scenario, seed=1)
    mrr = played.measure("mrr")
    assert [int(edge[12]) for edge in (mrr.p10, mrr.p50, mrr.p90)] == PINNED
    assert int(played.paths[0, 12].sum()) == PINNED_SUM


PINNED_SUM = 9124255000
PINNED = [730_000, 915_000, 1_085_000]


def test_two_scenarios_under_one_seed_share_their_luck():
    rise = project(TWENTY, Scenario(prices_minor={"Growth": 40_000}))
    same = project(TWENTY, Scenario())
    assert (rise.paths[1] == same.paths[1]).all(), "the price alone makes nobody leave"


def test_a_client_moves_now_at_its_renewal_or_never_as_it_is_told():
    clients = [client(number, interval=12, renews=date(2027, 3, 5)) for number in range(4)]
    choices = {"c0": Choice("move_now"), "c1": Choice("move_at_renewal"), "c2": Choice("grandfather"), "c3": Choice("keep")}
    calm = book(*clients, churn=Churn(rate=0.0))
    mrr = closed_form(calm, Scenario(prices_minor={"Growth": 38_500}, clients=choices))["mrr"]
    steps = 4 * 35_000 + np.array([0] + [3_500] * 3 + [7_000] * 9)
    assert mrr.tolist() == steps.tolist()


def test_a_renewal_before_the_change_begins_is_still_at_the_old_price():
    calm = book(client(0, interval=3, renews=date(2027, 1, 24)), churn=Churn(rate=0.0))
    mrr = closed_form(calm, Scenario(prices_minor={"Growth": 38_500}, existing_clients="move_at_renewal", starts_in=3))["mrr"]
    assert mrr.tolist() == [35_000] * 5 + [38_500] * 8


def test_prepaid_terms_bring_their_cash_on_their_dates():
    calm = book(client(0), client(1, interval=12, renews=date(2027, 3, 5)), churn=Churn(rate=0.0))
    received = closed_form(calm, Scenario())["received"]
    assert received.tolist() == [0, *[35_000] * 3, 35_000 * 13, *[35_000] * 8]


def test_a_rise_within_a_prepaid_term_is_charged_for_what_is_left_of_it():
    calm = book(client(0, interval=12, renews=date(2027, 3, 5)), churn=Churn(rate=0.0))
    received = closed_form(calm, Scenario(prices_minor={"Growth": 38_500}))["received"]
    assert received.tolist() == [0, 3_500 * 3, 0, 0, 38_500 * 12, *[0] * 8]


def test_cash_is_what_was_received_less_fees_and_costs():
    calm = book(client(0, hours=2.0, cost_minor=1_000), churn=Churn(rate=0.0))
    cash = closed_form(calm, Scenario(costs=Costs(fee_rate=0.03, fee_fixed_minor=30, hour_minor=5_000, overhead_minor=700)))[
        "cash"
    ]
    assert cash.tolist() == [0, *[35_000 - 1_050 - 30 - 1_000 - 10_000 - 700] * 12]


def test_a_price_off_the_list_moves_in_the_same_proportion_or_to_the_list():
    calm = book(client(0, price=28_000), churn=Churn(rate=0.0))
    for rule, price in ((IN_PROPORTION, 30_800), (TO_LIST, 38_500)):
        assert closed_form(calm, Scenario(prices_minor={"Growth": 38_500}, off_list=rule))["mrr"][1] == price


def test_extra_loss_is_of_those_asked_for_more_and_comes_once():
    calm = book(client(0), client(1, "Partner"), churn=Churn(rate=0.0))
    clients = closed_form(calm, Scenario(prices_minor={"Growth": 38_500}, extra_loss=(0.1, 0.3), starts_in=2))["clients"]
    assert clients == pytest.approx([2, 2] + [1.8] * 11)
    cheaper = closed_form(calm, Scenario(prices_minor={"Growth": 31_500}, extra_loss=(0.1, 0.3)))["clients"]
    assert cheaper.tolist() == [2] * 13, "nobody leaves over a lower price"


def test_newcomers_pay_the_new_list_price_and_churn_from_the_month_after():
    found = closed_form(book(churn=Churn(rate=0.5)), Scenario(prices_minor={"Growth": 40_000}, new_clients={"Growth": 2.0}))
    assert found["mrr"][:4] == pytest.approx([0, 80_000, 120_000, 140_000])


def test_a_new_tier_can_be_moved_to_and_sold():
    calm = book(client(0), churn=Churn(rate=0.0))
    plus = Scenario(new_tiers=(Tier("Plus", 90_000, 9),), clients={"c0": Choice("move_now", "Plus")}, new_clients={"Plus": 1.0})
    found = closed_form(calm, plus)
    assert found["mrr"][:3].tolist() == [35_000, 180_000, 270_000]
    assert found["hours"][1] == 18


def test_two_tiers_under_their_own_churn_do_not_share_it():
    by_tier = {"Essential": Churn(rate=0.0), "Growth": Churn(rate=1.0)}
    found = closed_form(book(client(0, "Essential"), client(1), churn_by_tier=by_tier), Scenario(churn_by_tier=True))
    assert found["mrr"].tolist() == [50_000, *[15_000] * 12]


def test_the_jeffreys_interval_of_3_leavers_in_240_client_months_is_0_35_to_3_30_percent_a_month():
    low, high = Churn(3, 240).interval()
    assert (round(100 * low, 2), round(100 * high, 2)) == (0.35, 3.30)
    assert Churn(3, 240).observed == 0.0125


def test_where_nobody_ever_left_the_interval_starts_at_0_and_churn_is_still_expected():
    never = Churn(0, 240)
    assert never.interval()[0] == 0 < never.mean < never.interval()[1]
    assert Churn().mean == 0, "without a month seen nothing is reckoned"


@pytest.mark.parametrize(("share", "first", "second"), [(0.025, 0.5, 0.5), (0.5, 2, 2), (0.9, 3.5, 237.5), (0.1, 100, 0.5)])
def test_a_beta_quantile_is_where_that_share_of_draws_lies_below(share, first, second):
    draws = np.random.default_rng(1).beta(first, second, 200_000)
    assert np.mean(draws <= beta_quantile(share, first, second)) == pytest.approx(share, abs=0.005)


def test_a_uniform_and_an_arcsine_quantile_are_exact():
    assert beta_quantile(0.3, 1, 1) == pytest.approx(0.3, abs=1e-10)
    assert beta_quantile(0.1, 0.5, 0.5) == pytest.approx(np.sin(np.pi * 0.05) ** 2, abs=1e-10)


def test_an_empty_book_and_500_clients_are_projected():
    assert closed_form(book(), Scenario())["mrr"].tolist() == [0] * 13
    assert project(book(), Scenario(), paths=10).measure("mrr").p90.tolist() == [0] * 13
    many = book(*(client(number) for number in range(500)))
    mrr = project(many, Scenario(), paths=500).measure("mrr")
    assert mrr.p10[12] < mrr.p50[12] < mrr.p90[12] < many.mrr_minor
