"""Payments to expect and the days on which clients are charged (mission.md F34; definitions.md, Money and time)."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from data import metrics
from data.sources import agreements
from tests.data.billing_account import NOW, BillingAccount, at


@pytest.fixture(params=["new", "old"])
def account(request: pytest.FixtureRequest) -> BillingAccount:
    return BillingAccount(is_old=request.param == "old")


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., pd.DataFrame]:
    def read(account: BillingAccount, name: str, *agreed: dict[str, str]) -> pd.DataFrame:
        opened = account.land(tmp_path)
        for fields in agreed:
            agreements.save(opened, fields)
        if agreed:
            opened.build(NOW)
        try:
            return metrics.read(opened, name)
        finally:
            opened.close()

    return read


def by_month(frame: pd.DataFrame, column: str = "expected_minor") -> dict[str, int]:
    return {month: amount for month, amount in zip(frame["month"], frame[column], strict=True) if amount}


def test_a_monthly_client_pays_each_month_and_a_yearly_one_on_its_day(account, read):
    account.customer("monthly")
    account.subscription("monthly", "monthly")
    account.customer("yearly")
    account.subscription("yearly", "yearly", amount=130_000, since="2026-05-20", until="2027-05-20", interval="year")
    found = read(account, "cash_expected")
    months = ["2026-12", *(f"2027-{month:02d}" for month in range(1, 12))]
    assert by_month(found) == {month: 10_000 + (130_000 if month == "2027-05" else 0) for month in months}
    assert next(iter(found["month"])) == "2026-11" and set(found["mrr_minor"]) == {10_000 + 10_833}


def test_a_leaver_pays_until_the_end_and_is_out_of_the_mrr_then(account, read):
    account.customer("a")
    account.subscription("a", "a", cancel_at=at("2027-02-01"))
    found = read(account, "cash_expected")
    assert by_month(found) == {"2026-12": 10_000, "2027-01": 10_000}
    assert by_month(found, "mrr_minor") == {"2026-11": 10_000, "2026-12": 10_000, "2027-01": 10_000}


def test_nothing_is_expected_of_who_leaves_at_the_end_of_the_period(account, read):
    account.customer("a")
    account.subscription("a", "a", cancel_at_period_end=True)
    assert by_month(read(account, "cash_expected")) == {}


def test_what_is_sent_as_an_invoice_is_expected_on_its_due_date(account, read):
    account.customer("a")
    account.subscription("a", "a", until="2026-11-25", collection_method="send_invoice", days_until_due=14)
    account.invoice("sent", "a", collection_method="send_invoice", due_date=at("2026-11-28"), amount=7_700)
    account.invoice("late", "a", collection_method="send_invoice", due_date=at("2026-11-10"), amount=500)
    found = by_month(read(account, "cash_expected"))
    assert (found["2026-11"], found["2026-12"]) == (7_700, 10_000)


def test_a_prepaid_term_is_paid_again_when_it_runs_out(account, read):
    account.customer("a")
    term = {"client": "Bank", "tier": "", "amount": "600", "currency": "usd", "months": "6", "starts_on": "2026-07-01",
            "paid_until": "2027-01-01", "ends_on": "", "paid_by": ""}  # fmt: skip
    found = read(account, "cash_expected", term, {**term, "client": "Ends", "ends_on": "2027-07-01"})
    assert by_month(found) == {"2027-01": 120_000, "2027-07": 60_000}


def test_a_client_of_the_31st_is_charged_on_the_last_day_of_shorter_months(tmp_path):
    account = BillingAccount(time_zone="Asia/Tokyo")  # 16:00 UTC on the last day is the 1st in Tokyo
    account.customer("a")
    account.subscription("a", "a", since="2026-08-31T16:00", until="2026-11-30T16:00")
    opened = account.land(tmp_path)
    found = by_month(metrics.read(opened, "cash_expected"))
    (billed,) = metrics.read(opened, "billing_days").to_dict("records")
    opened.close()
    assert found["2026-12"] == found["2027-02"] == 10_000 and "2026-11" not in found
    assert (billed["billing_day"], billed["is_on_the_first"]) == (1, True)


def test_those_not_billed_on_the_1st_are_listed_with_the_amount_that_moves_them(account, read):
    account.customer("first")
    account.subscription("first", "first")
    account.customer("twelfth")
    account.subscription("twelfth", "twelfth", amount=30_000, since="2026-10-12", until="2026-12-12")
    account.customer("week")
    account.subscription("week", "week", until="2026-11-27", interval="week")
    found = read(account, "billing_days").set_index("client_id")
    assert list(found.index) == ["cus_first", "cus_twelfth"]
    row = found.loc["cus_twelfth"]
    assert (row["billing_day"], row["days"], row["days_in_month"], row["moves_to_on"]) == (12, 20, 31, "2027-01-01")
    assert row["moving_minor"] == 19_355  # 300.00 × 20 ÷ 31
    assert found.loc["cus_first", "moving_minor"] == 0
