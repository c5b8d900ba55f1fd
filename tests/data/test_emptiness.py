"""Models of which nothing comes are left as they stand, and a build that leaves them gives what one from scratch gives."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from data import building, models
from data.emptiness import Emptiness
from data.settings import Settings
from data.warehouse import Warehouse
from tests.bench.bench_revenue import fill
from tests.data.full_build import differences

KEPT = [name for name, _ in models.ordered() if models.kept_as(name) == "table"]


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    """A warehouse in which only Stripe's main lists hold something, brought in after a build of nothing."""
    with closing(Warehouse(tmp_path / "w.duckdb", Settings(home=tmp_path))) as opened:
        fill(opened, 200)
        opened.build()
        yield opened


@pytest.fixture
def demo(demo_in: Callable[[Path], Path], tmp_path: Path) -> Iterator[Warehouse]:
    """The demo, which has some of everything."""
    settings = Settings(home=demo_in(tmp_path / "home"), show="demo")
    with closing(Warehouse(settings.demo_warehouse, settings)) as opened:
        yield opened


def left(warehouse: Warehouse) -> set[str]:
    """The tables that another build would leave as they are."""
    with warehouse.cursor() as cursor:
        emptiness = Emptiness(cursor)
        return {name for name, _ in models.ordered() if emptiness.leaves(name)}


def test_what_is_left_would_be_empty_also_when_made_anew_at_a_later_time(warehouse):
    names = left(warehouse)
    assert "stg_mainwp__sites" in names
    assert "stg_stripe__refunds" in names
    assert not {"stg_stripe__invoices", "client_spans", "mrr_months"} & names
    with warehouse.seen_from(warehouse.as_of + timedelta(days=800)) as cursor:
        for name in names:
            assert cursor.execute(f"select count(*) from ({models.select(name)})").fetchone() == (0,), name


def test_a_build_that_leaves_what_is_empty_equals_one_from_scratch(warehouse):
    assert left(warehouse)
    with warehouse.transaction() as cursor:
        cursor.execute("update warehouse_version set models = 'older'")
    assert differences(warehouse) == {}
    with warehouse.transaction() as cursor:
        cursor.execute(
            'insert into raw_stripe__refunds select \'re_1\', \'{"id": "re_1", "amount": 5}\', as_of, as_of, null from params'
        )
    assert set(differences(warehouse)) == {"stg_stripe__refunds"}


def test_a_model_that_needs_others_is_empty_without_them_where_all_else_is_full(demo):
    needing = {name: needed for name in KEPT if (needed := models.empty_without(name))}
    with demo.cursor() as cursor:
        for name in (name for name, _ in models.ordered() if models.kept_as(name) in building.PASSING):
            building.make(cursor, name)
        for name, needed in needing.items():
            assert needed <= models.reads(name), name
            assert cursor.execute(f"select count(*) > 0 from {name}").fetchone() == (True,), name
            for other in needed:
                cursor.execute(f"create or replace temp table {other} as select * from ({models.select(other)}) limit 0")
            assert cursor.execute(f"select count(*) from ({models.select(name)})").fetchone() == (0,), name
            for other in needed:
                cursor.execute(f"drop table temp.{other}")
                if models.kept_as(other) in building.PASSING:
                    building.make(cursor, other)
