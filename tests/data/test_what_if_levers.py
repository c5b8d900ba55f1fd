"""The page's levers and a scenario say the same in two ways; a link that can't be meant is refused by name."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import InputError
from data.pricing.what_if import Book, Choice, Churn, Client, Costs, Line, Move, Scenario, Tier
from data.pricing.what_if.effects import effects
from data.pricing.what_if.levers import levers, scenario, slugs, tiers, untouched, usual
from data.pricing.what_if.link import labels, refused

TIERS = (Tier("Care", 30_000, 2), Tier("Plus", 60_000, 5), Tier("Care+", 9_950, is_sold=False))
CLIENTS = tuple(
    Client(f"c{n}", f"Client {n}", (Line("Plus" if n > 3 else "Care", 30_000 if n < 4 else 60_000),)) for n in range(7)
)
BOOK = Book("eur", date(2026, 11, 21), TIERS, CLIENTS, Churn(3, 240))
IDS = [client.id for client in CLIENTS]
NAMES = ["Care", "Plus", "Shop"]


def test_each_tier_has_a_name_of_its_own_in_a_link():
    assert slugs(BOOK) == {"Care": "care", "Plus": "plus", "Care+": "care_2"}
    odd = replace(BOOK, tiers=(Tier("!", 1), Tier("Added", 1), Tier("Îngrijire", 1)))
    assert slugs(odd) == {"!": "tier", "Added": "added_2", "Îngrijire": "îngrijire"}


def test_at_first_the_tier_that_brings_most_is_a_tenth_dearer_and_all_else_as_today():
    assert tiers(BOOK) == ["Plus", "Care"]
    first = scenario(BOOK, usual(BOOK))
    assert first == Scenario(prices_minor={"Plus": 66_000}, extra_loss=(0.0, 0.1))


def test_levers_that_are_not_moved_change_nothing():
    assert scenario(BOOK, untouched(BOOK)) == Scenario()
    assert scenario(BOOK, {}) == Scenario()


def test_every_lever_of_a_scenario_can_be_moved_on_the_page():
    made = scenario(
        BOOK,
        {
            "price_care": 330.0, "price_care_2": 120.0, "when": "At renewal", "loss": (5, 20), "from": 3, "months": 24,
            "off": "To the list", "keep": ["c0"], "old": ["c1"], "now": ["c2"], "renew": ["c3"], "to_plus": ["c3"],
            "to_added": ["c4"], "tier_name": " Shop  care ", "tier_price": 900.0, "tier_hours": 9.0, "tier_cost": 12.5,
            "new_care": 0.5, "new_added": 0.2, "move1": 2.0, "move1_from": "Care", "move1_to": "Shop care", "churn": 1.5,
            "churn_plus": 0.0, "own_churn": True, "hours_care": 2.5, "cost_plus": 10.0, "hours": 120.0, "hour": 40.0,
            "fee": 2.9, "fee_fixed": 0.3, "overhead": 500.0,
        },
    )  # fmt: skip
    assert made == Scenario(
        horizon_months=24,
        starts_in=3,
        prices_minor={"Care": 33_000, "Care+": 12_000},
        existing_clients="move_at_renewal",
        off_list="to_list",
        clients={
            "c0": Choice("keep"),
            "c1": Choice("grandfather"),
            "c2": Choice("move_now"),
            "c3": Choice("move_at_renewal", "Plus"),
            "c4": Choice("move_at_renewal", "Shop care"),
        },
        new_clients={"Care": 0.5, "Shop care": 0.2},
        moves=(Move("Care", "Shop care", 0.02),),
        churn={"all": Churn(rate=0.015), "Plus": Churn(rate=0.0)},
        churn_by_tier=True,
        extra_loss=(0.05, 0.2),
        new_tiers=(Tier("Shop care", 90_000, 9.0, 1_250),),
        hours={"Care": 2.5},
        hours_available=120.0,
        costs=Costs(0.029, 30, 4_000, 50_000, {"Plus": 1_000}),
    )
    assert levers(BOOK, made)["to_added"] == ["c4"]
    assert scenario(BOOK, levers(BOOK, made)) == made


amounts = st.integers(1, 500_000)
shares = st.integers(0, 50).map(lambda percent: percent / 100)


@st.composite
def shown_scenarios(draw):
    added = draw(st.booleans())
    names = NAMES if added else NAMES[:2]
    single = st.one_of(
        st.sampled_from([Choice("keep"), Choice("grandfather")]),
        st.builds(Choice, st.sampled_from(["move_now", "move_at_renewal"]), st.sampled_from(["", *names])),
    )
    low, high = sorted(draw(st.tuples(shares, shares)))
    prices = draw(st.dictionaries(st.sampled_from(["Care", "Plus", "Care+"]), amounts, max_size=3))
    ends = draw(st.lists(st.permutations(names), max_size=3))
    return Scenario(
        horizon_months=draw(st.integers(12, 36)),
        starts_in=draw(st.integers(1, 12)),
        prices_minor={tier: price for tier, price in prices.items() if BOOK.tier(tier).price_minor != price},
        existing_clients=draw(st.sampled_from(["move_now", "move_at_renewal", "grandfather"])),
        clients=draw(st.dictionaries(st.sampled_from(IDS), single, max_size=4)),
        new_clients=draw(st.dictionaries(st.sampled_from(names), st.sampled_from([0.1, 0.5, 3.0]), max_size=2)),
        moves=tuple(Move(start, end, draw(st.integers(1, 300)) / 1000) for start, end, *_ in ends),
        churn=draw(st.dictionaries(st.sampled_from(["all", *names]), st.builds(Churn, rate=shares), max_size=2)),
        extra_loss=(low, high),
        new_tiers=(Tier("Shop", draw(amounts), 3.5, draw(amounts)),) if added else (),
        costs=Costs(draw(shares), draw(amounts), draw(amounts), draw(amounts)),
    )


@settings(max_examples=60, deadline=None)
@given(shown_scenarios())
def test_a_scenario_shown_by_the_levers_is_the_same_scenario(made):
    again = scenario(BOOK, levers(BOOK, made))
    assert again == made


def test_a_scenario_that_no_lever_can_say_is_not_shown_as_another():
    with pytest.raises(InputError, match="more than the levers"):
        levers(BOOK, Scenario(churn={"all": Churn(3, 240)}))
    with pytest.raises(InputError, match="can’t be used"):
        levers(BOOK, Scenario(prices_minor={"Gone": 100}))


def test_a_list_price_that_has_come_to_be_the_scenario_s_own_is_no_change_any_more():
    assert scenario(BOOK, levers(BOOK, Scenario(prices_minor={"Care": 30_000}))).prices_minor == {}


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"keep": ["c0"], "to_plus": ["c0"]}, "Client 0 can’t both stay"),
        ({"tier_name": "Care", "tier_price": 1.0}, "can’t be used"),
        ({"move1": 5.0, "move1_from": "Care", "move1_to": "Care"}, "can’t be used"),
    ],
)
def test_levers_that_contradict_each_other_are_refused_in_a_sentence(values, says):
    with pytest.raises(InputError, match=says):
        scenario(BOOK, values)


def test_a_new_tier_counts_once_it_has_a_name_and_a_price():
    assert scenario(BOOK, {"tier_name": "Shop", "to_added": ["c0"], "new_added": 1.0}) == Scenario()
    assert scenario(BOOK, {"tier_price": 900.0}) == Scenario()


def test_two_clients_of_one_name_are_told_apart():
    twins = replace(BOOK, clients=(CLIENTS[0], Client("x", "Client 0", CLIENTS[1].lines)))
    assert sorted(labels(twins).values()) == ["Client 0 (c0)", "Client 0 (x)"]


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("price_care", ["330"], ["-1"]),
        ("price_plus", ["1"], ["nan"]),
        ("when", ["At renewal"], ["<script>"]),
        ("loss", ["0", "10"], ["20", "90"]),
        ("keep", ["Client 1", "Client 2"], ["'; drop table clients; --"]),
        ("to_plus", ["Client 1"], ["Nobody"]),
        ("months", ["35"], ["37"]),
        ("from", ["3"], ["0"]),
        ("off", ["To the list"], ["free"]),
        ("hours", [""], ["inf"]),
        ("new_care", ["0.5"], ["1e9"]),
        ("new_added", ["0.5"], ["-1"]),
        ("churn", ["2.5"], ["101"]),
        ("churn_care", [""], ["a"]),
        ("own_churn", ["true"], ["perhaps"]),
        ("hours_care", ["2"], ["1000"]),
        ("cost_plus", ["12.5"], ["-3"]),
        ("fee", ["2.9"], ["99"]),
        ("tier_name", ["Shop"], ["x" * 61]),
        ("tier_price", ["900"], ["1e999"]),
        ("move1", ["2"], ["200"]),
        ("move1_to", ["Plus"], ["Gold"]),
        ("currency", ["eur"], ["xxx"]),
        ("view", ["Apply"], ["[x](http://e.vil)"]),
        ("goal", ["10000"], ["1e400"]),
        ("by", ["6"], ["0"]),
    ],
)
def test_a_link_s_value_that_can_t_be_is_refused_by_name(key, right, wrong):
    views = ("Outcomes", "Apply")
    assert refused({key: right, "utm_source": ["x"]}, BOOK, views=views) == {}
    assert list(refused({key: wrong}, BOOK, views=views)) == [key]
    assert len(refused({key: ["x" * 10_000]}, BOOK, views=views)[key]) < 150


def test_a_link_may_move_clients_to_the_tier_that_it_adds():
    assert refused({"tier_name": ["Shop"], "move1_to": ["Shop"]}, BOOK) == {}
    assert list(refused({"move1_to": ["Shop"]}, BOOK)) == ["move1_to"]


def test_the_effect_of_a_lever_is_what_is_lost_when_it_alone_is_put_back():
    calm = replace(BOOK, churn=Churn(rate=0.0))
    made = Scenario(prices_minor={"Care": 33_000, "Plus": 66_000}, new_clients={"Care": 1.0}, extra_loss=(0.5, 0.5))
    found = {(one.lever, one.of): one for one in effects(calm, made)}
    assert set(found) == {("prices_minor", "Care"), ("prices_minor", "Plus"), ("new_clients", "Care"), ("extra_loss", "")}
    half = 4 * (33_000 - 30_000 - 33_000 // 2) + 12 * 3_000
    assert found["prices_minor", "Care"].more_mrr_minor == half, "half of four leave over it; twelve new ones pay it"
    assert found["new_clients", "Care"].more_mrr_minor == 12 * 33_000
    assert found["extra_loss", ""].more_mrr_minor == -(4 * 33_000 + 3 * 66_000) // 2
    assert found["new_clients", "Care"].more_hours == 24
    assert effects(calm, Scenario()) == ()


def test_without_the_change_there_is_no_new_tier_and_nobody_in_it():
    added = Scenario(
        new_tiers=(Tier("Shop", 90_000),),
        new_clients={"Shop": 1.0, "Care": 0.5},
        moves=(Move("Care", "Shop", 0.1), Move("Care", "Plus", 0.1)),
        clients={"c0": Choice("move_now", "Shop")},
        churn={"Shop": Churn(rate=0.1)},
        costs=Costs(tiers_minor={"Shop": 5}),
    )
    rest = added.without_change()
    assert rest == Scenario(new_clients={"Care": 0.5}, moves=(Move("Care", "Plus", 0.1),))
