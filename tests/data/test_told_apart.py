"""What is told beside the figures: who was lost while paused, amounts that can't be known, LTV and quick ratio in words."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from data import metrics
from data.settings import Settings
from data.warehouse import Warehouse
from pages.ui import churn_findings, month_review
from tests.oracle import cases
from tests.oracle.differential import Reader

DAY = datetime(2026, 11, 21, 12, tzinfo=UTC)
WITHOUT_TIERS = "regexp_replace(payload::varchar, '\"tiers\":\\[[^\\]]*\\]', '\"tiers\":null', 'g')::json"
LIVES = ("paused_and_lost_recently", "tiered_graduated", "interval_year")


@pytest.fixture
def warehouse(tmp_path):
    Reader(tmp_path, cases.build(*LIVES)).sync()
    opened = Warehouse(tmp_path / "retainer.duckdb", Settings(home=tmp_path, show="own"))
    yield opened
    opened.close()


def test_who_ends_for_good_while_paused_is_told_apart_and_is_no_churned_customer(warehouse):
    gone = metrics.read(warehouse, "lost_while_paused", as_of=DAY)
    assert list(gone["client_name"]) == ["paused_and_lost_recently"]
    months = metrics.read(warehouse, "mrr_movements", as_of=DAY)
    assert months["customers_churned"].sum() == 0 and months["churn_minor"].sum() == 0
    told = churn_findings.lost_while_paused(gone)
    assert "paused_and_lost_recently" in told and "not counted as churned" in told
    assert churn_findings.lost_while_paused(gone.head(0)) == ""


def test_an_item_whose_amount_nothing_shows_is_named_and_never_silently_0(warehouse):
    assert metrics.read(warehouse, "amounts_unknown").empty
    with warehouse.transaction() as cursor:
        cursor.execute("delete from raw_stripe__invoices")
        for table in ("raw_stripe__prices", "raw_stripe__subscriptions", "raw_versions"):
            cursor.execute(f"update {table} set payload = {WITHOUT_TIERS}")
    warehouse.build()
    unknown = metrics.read(warehouse, "amounts_unknown")
    assert list(unknown["client_name"]) == ["tiered_graduated"]
    assert month_review.unknown_amounts(unknown).startswith("Amount unknown, counted as 0")


def test_where_nothing_was_lost_or_too_little_is_known_the_figure_is_told_in_words():
    row = {"ltv_minor": None, "quick_ratio": None}
    assert churn_findings.worth(row, "usd") == (
        "A client’s lifetime value: not enough churn yet. Quick ratio: nothing was lost."
    )
    known = pd.Series({"ltv_minor": 540_000, "quick_ratio": 2.25}).to_dict()
    assert "$5,400" in churn_findings.worth(known, "usd") and "2.2 gained for 1 lost" in churn_findings.worth(known, "usd")
