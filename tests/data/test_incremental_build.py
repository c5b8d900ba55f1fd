"""What only the touched clients' rebuild gives equals a full build in every table, and where it can't, everything is built."""

import json
import random
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import building, clients
from data.increment import FullBuildNeeded
from data.settings import Settings
from data.sources import agreements
from data.warehouse import Warehouse
from tests.data.full_build import differences
from tests.oracle import cases, generator
from tests.oracle.clock import standing_at
from tests.oracle.differential import Reader

pytestmark = pytest.mark.slow
DAY = 86_400
HOLDERS = ("customers", "subscriptions", "invoices", "invoice_items", "invoice_payments", "charges", "events")


@pytest.fixture
def only_touched(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """How each build of the test went: empty where only the touched clients were rebuilt, else why not."""
    told: list[str] = []

    def refresh(cursor: Any, settings: Settings, at: datetime) -> None:
        try:
            real(cursor, settings, at)
        except Exception as reason:
            told.append(str(reason) or type(reason).__name__)
            raise
        told.append("")

    real = building.refresh
    monkeypatch.setattr(building, "refresh", refresh)
    return told


@pytest.mark.parametrize(("seed", "shape"), [(3, "new"), (5, "old")])
def test_after_each_of_several_syncs_every_table_equals_a_full_build(tmp_path, only_touched, seed, shape):
    account = generator.build(seed, clients=80, later_days=45)
    reader = Reader(tmp_path, account, shape)
    first = account.now
    for days in (0, 0.5, 2, 7):
        account.advance(int(first + days * DAY))
        only_touched.clear()
        reader.sync()
        if not days:
            continue  # the first sync is a full build
        assert only_touched == [""], days
        with closing(Warehouse(tmp_path / "retainer.duckdb", Settings(home=tmp_path, show="own"))) as warehouse:
            assert differences(warehouse) == {}, days


@pytest.fixture(scope="module")
def synced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of somebody who has synced every hand-made case, with an agreement."""
    home = tmp_path_factory.mktemp("synced")
    Reader(home, cases.build()).sync()
    return home


@pytest.fixture
def warehouse(synced: Path, tmp_path: Path) -> Iterator[Warehouse]:
    """A copy of that warehouse, opened a moment later."""
    shutil.copy(synced / "retainer.duckdb", tmp_path)
    settings = Settings(home=tmp_path, show="own")
    with standing_at(cases.NOW + 60), closing(Warehouse(settings.own_warehouse, settings)) as opened:
        yield opened


def objects(warehouse: Warehouse, entity: str) -> list[dict[str, Any]]:
    with warehouse.cursor() as cursor:
        rows = cursor.execute(f"select payload from raw_stripe__{entity} where gone_at is null order by id").fetchall()
    return [json.loads(row[0]) for row in rows]


def land(warehouse: Warehouse, folder: Path, entity: str, found: list[dict[str, Any]], *, complete: bool = False) -> None:
    file = folder / f"{entity}.ndjson"
    # As a sync writes it: the same object in another spelling would count as changed.
    lines = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in found]
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    is_logged = entity in ("customers", "subscriptions")
    with warehouse.transaction() as cursor:
        warehouse.load_raw(cursor, "stripe", entity, [file], seen_at=datetime.now(UTC), complete=complete, logged=is_logged)


def moved(value: Any, chance: random.Random) -> Any:
    """An object changed here and there: another amount, another moment, another customer's, a missing list."""
    if isinstance(value, dict):
        return {key: _changed(key, inner, chance) for key, inner in value.items()}
    if isinstance(value, list):
        return [moved(inner, chance) for inner in value]
    return value


def _changed(key: str, value: Any, chance: random.Random) -> Any:
    if chance.random() < 0.15:
        if key in ("amount", "quantity", "total", "amount_paid") and value:
            return value + chance.randint(1, 3)
        if key in ("start", "end", "created", "ended_at", "start_date", "finalized_at", "current_period_end") and value:
            return value + chance.randint(-40, 40) * DAY
        if key in ("discounts", "discount_amounts", "lines", "name", "customer") and value:
            return None
    return moved(value, chance)


@pytest.mark.parametrize("seed", range(3))
def test_however_objects_change_every_table_equals_a_full_build(warehouse, tmp_path, seed):
    chance = random.Random(seed)
    went = []
    for _ in range(2):
        for entity in chance.sample(HOLDERS, 3):
            known = objects(warehouse, entity)
            some = chance.sample(known, min(3, len(known)))
            if chance.random() < 0.3:
                land(warehouse, tmp_path, entity, [one for one in known if one not in some], complete=True)
            else:
                land(warehouse, tmp_path, entity, [{**moved(one, chance), "id": one["id"]} for one in some])
        with standing_at(cases.NOW + 120):
            went.append(warehouse.refresh())  # whichever way it went, since a doubt asks for a full build
        assert differences(warehouse) == {}, went


def test_a_new_client_and_its_first_invoice_are_all_that_is_built(warehouse, tmp_path):
    invoice = next(one for one in objects(warehouse, "invoices") if one["lines"]["data"] and one["status"] == "paid")
    land(warehouse, tmp_path, "customers", [{"id": "cus_0", "object": "customer", "name": "Newcomer", "created": cases.NOW}])
    one_off = {"id": "in_0", "customer": "cus_0", "parent": None, "subscription": None, "lines": {"data": []}}
    land(warehouse, tmp_path, "invoices", [{**invoice, **one_off}])
    assert warehouse.refresh() == ""
    assert differences(warehouse) == {}


def test_a_client_linked_from_two_customers_is_built_from_both(warehouse, tmp_path):
    first, second = objects(warehouse, "customers")[:2]
    clients.link(warehouse, second["id"], first["id"])
    land(warehouse, tmp_path, "customers", [{**second, "name": "Another name"}])
    assert warehouse.refresh() == ""
    assert differences(warehouse) == {}


def test_agreements_that_come_change_or_run_out_touch_their_clients_only(warehouse):
    until = datetime.fromtimestamp(cases.NOW, UTC).date() + timedelta(days=1)
    fields = {"client": "Atelier", "tier": "Care", "amount": "120", "currency": "eur", "months": "1", "starts_on": "2026-01-01"}
    agreements.save(warehouse, {**fields, "paid_until": until.isoformat()})
    assert differences(warehouse) == {}
    with standing_at(cases.NOW + 3 * DAY):
        assert warehouse.refresh() == ""
        assert differences(warehouse) == {}


def test_as_time_goes_by_what_it_brings_counts_without_anything_landed(warehouse):
    for days in (0.2, 1, 4):
        with standing_at(cases.NOW + int(days * DAY)):
            assert warehouse.refresh() == ""
            assert differences(warehouse) == {}


@pytest.mark.parametrize("entity", ["prices", "products", "coupons"])
def test_what_is_of_everybody_is_a_reason_for_a_full_build(warehouse, tmp_path, entity):
    land(warehouse, tmp_path, entity, [{**objects(warehouse, entity)[0], "metadata": {"changed": "yes"}}])
    assert warehouse.refresh() == f"{entity} changed"


def test_other_rules_other_models_another_month_and_an_earlier_instant_are_reasons_for_a_full_build(warehouse):
    warehouse.settings = Settings(home=warehouse.settings.home, show="own", grace_days=3)
    assert "rules" in warehouse.refresh()
    assert "month" in warehouse.refresh(datetime.fromtimestamp(cases.NOW + 40 * DAY, UTC))
    assert "earlier" in warehouse.refresh(datetime.fromtimestamp(cases.NOW, UTC))
    with warehouse.transaction() as cursor:
        cursor.execute("update warehouse_version set models = 'others'")
    assert "models" in warehouse.refresh()


def test_many_touched_customers_are_a_reason_for_a_full_build(warehouse, tmp_path):
    land(warehouse, tmp_path, "customers", [{**one, "name": f"{one['name']} SARL"} for one in objects(warehouse, "customers")])
    assert "customers are touched" in warehouse.refresh()


def test_what_is_landed_and_not_built_is_built_when_the_warehouse_is_opened_again(warehouse, tmp_path):
    customer = objects(warehouse, "customers")[0]
    land(warehouse, tmp_path, "customers", [{**customer, "name": "Renamed"}])
    warehouse.close()
    with closing(Warehouse(warehouse.path, warehouse.settings)) as again, again.cursor() as cursor:
        name = cursor.execute("select name from stg_stripe__customers where customer_id = ?", [customer["id"]]).fetchone()
        assert name == ("Renamed",)
        assert cursor.execute("from raw_touched").fetchall() == []


def test_a_failure_in_the_middle_of_it_ends_in_a_full_build(warehouse, tmp_path, monkeypatch):
    def broken(cursor: Any, settings: Settings, at: datetime) -> None:
        cursor.execute("create temp table raw_stripe__invoices as from main.raw_stripe__invoices limit 0")
        raise FullBuildNeeded("a doubt")

    monkeypatch.setattr(building.increment, "apply", broken)
    assert warehouse.refresh() == "a doubt"
    assert differences(warehouse) == {}
