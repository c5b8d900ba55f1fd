"""definitions.md, Rates: churn with its interval, how long clients stay, why they left, and the rate as Stripe counts it."""

import math
from datetime import UTC, date, datetime

import pytest

from data import metrics
from data.pricing.what_if.churn import Churn
from data.settings import Settings
from data.sources import agreements
from data.warehouse import Warehouse

AS_OF = datetime(2026, 7, 1, tzinfo=UTC)


def imported(tmp_path, *rows: str) -> Warehouse:
    file = tmp_path / "agreements.csv"
    file.write_text("\n".join([",".join(agreements.COLUMNS), *rows]), encoding="utf-8")
    warehouse = Warehouse(tmp_path / "retainer.duckdb", Settings(home=tmp_path, show="own"))
    agreements.import_file(file, warehouse)
    return warehouse


@pytest.fixture
def warehouse(tmp_path):
    """Six clients from January 2026: one leaves after a month, two after three, one comes back; three are there still."""
    opened = imported(
        tmp_path,
        "A,Care,100,usd,1,2026-01-01,2026-02-01,,",
        "B,Care,100,usd,1,2026-01-01,2026-04-01,,",
        "C,Care,100,usd,1,2026-01-01,2026-04-01,,",
        "C,Care,100,usd,1,2026-06-01,,,",
        "D,Care,100,usd,1,2026-01-01,,,",
        "E,Care,100,usd,1,2026-01-01,,,",
        "F,Care,100,usd,1,2026-05-01,,,",
    )
    yield opened
    opened.close()


def test_survival_is_kaplan_meier_over_spells_a_return_beginning_anew(warehouse):
    curve = metrics.read(warehouse, "survival", as_of=AS_OF).set_index("age_months")
    # 7 spells: at age 1 one of 7 leaves (F and the second C are seen for 2 and 1 months), at age 3 two of 4.
    assert curve["at_risk"].to_dict() == {0: 7, 1: 7, 2: 5, 3: 4, 4: 2, 5: 2, 6: 2}
    assert curve["left"].to_dict() == {0: 0, 1: 1, 2: 0, 3: 2, 4: 0, 5: 0, 6: 0}
    assert curve["surviving_share"].tolist() == pytest.approx([1, 6 / 7, 6 / 7, 3 / 7, 3 / 7, 3 / 7, 3 / 7])


def test_survivals_interval_is_greenwoods_on_the_log_log_scale(warehouse):
    row = metrics.read(warehouse, "survival", as_of=AS_OF).set_index("age_months").loc[3]
    share, spread = 3 / 7, math.sqrt(1 / (7 * 6) + 2 / (4 * 2)) / abs(math.log(3 / 7))
    assert row["low"] == pytest.approx(share ** math.exp(1.959963984540054 * spread))
    assert row["high"] == pytest.approx(share ** math.exp(-1.959963984540054 * spread))


def test_survival_has_no_interval_until_somebody_leaves_and_ends_at_nothing_when_all_do(tmp_path):
    opened = imported(tmp_path, "A,Care,100,usd,1,2026-01-01,2026-03-01,,")
    curve = metrics.read(opened, "survival", as_of=AS_OF).set_index("age_months")
    assert curve["surviving_share"].tolist() == [1, 1, 0]
    assert curve["low"].isna().all()
    opened.close()


def test_customer_churn_comes_with_its_jeffreys_interval_and_counts(warehouse):
    frame = metrics.read(warehouse, "churn_interval", as_of=AS_OF)
    assert "2026-01" not in set(frame["month"]), "no customer stood at its opening"
    for row in frame.itertuples():
        low, high = Churn(row.customers_churned, row.customers_opening).interval()
        assert (row.low, row.high) == pytest.approx((low, high), abs=1e-6)
    february = frame[frame["month"] == "2026-02"].iloc[0]
    assert (february["customers_churned"], february["customers_opening"]) == (1, 5)


def test_the_interval_holds_for_many_clients_as_well(tmp_path):
    rows = [f"C{n},Care,1,usd,1,2026-01-01,{'2026-02-15' if n < 37 else ''},," for n in range(900)]
    opened = imported(tmp_path, *rows)
    row = metrics.read(opened, "churn_interval", as_of=AS_OF, start=date(2026, 2, 1), end=date(2026, 2, 1)).iloc[0]
    assert (row["low"], row["high"]) == pytest.approx(Churn(37, 900).interval(), abs=1e-5)
    opened.close()


def test_reasons_are_counted_once_a_client_that_left(warehouse):
    frame = metrics.read(warehouse, "churn_reasons", as_of=AS_OF)
    assert frame[["month", "reason", "clients", "mrr_minor"]].values.tolist() == [
        ["2026-02", "agreement ended", 1, 10_000],
        ["2026-04", "agreement ended", 2, 20_000],
    ]


def test_stripes_churn_rate_is_of_30_days_over_active_before_and_new_ones(warehouse):
    frame = metrics.read(warehouse, "stripe_churn", as_of=AS_OF).set_index("month")
    # 30 April: the 30 days began after 31 March, when B and C still stood (they left on 1 April).
    assert frame.loc["2026-04", ["churned_30", "active_30_days_ago", "new_30"]].tolist() == [2, 4, 0]
    assert frame.loc["2026-04", "stripe_churn_rate"] == pytest.approx(2 / 4)
    # 31 May: on 1 May F came; the 30 days began after it, so F was active before.
    assert frame.loc["2026-05", ["churned_30", "active_30_days_ago", "new_30"]].tolist() == [0, 3, 0]
