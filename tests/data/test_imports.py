"""What the import command does with files that hold nothing, and with homes and warehouses that are not as they should be."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from data import raw
from data import warehouse as warehouse_module
from data.errors import InputError, WarehouseBusy, WarehouseError
from data.imports import import_file
from data.settings import Settings
from data.warehouse import Warehouse

ROOT = Path(warehouse_module.__file__).parents[1]


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(home=tmp_path / "home")


def command(settings: Settings, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "RETAINER_HOME": str(settings.home), **environment}
    return subprocess.run([sys.executable, "-m", "data", *words], capture_output=True, check=False, cwd=ROOT, env=environment)


@pytest.mark.parametrize("kind", ["maintenance", "agreements"])
def test_a_file_with_nothing_in_it_leaves_the_demo_shown(settings, tmp_path, kind):
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(InputError):
        import_file(settings, kind, tmp_path / "empty.csv")
    assert settings.is_demo
    assert list(settings.home.glob("*.duckdb*")) == []


def test_a_damaged_warehouse_is_called_damaged_and_not_busy(settings):
    warehouse = Warehouse(settings.own_warehouse, settings)
    warehouse.close()
    damaged = bytearray(settings.own_warehouse.read_bytes())
    for place in range(0, len(damaged) // 2, 4096):
        damaged[place : place + 8] = b"\xff" * 8
    settings.own_warehouse.write_bytes(damaged)
    with pytest.raises(WarehouseError) as refused:
        Warehouse(settings.own_warehouse, settings)
    assert not isinstance(refused.value, WarehouseBusy)
    done = command(settings, "status")
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)


def test_a_warehouse_not_rebuilt_after_landing_is_rebuilt_when_opened(settings):
    warehouse = Warehouse(settings.own_warehouse, settings)
    before = warehouse.version
    with warehouse.transaction() as cursor:
        raw.note_all(cursor, "stripe", "")
    warehouse.close()
    warehouse = Warehouse(settings.own_warehouse, settings)
    assert warehouse.version > before
    warehouse.close()


def test_a_folder_that_was_there_keeps_its_rights_and_the_files_in_it_are_private(tmp_path):
    tmp_path.chmod(0o755)
    settings = Settings(home=tmp_path)
    Warehouse(settings.own_warehouse, settings).close()
    assert tmp_path.stat().st_mode & 0o777 == 0o755
    assert settings.own_warehouse.stat().st_mode & 0o777 == 0o600


def test_a_home_made_by_us_is_for_the_user_alone(settings):
    Warehouse(settings.own_warehouse, settings).close()
    assert settings.home.stat().st_mode & 0o777 == 0o700


@pytest.mark.slow
def test_machine_output_is_utf8_whatever_the_terminal_speaks(settings, tmp_path):
    file = tmp_path / "agreements.csv"
    file.write_text(
        "client,tier,amount,currency,months,starts_on\nÉrables → Șerban,Care,10,usd,1,2026-01-01\n", encoding="utf-8"
    )
    assert command(settings, "import", "agreements", str(file)).returncode == 0
    done = command(settings, "metrics", "clients", "--format", "csv", PYTHONIOENCODING="cp1252")
    assert done.returncode == 0
    assert "Érables → Șerban" in done.stdout.decode("utf-8")


def test_a_home_that_cannot_be_made_is_said_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    done = command(Settings(home=tmp_path / "file" / "home"), "demo")
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)
