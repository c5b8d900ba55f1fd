"""The demo tells a believable story on whatever day it is looked at."""

import json
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from data.sources.demo import agency, spool, upkeep, write_spool
from data.sources.demo.periods import DAY
from tests.oracle.truth import Truth

DAYS = [date(2026, 11, 21), date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 29), date(2027, 3, 3)]


@cache
def told(today: date) -> agency.Agency:
    return agency.simulate(today)


@cache
def truth(today: date) -> Truth:
    return Truth(told(today).account)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demo")
    write_spool(home, DAYS[0])
    return home


def rows(folder: Path, entity: str, source: str = "stripe") -> list[dict]:
    return [json.loads(line) for line in (folder / source / f"{entity}.ndjson").read_text().splitlines()]


def test_the_same_day_gives_the_same_files_byte_for_byte(folder: Path, tmp_path: Path) -> None:
    write_spool(tmp_path, DAYS[0])
    for path in folder.rglob("*.ndjson"):
        assert (tmp_path / path.relative_to(folder)).read_bytes() == path.read_bytes()


def test_every_entity_has_a_file_and_every_object_an_id_of_its_own(folder: Path) -> None:
    assert {path.stem for path in (folder / "stripe").iterdir()} == {"account", *spool.ENTITIES}
    assert {path.stem for path in (folder / "maintenance").iterdir()} == {"sites", "updates", "backups", "incidents", "hours"}
    for path in folder.rglob("*.ndjson"):
        ids = [json.loads(line)["id"] for line in path.read_text().splitlines()]
        assert len(ids) == len(set(ids)), path.name


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_ten_clients_grow_to_about_sixty_within_three_years(today: date) -> None:
    figures = truth(today).mrr_movements
    months = truth(today).months
    assert len(months) == 37
    paying = [sum(figures[month, currency]["customers_closing"] for currency in ("usd", "eur")) for month in months]
    assert paying[0] == 10
    assert 55 <= paying[-1] <= 66
    assert figures[months[-1], "usd"]["closing_minor"] > 10 * figures[months[0], "usd"]["closing_minor"]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_there_is_a_bad_month_and_a_wave_of_upgrades(today: date) -> None:
    figures = truth(today).mrr_movements
    months = truth(today).months
    assert figures[months[-21], "usd"]["customers_churned"] >= 3
    assert figures[months[-21], "usd"]["closing_minor"] < figures[months[-21], "usd"]["opening_minor"]
    wave = [figures[month, "usd"]["expansion_minor"] for month in months[-12:-9]]
    assert sum(wave) > 150_000


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_each_kind_of_standing_is_there_on_any_day(today: date) -> None:
    account = told(today).account
    standing = Counter(held.status for held in account.records.subscriptions.values())
    assert standing["past_due"] == standing["paused"] == 1
    assert standing["trialing"] >= 1
    assert sum(1 for held in account.records.subscriptions.values() if held.cancel_at and not held.ended_at) == 1
    assert "comped" in {
        state for (month, _, _), (_, state) in truth(today).client_mrr.items() if month == truth(today).months[-1]
    }
    assert {move.kind for move in truth(today).movements} == {"new", "expansion", "contraction", "churn", "reactivation"}


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_cards_fail_and_expire_around_today(today: date) -> None:
    account = told(today).account
    failed = [charge for charge in account.records.charges.values() if not charge.is_ok]
    assert any(charge.created > account.now - 10 * DAY for charge in failed)
    ends = {(card.exp_year, card.exp_month) for who in account.records.customers.values() for card in who.cards}
    assert (today.year, today.month) in ends
    assert (today.year + today.month // 12, today.month % 12 + 1) in ends


def test_clients_are_made_up_and_speak_two_languages(folder: Path) -> None:
    customers = rows(folder, "customers")
    assert {who["preferred_locales"][0] for who in customers} == {"en", "fr"}
    assert all(who["email"].endswith(".example") for who in customers)
    assert len({who["name"] for who in customers}) == len(customers)


def test_a_few_clients_pay_in_euros_by_the_year_or_ahead(folder: Path) -> None:
    held = [one for one in rows(folder, "subscriptions") if one["status"] != "canceled"]
    assert 3 <= sum(one["currency"] == "eur" for one in held) <= 5
    assert sum(one["collection_method"] == "send_invoice" for one in held) >= 2
    assert sum(one["items"]["data"][0]["price"]["recurring"]["interval"] == "year" for one in held) >= 2


def test_those_who_left_said_why(folder: Path) -> None:
    left = [one["cancellation_details"] for one in rows(folder, "subscriptions") if one["status"] == "canceled"]
    assert len({reason["feedback"] for reason in left if reason["feedback"]}) >= 4
    assert any(reason["comment"] for reason in left)
    assert any(reason["reason"] == "payment_failed" for reason in left)


def test_one_off_payers_have_no_subscription(folder: Path) -> None:
    subscribed = {one["customer"] for one in rows(folder, "subscriptions")}
    payers = Counter(bill["customer"] for bill in rows(folder, "invoices") if bill["customer"] not in subscribed)
    assert len(payers) >= 6
    assert max(payers.values()) >= 5


def test_objects_come_expanded_as_a_sync_lands_them(folder: Path) -> None:
    reduced = [bill for bill in rows(folder, "invoices") if bill["discounts"]]
    assert reduced and all(given["source"]["coupon"]["percent_off"] for bill in reduced for given in bill["discounts"])
    assert all("tiers" in price for price in rows(folder, "prices"))
    assert all("applies_to" in coupon for coupon in rows(folder, "coupons"))
    assert all(not bill["lines"]["has_more"] for bill in rows(folder, "invoices"))


def test_events_are_those_of_the_last_thirty_days(folder: Path) -> None:
    now = agency.now_of(DAYS[0])
    events = rows(folder, "events")
    assert events
    assert all(now - 30 * DAY < event["created"] <= now for event in events)
    changed = [event for event in events if event["type"] == "customer.subscription.updated"]
    assert all(event["data"]["previous_attributes"] for event in changed)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_some_sites_break_a_rule_of_care_and_most_do_not(today: date) -> None:
    records = upkeep.records(told(today))
    newest: dict[str, str] = {}
    oldest: dict[str, str] = {}
    local, failed = set(), set()
    for backup in records["backups"]:
        newest[backup["site"]] = max(newest.get(backup["site"], ""), backup["at"])
        oldest[backup["site"]] = min(oldest.get(backup["site"], "9"), backup["at"])
        if not backup["is_off_site"]:
            local.add(backup["site"])
        if backup["status"] == "failed":
            failed.add(backup["site"])
    sites = [site["site"] for site in records["sites"]]
    late = [site for site in sites if site in newest and newest[site][:10] < str(today)]
    without = [site for site in sites if site not in newest]
    assert late
    assert without
    assert local
    assert failed
    assert len(sites) - len({*late, *without, *local, *failed}) > len(sites) * 0.8


def test_sites_name_their_client_in_each_of_the_four_ways(folder: Path) -> None:
    ways = Counter(
        tuple(bool(site[key]) for key in ("client", "client_email", "stripe_customer"))
        for site in rows(folder, "sites", "maintenance")
    )
    assert set(ways) == {(True, False, True), (False, True, False), (True, False, False), (False, False, False)}


def test_nothing_in_care_is_dated_after_today(folder: Path) -> None:
    for entity in ("updates", "backups", "incidents", "hours"):
        assert all(record["at"][:10] <= str(DAYS[0]) for record in rows(folder, entity, "maintenance")), entity
