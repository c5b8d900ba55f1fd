"""Retainer candidates (mission.md R5, R7): one-off payers without a retainer, ranked by rhythm, recency and amount."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from data import metrics
from data.settings import Settings
from data.sources import agreements
from data.sources.demo import billing, payments, subscriptions
from data.sources.demo.account import Account
from data.sources.demo.periods import instant
from data.warehouse import Warehouse
from tests.pages.homes import land

AS_OF = datetime(2026, 6, 15, tzinfo=UTC)


class Shop:
    """An account whose customers pay one-off invoices on the 10th of the months named."""

    def __init__(self) -> None:
        self.account = Account(start=instant(2024, 1, 1), tag="one")
        self.people = {}
        self.price = self.account.price(self.account.product("Growth"), 35_000)

    def person(self, name: str) -> object:
        if name not in self.people:
            self.people[name] = self.account.customer(name)
        return self.people[name]

    def bills(self, name: str, months: str, amount: int = 30_000, currency: str = "usd", **more: str) -> None:
        for month in months.split():
            year, number = map(int, month.split("-"))
            self.account.at(
                instant(year, number, 10),
                lambda: billing.one_off(self.account, self.person(name), amount, "Work", currency, **more),
            )

    def subscribes(self, name: str, *day: int, until: tuple[int, ...] = (), **terms: int) -> None:
        def begin() -> None:
            held = subscriptions.create(self.account, self.person(name), [(self.price, 1)], **terms)
            if until:
                self.account.at(instant(*until), lambda: subscriptions.cancel(self.account, held))

        self.account.at(instant(*day), begin)


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened = Warehouse(tmp_path / "retainer.duckdb", Settings(home=tmp_path, show="own"))
    yield opened
    opened.close()


@pytest.fixture
def ranked(warehouse: Warehouse) -> Callable[[Shop], pd.DataFrame]:
    def read(shop: Shop) -> pd.DataFrame:
        land(warehouse, shop.account.advance(int(AS_OF.timestamp())))
        return metrics.read(warehouse, "retainer_candidates", as_of=AS_OF).set_index("client_name")

    return read


def months(first: int, last: int, step: int = 1, year: int = 2026) -> str:
    return " ".join(f"{year + (month - 1) // 12}-{(month - 1) % 12 + 1:02d}" for month in range(first, last + 1, step))


def test_the_steadier_of_two_who_paid_alike_comes_first(ranked):
    shop = Shop()
    shop.bills("Steady", months(-3, 6))
    shop.bills("Now and then", "2025-01 2025-02 2025-03 2025-07 2025-08 2025-12 2026-05 2026-06")
    assert ranked(shop).index.tolist() == ["Steady", "Now and then"]


def test_of_equal_rhythms_the_more_recent_comes_first(ranked):
    shop = Shop()
    shop.bills("Gone quiet", months(1, 6, year=2025))
    shop.bills("Here", months(1, 6))
    assert ranked(shop).index.tolist() == ["Here", "Gone quiet"]


def test_of_equal_rhythm_and_recency_the_larger_comes_first(ranked):
    shop = Shop()
    shop.bills("Small", months(1, 6), 10_000)
    shop.bills("Large", months(1, 6), 90_000)
    assert ranked(shop).index.tolist() == ["Large", "Small"]


def test_the_formula_holds_for_a_single_candidate(ranked):
    shop = Shop()
    shop.bills("Quarterly", "2025-03 2025-06 2025-09 2025-12 2026-03 2026-06", 60_000)
    row = ranked(shop).loc["Quarterly"]
    assert (row["invoices"], row["months_active"], row["median_minor"], row["last_on"]) == (6, 6, 60_000, "2026-06-10")
    assert row["monthly_equivalent_minor"] == 20_000
    assert row["score"] == round(50 * 1 + 30 * 0.5 ** (5 / 182) + 20 * 0.5)


def test_one_invoice_is_no_rhythm_and_counts_as_a_yearly_one(ranked):
    shop = Shop()
    shop.bills("Once", "2026-06", 120_000)
    row = ranked(shop).loc["Once"]
    assert (row["monthly_equivalent_minor"], row["score"]) == (10_000, round(30 * 0.5 ** (5 / 182) + 10))


def test_one_large_project_does_not_raise_the_monthly_equivalent(ranked):
    shop = Shop()
    shop.bills("Project first", "2026-01", 500_000)
    shop.bills("Project first", months(2, 6), 20_000)
    assert ranked(shop).loc["Project first", "monthly_equivalent_minor"] == 20_000


def test_a_payment_long_ago_does_not_spoil_the_rhythm(ranked):
    shop = Shop()
    shop.bills("Old friend", "2024-01")
    shop.bills("Old friend", months(1, 6))
    row = ranked(shop).loc["Old friend"]
    assert row["score"] == round(50 + 30 * 0.5 ** (5 / 182) + 10)
    assert (row["invoices"], row["months_active"]) == (7, 7)


def test_who_has_a_subscription_or_a_trial_is_no_candidate_and_who_left_is_one_again(ranked):
    shop = Shop()
    for name in ("Subscriber", "Trying", "Left"):
        shop.bills(name, months(1, 6))
    shop.subscribes("Subscriber", 2026, 2, 1)
    shop.subscribes("Trying", 2026, 6, 12, trial_end=instant(2026, 6, 26))
    shop.subscribes("Left", 2025, 1, 1, until=(2025, 6, 20))
    found = ranked(shop)
    assert found.index.tolist() == ["Left"]
    assert found.loc["Left", "invoices"] == 6 and found.loc["Left", "was_client"]


def test_who_has_an_agreement_in_force_is_no_candidate(warehouse, tmp_path, ranked):
    shop = Shop()
    shop.bills("Agreed", months(1, 6))
    shop.bills("Free", months(1, 6))
    found = ranked(shop)
    file = tmp_path / "agreements.csv"
    row = f"{found.loc['Agreed', 'client_id']},Growth,350,usd,1,2026-01-01,,,"
    file.write_text(f"{','.join(agreements.COLUMNS)}\n{row}\n", encoding="utf-8")
    agreements.import_file(file, warehouse)
    assert metrics.read(warehouse, "retainer_candidates", as_of=AS_OF)["client_name"].tolist() == ["Free"]


def test_currencies_are_never_mixed(ranked):
    shop = Shop()
    shop.bills("Both", months(1, 6), 10_000, "usd")
    shop.bills("Both", "2026-05 2026-06", 700_000, "jpy")
    found = ranked(shop)
    by_currency = {row.currency: row for row in found.itertuples()}
    assert (by_currency["usd"].invoices, by_currency["usd"].median_minor) == (6, 10_000)
    assert (by_currency["jpy"].invoices, by_currency["jpy"].median_minor) == (2, 700_000)
    assert by_currency["usd"].score == round(50 + 30 * 0.5 ** (5 / 182) + 10)  # measured against the dollars alone


def test_unpaid_void_and_refunded_invoices_do_not_count(ranked):
    shop = Shop()
    account = shop.account

    def void() -> None:
        payments.void(account, billing.one_off(account, shop.person("Void"), 9_000, "Work", method="send_invoice"))

    def refund() -> None:
        charge = payments.charge_of(account, billing.one_off(account, shop.person("Refunded"), 9_000, "Work"))
        payments.refund(account, charge)

    account.at(instant(2026, 5, 1), void)
    account.at(instant(2026, 5, 1), refund)
    account.at(
        instant(2026, 6, 14), lambda: billing.one_off(account, shop.person("Owes"), 9_000, "Work", method="send_invoice")
    )
    shop.bills("Paid", "2026-05")
    assert ranked(shop).index.tolist() == ["Paid"]


def test_charges_without_an_invoice_count_and_none_counts_twice(warehouse, tmp_path, ranked):
    shop = Shop()
    shop.bills("Invoiced", "2026-06", 30_000)
    who = ranked(shop).loc["Invoiced", "client_id"]
    at = int(datetime(2026, 6, 10, tzinfo=UTC).timestamp())
    terms = {"object": "charge", "customer": who, "currency": "usd", "status": "succeeded", "amount_refunded": 0}
    rows = [
        {"id": "ch_same", "amount": 30_000, "created": at + 30, **terms},  # the invoice's own, seen by a key without its link
        {"id": "ch_own", "amount": 12_000, "created": at - 60 * 86_400, **terms},
        {"id": "ch_failed", "amount": 5_000, "created": at, **terms, "status": "failed"},
        {"id": "ch_guest", "amount": 5_000, "created": at, **terms, "customer": None},
    ]
    file = tmp_path / "charges.ndjson"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with warehouse.transaction() as cursor:
        warehouse.load_raw(cursor, "stripe", "charges", [file], seen_at=AS_OF.replace(tzinfo=None))
    warehouse.build()
    row = metrics.read(warehouse, "retainer_candidates", as_of=AS_OF).iloc[0]
    assert (row["invoices"], row["total_minor"], row["months_active"]) == (2, 42_000, 2)


def test_what_comes_after_the_instant_asked_for_is_not_seen(warehouse, ranked):
    shop = Shop()
    shop.bills("Later", months(1, 6))
    ranked(shop)
    row = metrics.read(warehouse, "retainer_candidates", as_of=datetime(2026, 3, 1, tzinfo=UTC)).iloc[0]
    assert (row["invoices"], row["last_on"]) == (2, "2026-02-10")
    assert metrics.read(warehouse, "retainer_candidates", as_of=datetime(2025, 12, 1, tzinfo=UTC)).empty
