"""A planned price change is told to each client in time or withdrawn; it stands on Today until then."""

import json
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest

from data import calendar, metrics, settings
from data.errors import InputError
from data.imports import import_file
from data.pricing import price_changes
from data.pricing.what_if import Book, Choice, Churn, Client, Line, Scenario, Tier
from data.pricing.what_if.telling import clients_to_tell, from_json, too_late
from data.warehouse import Warehouse

TODAY = date(2026, 11, 21)
TIERS = (Tier("Care", 30_000), Tier("Plus", 60_000))
ANN = Client("ann", "Ann", (Line("Care", 30_000, 1, date(2026, 12, 5)), Line("Plus", 60_000, 12, date(2027, 3, 31))))
BOB = Client("bob", "Bob", (Line("Care", 28_000),))
CAT = Client("cat", "Cat", (Line("Plus", 60_000, 3, date(2027, 1, 31)),))
BOOK = Book("eur", TODAY, TIERS, (ANN, BOB, CAT), Churn(1, 50))
RISE = Scenario(prices_minor={"Care": 33_000}, starts_in=2)


def test_each_client_whose_price_changes_is_told_the_days_of_notice_before():
    ann, bob = sorted(clients_to_tell(BOOK, RISE, 30), key=lambda one: one.client_id)
    assert (ann.effective_on, ann.tell_by) == (date(2027, 1, 5), date(2026, 12, 6)), "on its billing day"
    assert (bob.effective_on, bob.tell_by) == (date(2027, 1, 1), date(2026, 12, 2)), "billing day unknown: the first"
    assert [(line.tier, line.now_minor, line.then_minor) for line in ann.lines] == [("Care", 30_000, 33_000)]
    assert (bob.now_minor, bob.then_minor) == (28_000, 30_800), "off the list: in the same proportion"


def test_at_renewal_is_the_renewal_s_own_day_and_in_mid_term_the_first_of_the_month():
    plus = Scenario(prices_minor={"Plus": 66_000})
    by_action = {}
    for action in ("move_now", "move_at_renewal"):
        told = clients_to_tell(BOOK, replace(plus, existing_clients=action), 0)
        by_action[action] = {one.client_id: one.effective_on for one in told}
    assert by_action["move_now"] == {"ann": date(2026, 12, 1), "cat": date(2026, 12, 1)}
    assert by_action["move_at_renewal"] == {"ann": date(2027, 3, 31), "cat": date(2027, 1, 31)}


def test_who_is_kept_or_grandfathered_is_told_nothing_and_who_changes_tier_is():
    made = Scenario(prices_minor={"Care": 33_000}, clients={"ann": Choice("keep"), "bob": Choice("move_now", "Plus")})
    (bob,) = clients_to_tell(BOOK, made, 30)
    assert [(line.tier, line.tier_after, line.then_minor) for line in bob.lines] == [("Care", "Plus", 60_000)]
    assert clients_to_tell(BOOK, Scenario(prices_minor={"Care": 33_000}, existing_clients="grandfather"), 30) == ()


def test_too_late_are_those_whose_day_is_over():
    told = clients_to_tell(BOOK, Scenario(prices_minor={"Care": 33_000}), 30)
    assert {one.client_id for one in too_late(told, TODAY)} == {"ann", "bob"}
    assert not list(too_late(clients_to_tell(BOOK, RISE, 30), TODAY))


def test_a_telling_comes_back_from_the_record_as_it_went_in():
    for one in clients_to_tell(BOOK, RISE, 30):
        assert from_json(one.client_id, json.loads(json.dumps(one.as_json())), one.tell_by) == one


@pytest.fixture
def warehouse(tmp_path):
    chosen = settings.load(home=tmp_path, show="own")
    file = tmp_path / "agreements.csv"
    file.write_text(
        "client,tier,amount,currency,months,starts_on,ends_on,paid_until,paid_by\n"
        f"ann,Care,3600,EUR,12,2026-01-01,,{date.today() + timedelta(days=40)},transfer\n",  # noqa: DTZ011
        encoding="utf-8",
    )
    import_file(chosen, "agreements", file)
    with closing(Warehouse(chosen.own_warehouse, chosen)) as opened:
        yield opened


def planned(warehouse, days=20):  # February is short: told 30 days before 1 March is told in January
    start = warehouse.as_of.date() + timedelta(days=60)
    book = Book("eur", warehouse.as_of.date(), TIERS, (Client("ann", "Ann", (Line("Care", 30_000, 1, start),)), BOB))
    return price_changes.plan(warehouse, " Spring  rise ", "eur", RISE, clients_to_tell(book, RISE, days))


def states(warehouse):
    return dict(price_changes.read(warehouse, "eur")[["client_id", "state"]].itertuples(index=False, name=None))


def on_today(warehouse):
    found = calendar.due(warehouse)
    return {item.client_id: item in found.now for item in (*found.now, *found.later) if item.kind == "price_change"}


def test_a_plan_stands_on_today_until_each_client_is_told_or_the_change_withdrawn(warehouse):
    version = warehouse.version
    change = planned(warehouse)
    assert warehouse.version > version, "pages read what is due anew"
    assert states(warehouse) == {"ann": "planned", "bob": "planned"}
    assert on_today(warehouse) == {"ann": False, "bob": False}
    price_changes.mark_told(warehouse, change, "ann", date(2026, 12, 1))
    assert (states(warehouse)["ann"], set(on_today(warehouse))) == ("told", {"bob"})
    with pytest.raises(InputError):
        price_changes.mark_told(warehouse, change, "ann", date(2026, 12, 2))
    price_changes.withdraw(warehouse, change, None, date(2026, 12, 2))
    assert states(warehouse) == {"ann": "told", "bob": "withdrawn"}, "who was told stays told"
    price_changes.reopen(warehouse, change, "bob")
    assert states(warehouse)["bob"] == "planned"


def test_the_day_to_tell_by_is_when_it_is_due(warehouse):
    planned(warehouse, days=200)
    assert set(states(warehouse).values()) == {"due"}
    assert on_today(warehouse) == {"ann": True, "bob": True}


def test_a_client_has_one_change_to_be_told_of_at_a_time(warehouse):
    planned(warehouse)
    with pytest.raises(InputError, match="still to be told of another"):
        planned(warehouse)
    assert len(price_changes.read(warehouse)) == 2
    with pytest.raises(InputError, match="nobody to tell"):
        price_changes.plan(warehouse, "x", "eur", RISE, ())


def test_what_is_told_is_what_was_planned_whatever_changes_later(warehouse):
    change = planned(warehouse)
    told = price_changes.telling(warehouse, change, "ann")
    assert (told.now_minor, told.then_minor, told.currency) == (30_000, 33_000, "eur")
    rows = metrics.read(warehouse, "price_changes")
    assert rows["name"].unique().tolist() == ["Spring rise"]
    assert rows.set_index("client_id").loc["ann", "tell_by"] == f"{told.tell_by}"
    with pytest.raises(InputError, match="No price change is planned"):
        price_changes.telling(warehouse, change, "nobody")


def test_before_it_was_planned_nothing_is_planned(warehouse):
    planned(warehouse)
    assert metrics.read(warehouse, "price_changes", as_of=warehouse.as_of - timedelta(days=2)).empty
