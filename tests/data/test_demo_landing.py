"""The demo stands whole or not at all, and what was made in it by hand is kept."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data import metrics
from data.errors import WarehouseBusy
from data.settings import Settings
from data.sources.demo import landing, spool
from data.warehouse import Warehouse


@pytest.fixture(scope="module")
def simulated(tmp_path_factory) -> Path:
    """What the demo is landed from, simulated once for all demos made here."""
    folder = tmp_path_factory.mktemp("simulated")
    spool.write_spool(folder, datetime.now(UTC).date())
    return folder


@pytest.fixture
def settings(tmp_path, simulated, monkeypatch) -> Settings:
    monkeypatch.setattr(landing, "write_spool", lambda folder, today: shutil.copytree(simulated, folder, dirs_exist_ok=True))
    return Settings(home=tmp_path, show="demo")


def months(settings: Settings) -> int:
    warehouse = Warehouse(settings.demo_warehouse, settings)
    try:
        return len(metrics.read(warehouse, "mrr_movements"))
    finally:
        warehouse.close()


@pytest.mark.slow
def test_a_demo_broken_off_while_it_was_made_is_made_again(settings, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(landing, "_land", lambda warehouse: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            landing.refresh(settings)
    assert list(settings.home.glob("demo*")) == []
    landing.refresh(settings)
    assert months(settings) > 36


@pytest.mark.slow
def test_an_empty_file_in_the_demos_place_is_replaced(settings):
    Warehouse(settings.demo_warehouse, settings).close()
    landing.refresh(settings)
    assert months(settings) > 36


@pytest.mark.slow
def test_scenarios_kept_in_the_demo_are_there_in_the_next_one(settings, demo_in):
    demo_in(settings.home)
    warehouse = Warehouse(settings.demo_warehouse, settings)
    with warehouse.transaction() as cursor:
        table = "select table_name from duckdb_tables() where table_name like 'what_if%'"
        name = cursor.execute(table).fetchone()[0]
        columns = cursor.execute(f"describe {name}").fetchall()
        values = [datetime.now(UTC).replace(tzinfo=None) if "TIME" in column[1] else "{}" for column in columns]
        cursor.execute(f"insert into {name} values ({', '.join('?' * len(values))})", values)
    warehouse.close()
    landing.make(settings)
    warehouse = Warehouse(settings.demo_warehouse, settings)
    with warehouse.cursor() as cursor:
        assert cursor.execute(f"select count(*) from {name}").fetchone() == (1,)
    warehouse.close()


@pytest.mark.slow
def test_a_demo_that_is_shown_is_not_replaced(settings, demo_in):
    import subprocess
    import sys

    demo_in(settings.home)
    warehouse = Warehouse(settings.demo_warehouse, settings)
    try:
        command = [sys.executable, "-m", "data", "--home", str(settings.home), "demo"]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=str(landing.__file__).split("/data/")[0]
        )
    finally:
        warehouse.close()
    assert done.returncode == 2
    assert WarehouseBusy.__doc__ and "open" in done.stderr
    assert "Traceback" not in done.stderr
