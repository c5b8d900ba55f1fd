"""definitions.md, Rates and MRR: what stands beside the movements on one day, and which months were seen as they happened."""

from datetime import UTC, datetime

import pytest

from data import metrics
from data.settings import Settings
from data.sources import agreements
from data.warehouse import Warehouse
from tests.oracle import cases
from tests.oracle.differential import Reader

DAY = datetime(2026, 11, 21, 12, tzinfo=UTC)
# 100.00 a month each, 500.00 a year of another, and two who pay nothing now.
LIVES = ("scheduled_to_leave", "scheduled_change_to_come", "past_due", "interval_year", "comped_for_ever", "paused_long_ago")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    home = tmp_path_factory.mktemp("standing")
    Reader(home, cases.build(*LIVES)).sync()
    opened = Warehouse(home / "retainer.duckdb", Settings(home=home, show="own"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def november(warehouse):
    return metrics.read(warehouse, "revenue_summary", as_of=DAY).set_index("month").loc["2026-11"]


def test_arr_is_12_times_mrr_and_arpa_is_mrr_by_customers(november):
    assert (november["mrr_minor"], november["arr_minor"], november["customers"]) == (34_167, 410_004, 4)
    assert november["arpa_minor"] == 8_542  # 341.67 ÷ 4


def test_the_comped_and_the_paused_are_counted_beside_the_customers(november):
    assert (november["customers"], november["comped"], november["paused"]) == (4, 1, 1)


def test_committed_mrr_leaves_out_who_is_set_to_leave_and_takes_in_the_change_to_come(warehouse, november):
    assert november["committed_mrr_minor"] == 34_167 - 10_000 + (25_000 - 10_000)
    changes = metrics.read(warehouse, "committed_changes", as_of=DAY)
    assert dict(zip(changes["what"], changes["change_minor"], strict=True)) == {"leaves": -10_000, "changes": 15_000}
    before = metrics.read(warehouse, "revenue_summary", as_of=DAY).set_index("month").loc["2026-10"]
    assert before.isna()["committed_mrr_minor"], "of a month that is over nothing is scheduled any more"
    leaving = metrics.read(warehouse, "clients", as_of=DAY).set_index("client_name").loc["scheduled_to_leave"]
    assert (leaving["mrr_minor"], leaving["leaving_minor"], leaving["leaves_on"]) == (10_000, 10_000, "2026-12-10")


def test_concentration_is_the_share_of_the_largest_and_of_the_three_largest(november):
    assert november["largest_client_share"] == pytest.approx(10_000 / 34_167)
    assert november["top3_share"] == pytest.approx(30_000 / 34_167)
    assert november["mrr_without_largest_minor"] == 24_167


def test_whose_charge_is_overdue_is_in_force_and_marked(warehouse):
    clients = metrics.read(warehouse, "clients", as_of=DAY).set_index("client_name")
    assert clients.loc["past_due", "mrr_minor"] == 10_000
    assert clients.index[clients["is_past_due"]].tolist() == ["past_due"]


def test_months_before_the_first_sync_are_reconstructed_and_those_after_it_observed(warehouse):
    later = metrics.read(warehouse, "mrr_movements", as_of=datetime(2026, 12, 5, tzinfo=UTC)).set_index("month")["basis"]
    assert set(later[:"2026-11"]) == {"reconstructed"} and later["2026-12"] == "observed"


def entered(home, *rows):
    """A warehouse with these agreements of 2026, as a file brings them."""
    file = home / "agreements.csv"
    file.write_text("\n".join([",".join(agreements.COLUMNS), *rows]), encoding="utf-8")
    opened = Warehouse(home / "retainer.duckdb", Settings(home=home, show="own"))
    agreements.import_file(file, opened)
    return opened


def test_a_cohort_is_of_the_month_of_the_first_mrr_and_counts_who_stands_at_each_month_s_end(tmp_path):
    opened = entered(
        tmp_path,
        "Ann,Care,100,usd,1,2026-01-05,2026-03-10,,",
        "Bob,Care,300,usd,1,2026-01-20,,,",
        "Cy,Care,100,usd,1,2026-02-01,,,",
    )
    cells = metrics.read(opened, "cohorts", as_of=datetime(2026, 4, 15, tzinfo=UTC))
    opened.close()
    columns = ["cohort_month", "age_months", "clients", "clients_in_force", "mrr_minor"]
    assert cells[columns].values.tolist() == [
        ["2026-01", 0, 2, 2, 40_000],
        ["2026-01", 1, 2, 2, 40_000],
        ["2026-01", 2, 2, 1, 30_000],
        ["2026-01", 3, 2, 1, 30_000],
        ["2026-02", 0, 1, 1, 10_000],
        ["2026-02", 1, 1, 1, 10_000],
        ["2026-02", 2, 1, 1, 10_000],
    ]


def test_mrr_that_changes_tier_leaves_the_one_and_comes_into_the_other(tmp_path):
    opened = entered(
        tmp_path,
        "Ann,Care,100,usd,1,2026-01-05,2026-03-10,,",
        "Ann,Plus,300,usd,1,2026-03-10,,,",
        "Bob,Care,100,usd,1,2026-01-20,,,",
    )
    as_of = datetime(2026, 4, 15, tzinfo=UTC)
    moves, mix = (metrics.read(opened, name, as_of=as_of) for name in ("tier_moves", "tier_mix"))
    opened.close()
    assert moves[["month", "from_tier", "to_tier", "clients", "mrr_minor"]].values.tolist() == [
        ["2026-03", "Care", "Plus", 1, 30_000]
    ]
    of_month = mix.pivot(index="month", columns="tier", values="mrr_minor").fillna(0)
    assert of_month.loc["2026-02"].to_dict() == {"Care": 20_000, "Plus": 0}
    assert of_month.loc["2026-03"].to_dict() == {"Care": 10_000, "Plus": 30_000}
