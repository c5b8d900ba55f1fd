"""Examples that Stripe, ChartMogul, Baremetrics and others publish, with the figures that our rules give them."""

from datetime import UTC, datetime

import pytest

from data import metrics
from data.settings import Settings
from data.sources import agreements
from data.sources.demo import subscriptions
from data.sources.demo.account import Account
from data.sources.demo.periods import instant
from data.warehouse import Warehouse
from tests.oracle.differential import Reader


def synced(tmp_path, account: Account) -> Reader:
    reader = Reader(tmp_path, account)
    reader.sync()
    return reader


def mrr_at(reader: Reader, day: datetime) -> int:
    frame = reader.frames(int(day.timestamp()))["mrr_movements"]
    return int(frame["closing_minor"].iloc[-1])


@pytest.fixture
def account() -> Account:
    return Account(start=instant(2026, 1, 1))


def test_100_clients_at_100_a_month_and_50_at_600_a_year_are_12_500(tmp_path, account):
    product = account.product("Care")
    monthly, yearly = account.price(product, 10_000), account.price(product, 60_000, "year")
    for price, clients in ((monthly, 100), (yearly, 50)):
        for number in range(clients):
            subscriptions.create(account, account.customer(f"Client {number}"), [(price, 1)])
    reader = synced(tmp_path, account.advance(instant(2026, 1, 20)))
    assert mrr_at(reader, datetime(2026, 1, 20, tzinfo=UTC)) == 1_250_000


def test_four_seats_at_500_a_year_are_166_67(tmp_path, account):
    price = account.price(account.product("Seats"), 50_000, "year")
    subscriptions.create(account, account.customer("Ada"), [(price, 4)])
    assert mrr_at(synced(tmp_path, account.advance(instant(2026, 1, 20))), datetime(2026, 1, 20, tzinfo=UTC)) == 16_667


def test_77_clients_at_15_with_a_coupon_once_are_1155(tmp_path, account):
    price = account.price(account.product("Care"), 1_500)
    coupon = account.coupon(amount_off=1_400, currency="usd", duration="once")
    for number in range(77):
        subscriptions.create(account, account.customer(f"Client {number}"), [(price, 1)], coupons=[coupon])
    assert mrr_at(synced(tmp_path, account.advance(instant(2026, 1, 20))), datetime(2026, 1, 20, tzinfo=UTC)) == 115_500


def test_a_monthly_subscription_renewing_on_the_28th_is_active_on_the_21st(tmp_path, account):
    price = account.price(account.product("Care"), 10_000)
    account.at(instant(2026, 2, 28), lambda: subscriptions.create(account, account.customer("Ada"), [(price, 1)]))
    reader = synced(tmp_path, account.advance(instant(2026, 6, 21)))
    assert mrr_at(reader, datetime(2026, 6, 21, tzinfo=UTC)) == 10_000


def import_agreements(tmp_path, *rows: str) -> Warehouse:
    file = tmp_path / "agreements.csv"
    file.write_text("\n".join([",".join(agreements.COLUMNS), *rows]), encoding="utf-8")
    warehouse = Warehouse(tmp_path / "retainer.duckdb", Settings(home=tmp_path, show="own"))
    agreements.import_file(file, warehouse)
    return warehouse


def test_start_100_churn_10_contraction_10_expansion_10_is_gross_20_and_net_10_percent(tmp_path):
    warehouse = import_agreements(
        tmp_path,
        "Leaves,Care,10,usd,1,2026-01-01,2026-03-10,,",
        "Shrinks,Care,40,usd,1,2026-01-01,2026-03-10,,",
        "Shrinks,Care,30,usd,1,2026-03-10,,,",
        "Grows,Care,50,usd,1,2026-01-01,2026-03-10,,",
        "Grows,Care,60,usd,1,2026-03-10,,,",
    )
    rates = metrics.read(warehouse, "churn_rates", as_of=datetime(2026, 4, 2, tzinfo=UTC)).set_index("month").loc["2026-03"]
    warehouse.close()
    assert rates["gross_mrr_churn_rate"] == pytest.approx(0.2)
    assert rates["net_mrr_churn_rate"] == pytest.approx(0.1)


@pytest.mark.parametrize(("as_of", "mrr", "standing"), [("2026-03-20", 10_000, "in the grace"), ("2026-04-15", 0, "lapsed")])
def test_an_agreement_without_an_end_runs_to_paid_until_plus_the_grace(tmp_path, as_of, mrr, standing):
    warehouse = import_agreements(tmp_path, "Acme,Growth,1200.00,eur,12,2025-03-01,,2026-03-01,transfer")
    moves = metrics.read(warehouse, "movements", as_of=datetime.fromisoformat(as_of).replace(tzinfo=UTC))
    warehouse.close()
    assert int(moves["to_minor"].iloc[-1]) == mrr, standing
    assert (mrr == 0) == (moves["date"].iloc[-1] == "2026-03-01"), "churn is dated paid_until"


def test_the_same_agreements_again_are_not_doubled_and_bad_rows_are_named(tmp_path):
    rows = (
        "Acme,Growth,1200.00,eur,12,2025-03-01,,,transfer",
        "Beta,Growth,ten,eur,1,2025-03-01,,,",
        "Acme,Growth,9.999,eur,1,2025-03-01,,,",
    )
    warehouse = import_agreements(tmp_path, *rows)
    warehouse.close()
    warehouse = Warehouse(tmp_path / "retainer.duckdb", Settings(home=tmp_path, show="own"))
    report = agreements.import_file(tmp_path / "agreements.csv", warehouse)
    clients = metrics.read(warehouse, "clients")
    warehouse.close()
    assert (report.kept, report.added, report.changed) == (1, 0, 0)
    assert [line.split(":")[0] for line in report.bad] == ["line 3", "line 4"]
    assert clients["mrr_minor"].tolist() == [10_000]
