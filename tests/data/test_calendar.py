"""What is due, rule by rule (mission.md F22–F26, F36, F37; definitions.md, cancel at period end)."""

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from data import calendar, settings
from data.due import cards, charge_check, leavers, payments, sites, sources, weekly_round
from data.due.item import DueItem
from data.warehouse import Warehouse
from tests.pages.homes import land, one_client

TODAY = date(2026, 11, 21)
POLICY = settings.Settings(reminder_days=7, suspension_days=14, termination_days=30)
NOON = datetime.fromisoformat("2026-11-21T12:00")


def card(expires_on: str, remind_30_on: str, remind_14_on: str) -> pd.DataFrame:
    row = {"client_id": "cus_1", "card_last4": "4242", "expires_on": expires_on, "remind_30_on": remind_30_on}
    more = {"remind_14_on": remind_14_on, "mrr_minor": 15_000, "currency": "usd", "client_name": "Ann", "email": None}
    return pd.DataFrame([{**row, **more}])


def invoice(state: str, next_attempt_on: str | None = None) -> pd.DataFrame:
    row = {"invoice": "A-1", "invoice_id": "in_1", "client_id": "cus_1", "client_name": "Ann", "currency": "usd"}
    more = {
        "amount_due_minor": 15_000,
        "first_failed_at": "2026-11-15T13:35:00Z",
        "attempts": 2,
        "state": state,
        "since_on": "2026-11-15",
    }
    return pd.DataFrame([{**row, **more, "next_attempt_on": next_attempt_on}])


def health(*rows: tuple[str, str, str, str | None]) -> pd.DataFrame:
    names = ["site", "rule", "state", "since"]
    return pd.DataFrame(
        [{**dict(zip(names, row, strict=True)), "client_id": f"cus_{row[0]}", "detail": "Said. Rule: ruled."} for row in rows]
    )


def clients(*rows: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"client_id": f"cus_{name}", "client_name": name, "currency": "usd", "mrr_minor": mrr, "standing": standing,
             "leaves_on": None, "leaving_minor": 0}
            for name, standing, mrr in rows
        ],
        columns=["client_id", "client_name", "currency", "mrr_minor", "standing", "leaves_on", "leaving_minor"],
    )  # fmt: skip


def sync(source: str, last_ok_at: datetime | None, status: str = "ok") -> dict[str, object]:
    return {"source": source, "status": status, "finished_at": NOON, "last_ok_at": last_ok_at, "message": "Stripe refused."}


@pytest.mark.parametrize(
    ("dates", "due_on", "words"),
    [
        (("2026-12-31", "2026-12-01", "2026-12-17"), date(2026, 12, 1), "first reminder"),
        (("2026-12-15", "2026-11-15", "2026-12-01"), date(2026, 11, 15), "first reminder"),
        (("2026-11-30", "2026-10-31", "2026-11-16"), date(2026, 11, 16), "second reminder"),
        (("2026-10-31", "2026-10-01", "2026-10-17"), date(2026, 10, 31), "has expired"),
    ],
)
def test_a_card_is_reminded_of_30_and_14_days_before_it_expires(dates, due_on, words):
    (item,) = cards.expiring_cards(card(*dates), TODAY)
    assert (item.due_on, item.rule) == (due_on, "F36")
    assert words in item.detail and "4242" in item.detail


def test_a_card_that_works_until_today_has_not_expired():
    (item,) = cards.expiring_cards(card("2026-11-21", "2026-10-22", "2026-11-07"), TODAY)
    assert "second reminder" in item.detail


def test_a_failed_payment_is_due_since_it_failed():
    (item,) = payments.failed_payments(invoice("failed"), TODAY, POLICY)
    assert (item.due_on, item.days_late(TODAY)) == (date(2026, 11, 15), 6)
    assert (item.amount_minor, item.currency, item.stripe_id) == (15_000, "usd", "in_1")


def test_while_stripe_tries_again_a_payment_is_due_on_the_day_of_the_next_try():
    (item,) = payments.failed_payments(invoice("retrying", "2026-11-23"), TODAY, POLICY)
    assert item.due_on == date(2026, 11, 23)
    assert "23 Nov 2026" in item.detail


def test_an_invoice_that_was_given_up_is_not_due():
    assert list(payments.failed_payments(invoice("uncollectible"), TODAY, POLICY)) == []


def test_a_site_is_late_since_the_first_day_on_which_a_rule_was_broken_and_stands_once():
    rows = health(
        ("a", "backup_daily", "late", "2026-11-19"), ("a", "uptime", "late", "2026-11-21"), ("b", "uptime", "ok", None)
    )
    (item,) = sites.late_sites(rows, clients(("a", "paying", 35_000)), TODAY)
    assert (item.opens["site"], item.due_on, item.amount_minor) == ("a", date(2026, 11, 19), 35_000)
    assert item.detail == "Said. Said."


def test_no_data_is_never_late():
    assert list(sites.late_sites(health(("a", "uptime", "no_data", None)), clients(), TODAY)) == []


def test_the_site_of_a_client_who_has_left_is_owed_no_care():
    rows = health(("a", "updates_weekly", "late", "2026-03-05"))
    assert list(sites.late_sites(rows, clients(("a", "churned", 0)), TODAY)) == []
    assert len(list(sites.late_sites(rows, clients(("a", "paused", 0), ("a", "churned", 0)), TODAY))) == 1
    assert len(list(sites.late_sites(rows, clients(), TODAY))) == 1


def asked(*rows: tuple[str, str, str]) -> pd.DataFrame:
    week = {"week_on": "2026-11-16", "due_on": "2026-11-18"}
    return pd.DataFrame([{**week, "site": site, "task": task, "state": state} for site, task, state in rows])


def test_the_weekly_round_is_due_on_its_day_until_every_site_is_ticked_or_proven():
    rows = asked(("a", "updates", "ticked"), ("a", "off_site", "proven"), ("b", "updates", "proven"), ("b", "off_site", "open"))
    (item,) = weekly_round.rounds(rows, TODAY)
    assert (item.id, item.due_on, item.rule) == ("round:2026-11-16", date(2026, 11, 18), "F25")
    assert item.detail.startswith("1 of 2 sites are open: b.")
    (after,) = weekly_round.rounds(asked(("a", "updates", "ticked"), ("a", "off_site", "proven")), TODAY)
    assert (after.id, after.due_on) == ("round:2026-11-23", date(2026, 11, 25))


def test_without_any_site_there_is_no_round():
    assert list(weekly_round.rounds(asked(), TODAY)) == []


@pytest.mark.parametrize(
    ("last_ok_at", "today", "due_on"),
    [
        ("2026-11-02", date(2026, 11, 2), date(2026, 11, 3)),
        ("2026-11-02", date(2026, 11, 5), date(2026, 11, 3)),
        ("2026-11-03", date(2026, 11, 5), date(2026, 12, 3)),
        ("2026-12-31", date(2026, 12, 31), date(2027, 1, 3)),
    ],
)
def test_on_the_3rd_the_failed_charges_are_looked_at_and_a_sync_since_then_has_done_it(last_ok_at, today, due_on):
    (item,) = charge_check.failed_charges_checks([sync("stripe", datetime.fromisoformat(last_ok_at))], today, datetime.date)
    assert item.due_on == due_on


def test_where_stripe_never_was_synced_there_is_nothing_to_check():
    assert list(charge_check.failed_charges_checks([sync("maintenance", NOON)], TODAY, datetime.date)) == []


def test_a_failed_sync_is_due_with_its_reason():
    (item,) = sources.syncs_to_mend([sync("stripe", None, "failed")], NOON)
    assert "Stripe refused." in item.detail and item.due_on == TODAY


@pytest.mark.parametrize(
    ("source", "age", "stale"), [("stripe", 1, False), ("stripe", 3, True), ("maintenance", 7, False), ("maintenance", 9, True)]
)
def test_payments_go_stale_after_two_days_and_care_after_the_weekly_round(source, age, stale):
    items = list(sources.syncs_to_mend([sync(source, NOON - timedelta(days=age))], NOON))
    assert bool(items) == stale


def test_who_is_set_to_leave_is_due_on_the_day():
    frame = clients(("a", "paying", 35_000)).assign(leaves_on="2026-12-01", leaving_minor=35_000)
    (item,) = leavers.leavers(frame)
    assert (item.due_on, item.amount_minor) == (date(2026, 12, 1), 35_000)


def test_what_is_at_stake_counts_a_client_once_each_invoice_too_and_never_adds_currencies():
    def item(key: str, kind: str, client: str, amount: int, currency: str = "usd") -> DueItem:
        return DueItem(key, kind, "F1", "x", "", TODAY, amount, currency, client)

    items = [item("1", "site_late", "c", 100), item("2", "site_late", "c", 100), item("3", "site_late", "d", 50)]
    items += [item("4", "failed_payment", "c", 7), item("5", "failed_payment", "c", 7), item("6", "leaver", "e", 900, "eur")]
    assert calendar.at_stake(items) == {"eur": 900, "usd": 164}


def test_everything_due_is_read_from_a_warehouse_and_nothing_is_due_in_an_empty_one(tmp_path):
    opened = Warehouse(tmp_path / "own.duckdb", settings.load(home=tmp_path, show="own"))
    assert calendar.due(opened).now == calendar.due(opened).later == ()
    land(opened, one_client("Ann"))
    with opened.transaction() as cursor:
        at = datetime.now(UTC) + timedelta(seconds=1)
        opened.record_sync(cursor, "stripe", started_at=at, finished_at=at, status="failed", message="No network.")
    found = calendar.due(opened)
    opened.close()
    assert [item.kind for item in found.now] == ["sync", "agreement_missing"]
    assert "failed_charges_check" in [item.kind for item in found.later] or found.today.day < 3


@pytest.mark.parametrize(
    ("days", "step", "due_in"),
    [(6, "notice", 0), (7, "reminder", 7), (13, "reminder", 7), (14, "suspension", 14), (99, "termination", 30)],
)
def test_an_unpaid_invoice_goes_through_the_steps_of_the_policy_each_an_item_of_its_own(days, step, due_in):
    since = date(2026, 11, 15)
    (item,) = payments.failed_payments(invoice("failed"), since + timedelta(days=days), POLICY)
    assert (item.id, item.due_on) == (f"payment:in_1:{step}", since + timedelta(days=due_in))


def test_retries_do_not_put_off_the_step_of_the_policy():
    (item,) = payments.failed_payments(invoice("retrying", "2026-11-29"), date(2026, 11, 23), POLICY)
    assert (item.id, item.due_on) == ("payment:in_1:reminder", date(2026, 11, 22))
