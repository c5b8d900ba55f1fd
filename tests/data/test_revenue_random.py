"""Random accounts of hundreds of clients: the figures equal the truth, from wherever and however often one looks."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from data import metrics
from data import warehouse as warehouse_module
from data.settings import Settings
from data.warehouse import Warehouse
from tests.oracle import generator
from tests.oracle.differential import Reader

DAY = 86_400


@pytest.fixture(scope="module", autouse=True)
def every_core() -> Iterator[None]:
    """As for a user: DuckDB on every core, so that what hangs on the order of rows shows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(warehouse_module.CONFIG, "threads")
        yield


@pytest.fixture(scope="module")
def mixed(every_core: None, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Somebody who has synced an account of 150 clients in which every case is mixed."""
    reader = Reader(tmp_path_factory.mktemp("mixed"), generator.build(6, clients=150))
    reader.sync()
    return reader


@pytest.mark.slow
def test_an_account_with_every_case_mixed_equals_the_truth(mixed):
    assert not any(mixed.differences().values())


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "shape"), [(1, "new"), (2, "old")])
def test_other_accounts_in_either_shape_equal_the_truth(tmp_path, seed, shape):
    reader = Reader(tmp_path, generator.build(seed, clients=150), shape)
    reader.sync()
    assert not any(reader.differences().values())


@pytest.mark.slow
@pytest.mark.parametrize("instant", ["2025-06-30T23:59:59", "2026-02-14T10:00:00"])
def test_nothing_dated_after_as_of_counts(mixed, instant):
    as_of = int(datetime.fromisoformat(instant).replace(tzinfo=UTC).timestamp())
    assert not any(mixed.differences(as_of).values())


@pytest.mark.slow
def test_syncing_three_times_tells_the_same_as_what_happened_in_between(tmp_path):
    account = generator.build(3, clients=150, later_days=45)
    reader = Reader(tmp_path, account)
    first = account.now
    for days in (0, 20, 45):
        account.advance(first + days * DAY)
        reader.sync()
    assert not any(reader.differences().values())


@pytest.mark.slow
def test_a_sync_without_change_changes_nothing(tmp_path):
    reader = Reader(tmp_path, generator.build(4, clients=60))
    reader.sync()
    before = {name: frame.to_csv() for name, frame in reader.frames(reader.account.now).items()}
    reader.sync()
    assert {name: frame.to_csv() for name, frame in reader.frames(reader.account.now).items()} == before


@pytest.mark.slow
def test_opening_and_movements_give_closing_and_rows_add_up_to_their_totals(mixed):
    warehouse = Warehouse(mixed.home / "retainer.duckdb", Settings(home=mixed.home, show="own"))
    try:
        months, clients, tiers, moves = (
            metrics.read(warehouse, name) for name in ("mrr_movements", "client_mrr", "tier_mix", "movements")
        )
    finally:
        warehouse.close()
    gains = months["new_minor"] + months["reactivation_minor"] + months["expansion_minor"]
    assert (
        months["opening_minor"] + gains - months["contraction_minor"] - months["churn_minor"] == months["closing_minor"]
    ).all()
    arrived = months["customers_new"] + months["customers_reactivated"] + months["customers_from_zero"]
    left = months["customers_churned"] + months["customers_to_zero"]
    assert (months["customers_opening"] + arrived - left == months["customers_closing"]).all()
    closing = months.set_index(["month", "currency"])["closing_minor"]
    for rows in (clients, tiers):
        sums = rows.groupby(["month", "currency"])["mrr_minor"].sum()
        assert (closing - sums.reindex(closing.index, fill_value=0) == 0).all()
    signed = moves["amount_minor"].where(moves["kind"].isin(["new", "reactivation", "expansion"]), -moves["amount_minor"])
    net = signed.groupby([moves["month"], moves["currency"]]).sum()
    assert (
        closing - months.set_index(["month", "currency"])["opening_minor"] == net.reindex(closing.index, fill_value=0)
    ).all()
