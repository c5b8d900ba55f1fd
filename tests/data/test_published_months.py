"""The periods of dbt's MRR playbook (its public `subscription_periods` seed), entered as agreements, give its monthly table."""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from data import metrics
from data.settings import Settings
from data.sources import agreements
from data.warehouse import Warehouse

PERIODS = Path(__file__).parent / "published" / "mrr_playbook_periods.csv"
Spine = dict[tuple[str, str], int]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    home = tmp_path_factory.mktemp("published")
    opened = Warehouse(home / "retainer.duckdb", Settings(home=home, show="own"))
    agreements.import_file(PERIODS, opened)
    return opened


def months_after(first: date, last: date) -> list[str]:
    """Every month whose first day lies from `first` to `last`, as YYYY-MM."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers]


@pytest.fixture(scope="module")
def spine() -> Spine:
    """The playbook's own method: for each client and month, the amount of the period that covers the month's first day."""
    amounts: Spine = defaultdict(int)
    with PERIODS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            starts, ends = date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"])
            for month in months_after(starts, ends)[:-1]:
                amounts[row["client"], month] += int(row["amount"]) * 100
    return amounts


def classified(spine: Spine) -> dict[str, dict[str, int]]:
    """The playbook's month rows summed: what each category of change comes to, by month."""
    table: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for client in {client for client, _ in spine}:
        own = sorted(month for who, month in spine if who == client)
        before = 0
        for month in months_after(date.fromisoformat(f"{own[0]}-01"), date(2020, 3, 1)):
            now = spine.get((client, month), 0)
            kind = "none"
            if month == own[0]:
                kind = "new"
            elif before and not now:
                kind = "churn"
            elif now and not before:
                kind = "reactivation"
            elif now != before:
                kind = "expansion" if now > before else "contraction"
            table[month][f"{kind}_minor"] += abs(now - before)
            table[month]["closing_minor"] += now
            table[month]["customers_closing"] += now > 0
            before = now
    return table


def test_periods_of_a_public_data_set_give_its_published_monthly_table(warehouse: Warehouse, spine: Spine) -> None:
    published = classified(spine)
    ours = metrics.read(warehouse, "mrr_movements", end="2020-03-01").set_index("month")
    columns = ["closing_minor", "customers_closing"]
    columns += [f"{kind}_minor" for kind in ("new", "churn", "reactivation", "expansion", "contraction")]
    wrong = {
        (month, column): (int(ours.at[month, column]), published[month][column])
        for month in ours.index
        for column in columns
        if int(ours.at[month, column]) != published[month][column]
    }
    assert len(ours) == 31 and wrong == {}


def test_each_client_has_the_published_amount_in_each_month(warehouse: Warehouse, spine: Spine) -> None:
    ours = metrics.read(warehouse, "client_mrr", end="2020-03-01")
    found = {(str(row.client_name), str(row.month)): int(row.mrr_minor) for row in ours.itertuples() if row.mrr_minor}
    assert found == {key: amount for key, amount in spine.items() if amount}
