"""Collections and expiring cards on accounts written by hand: none missed, none invented (mission.md F36, F37)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from data import metrics
from tests.data.billing_account import BillingAccount, at


@pytest.fixture(params=["new", "old"])
def account(request: pytest.FixtureRequest) -> BillingAccount:
    return BillingAccount(is_old=request.param == "old", time_zone="America/New_York")


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., pd.DataFrame]:
    def read(account: BillingAccount, name: str, **asked: object) -> pd.DataFrame:
        opened = account.land(tmp_path)
        try:
            return metrics.read(opened, name, **asked)  # type: ignore[arg-type]
        finally:
            opened.close()

    return read


def states(frame: pd.DataFrame) -> dict[str, str]:
    return dict(zip(frame["invoice"], frame["state"], strict=True))


def test_each_failed_payment_stands_with_what_became_of_it(account, read):
    for name in ("retry", "stopped", "late", "back", "gone", "void", "part", "bare"):
        account.customer(name)
        account.subscription(name, name)
    account.invoice("retry", "retry", attempt_count=2, next_payment_attempt=at("2026-11-24T02:00"))
    account.charge("r1", "retry", "2026-11-02T02:00", pays="retry")
    account.charge("r2", "retry", "2026-11-08T02:00", pays="retry")
    account.invoice("stopped", "stopped", attempt_count=4)
    account.charge("s1", "stopped", "2026-11-01T09:00", pays="stopped")
    account.invoice("back", "back", status="paid", attempt_count=2, status_transitions={"paid_at": at("2026-11-04T12:00")})
    account.charge("b1", "back", "2026-11-01T09:00", pays="back")
    account.charge("b2", "back", "2026-11-04T12:00", "succeeded", pays="back")
    given_up = {"marked_uncollectible_at": at("2026-11-10")}
    account.invoice("gone", "gone", status="uncollectible", attempt_count=4, status_transitions=given_up)
    account.charge("g1", "gone", "2026-11-01T09:00", pays="gone")
    account.invoice("void", "void", status="void", attempt_count=1, status_transitions={"voided_at": at("2026-11-10")})
    account.charge("v1", "void", "2026-11-01T09:00", pays="void")
    account.invoice("late", "late", collection_method="send_invoice", due_date=at("2026-11-15"))
    account.invoice("part", "part", attempt_count=1, amount_paid=4_000, amount_remaining=6_000)
    account.charge("p1", "part", "2026-11-01T09:00", pays="part", amount=6_000)
    account.invoice("bare", "bare", attempt_count=1)  # no card at all: an attempt without a charge
    found = read(account, "collections").set_index("invoice")
    assert dict(found["state"]) == {
        "RETRY": "retrying", "STOPPED": "failed", "LATE": "overdue", "BACK": "recovered", "GONE": "uncollectible",
        "PART": "failed", "BARE": "failed",
    }  # fmt: skip
    retry = found.loc["RETRY"]
    assert (retry["first_failed_at"], retry["next_attempt_at"]) == ("2026-11-02T02:00:00Z", "2026-11-24T02:00:00Z")
    assert (retry["since_on"], retry["next_attempt_on"], retry["attempts"]) == ("2026-11-01", "2026-11-23", 2)
    assert (found.loc["PART", "amount_due_minor"], found.loc["BACK", "recovered_on"]) == (6_000, "2026-11-04")


def test_what_is_no_failure_is_no_case(account, read):
    account.customer("a")
    account.invoice("draft", "a", status="draft")
    account.invoice("fresh", "a")  # just finalised, not tried yet
    account.invoice("way", "a", attempt_count=1)  # a debit under way: neither failed nor paid
    account.charge("w1", "a", "2026-11-19", "pending", pays="way")
    account.invoice("sent", "a", collection_method="send_invoice", due_date=at("2026-11-30"))
    account.invoice("paid", "a", status="paid", attempt_count=1)
    account.charge("p1", "a", "2026-11-01", "succeeded", pays="paid")
    account.invoice("slow", "a", status="paid", collection_method="send_invoice", due_date=at("2026-11-05"),
                    status_transitions={"paid_at": at("2026-11-09")})  # fmt: skip
    account.charge("one-off", "a", "2026-11-03")
    assert read(account, "collections").empty


def test_a_failed_debit_that_is_tried_again_is_under_way_until_it_fails_again(account, read):
    account.customer("a")
    account.invoice("debit", "a", attempt_count=2, next_payment_attempt=None)
    account.charge("d1", "a", "2026-11-02", pays="debit")
    account.charge("d2", "a", "2026-11-18", "pending", pays="debit")
    assert read(account, "collections").empty


def test_a_failed_invoice_that_was_paid_past_stripe_has_been_recovered(account, read):
    account.customer("a")
    paid = {"paid_at": at("2026-11-12")}
    account.invoice("bank", "a", status="paid", attempt_count=4, paid_out_of_band=True, status_transitions=paid)
    account.charge("b1", "a", "2026-11-01", pays="bank")
    assert states(read(account, "collections")) == {"BANK": "recovered"}


def test_a_failure_that_only_an_event_tells_is_dated_by_it(account, read):
    account.customer("a")
    account.invoice("told", "a", attempt_count=1)
    account.add("events", id="evt_1", object="event", type="invoice.payment_failed", created=at("2026-11-05T10:00"),
                data={"object": {"id": "in_told", "object": "invoice"}})  # fmt: skip
    assert list(read(account, "collections")["first_failed_at"]) == ["2026-11-05T10:00:00Z"]


def test_a_customer_who_was_deleted_still_owes(account, read):
    account.invoice("owed", "ghost", attempt_count=3, customer_name="Ghost")
    account.charge("o1", "ghost", "2026-11-01", pays="owed")
    found = read(account, "collections")
    assert states(found) == {"OWED": "failed"} and list(found["client_name"]) == ["Ghost"]


def test_seen_from_an_earlier_day_an_invoice_stands_as_it_stood_then(tmp_path):
    account = BillingAccount()
    account.customer("a")
    account.invoice("a", "a", status="paid", attempt_count=3, status_transitions={"paid_at": at("2026-11-10")})
    account.charge("a1", "a", "2026-11-01", pays="a")
    account.charge("a2", "a", "2026-11-04", pays="a")
    account.charge("a3", "a", "2026-11-10", "succeeded", pays="a")
    opened = account.land(tmp_path)
    (then,) = metrics.read(opened, "collections", as_of=datetime(2026, 11, 5, tzinfo=UTC)).to_dict("records")
    before = metrics.read(opened, "collections", as_of=datetime(2026, 10, 30, tzinfo=UTC))
    opened.close()
    assert (then["state"], then["attempts"], then["next_attempt_at"]) == ("retrying", 2, "2026-11-10T00:00:00Z")
    assert (then["amount_due_minor"], before.empty) == (10_000, True)


def test_months_cut_by_the_day_of_the_first_failure_in_the_accounts_time_zone(account, read):
    account.customer("a")
    account.invoice("eve", "a", attempt_count=1)
    account.charge("e1", "a", "2026-11-01T02:00", pays="eve")  # still 31 October in New York
    october, november = date(2026, 10, 1), date(2026, 11, 1)
    assert len(read(account, "collections", start=october, end=october)) == 1
    assert read(account, "collections", start=november, end=november).empty


def test_the_card_that_is_charged_is_the_subscriptions_own_else_the_customers_default_else_the_newest(account, read):
    for name, default in (("own", "pm_fine"), ("default", "pm_d"), ("newest", None)):
        account.customer(name, card=default)
    account.card("fine", "own", "2030-01")
    account.subscription("own", "own", default_payment_method=account.card("o", "own", "2026-12"))
    account.card("d", "default", "2026-11")
    account.card("other", "default", "2026-12", created="2026-10-01")
    account.subscription("default", "default")
    account.card("old", "newest", "2026-10")
    account.card("new", "newest", "2026-12", created="2026-05-01")
    account.subscription("newest", "newest", amount=20_000)
    found = read(account, "cards_expiring").set_index("client_id")
    assert dict(found["expires_on"]) == {"cus_default": "2026-11-30", "cus_own": "2026-12-31", "cus_newest": "2026-12-31"}
    assert dict(found["mrr_minor"]) == {"cus_default": 10_000, "cus_own": 10_000, "cus_newest": 20_000}
    assert tuple(found.loc["cus_own", ["remind_30_on", "remind_14_on"]]) == ("2026-12-01", "2026-12-17")


def test_a_replaced_card_and_the_card_of_who_pays_nothing_or_by_invoice_drop_out(account, read):
    account.customer("replaced", card="pm_r2")
    account.card("r1", "replaced", "2026-11")
    account.card("r2", "replaced", "2029-11")
    account.subscription("replaced", "replaced")
    account.customer("left", card="pm_l")
    account.card("l", "left", "2026-11")
    account.subscription("left", "left", status="canceled", ended_at=at("2026-11-05"), canceled_at=at("2026-11-05"))
    account.customer("once", card="pm_n")
    account.card("n", "once", "2026-11")
    account.customer("bank", card="pm_b")
    account.card("b", "bank", "2026-11")
    account.subscription("bank", "bank", collection_method="send_invoice", days_until_due=14)
    account.customer("far", card="pm_f")
    account.card("f", "far", "2027-03")
    account.subscription("far", "far")
    account.customer("debit", card="pm_sepa")
    account.add(
        "payment_methods", id="pm_sepa", object="payment_method", type="sepa_debit", customer="cus_debit", sepa_debit={}
    )
    account.card("unused", "debit", "2026-11")
    account.subscription("debit", "debit")
    assert read(account, "cards_expiring").empty


def test_a_card_kept_as_a_source_or_shown_only_inside_its_owner_is_found(account, read):
    source = {"id": "card_1", "object": "card", "last4": "1881", "exp_year": 2026, "exp_month": 12, "customer": "cus_source"}
    account.customer("source", default_source=source)
    account.subscription("source", "source")
    account.customer("inside")
    shown = {
        "id": "pm_i",
        "object": "payment_method",
        "type": "card",
        "card": {"last4": "9", "exp_year": 2026, "exp_month": 11},
    }
    account.subscription("inside", "inside", default_payment_method=shown)
    found = read(account, "cards_expiring").set_index("client_id")
    assert dict(found["expires_on"]) == {"cus_source": "2026-12-31", "cus_inside": "2026-11-30"}
