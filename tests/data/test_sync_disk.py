"""A sync and its files: a full disk, a folder that can't be made, and what was read but is damaged."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from data import building, spool_files
from data import sync as sync_module
from data.__main__ import main
from data.errors import SettingsError, SourceError, WarehouseError
from data.refresh import refresh
from data.settings import Settings
from data.sources import SOURCES
from data.spool import Run, Spool
from data.sync import extract, extract_aside, sync
from data.warehouse import Warehouse
from tests.data.loopback import KEY, Loopback, agency, serving

ROOT = Path(__file__).parents[2]
KEPT_NOT = "What was read could not be kept on disk."


@pytest.fixture(autouse=True)
def raw_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building.models, "ordered", lambda layers=(): ())
    monkeypatch.setattr(building, "refresh", building.whole)
    monkeypatch.setattr(building.readings, "keep", lambda cursor: None)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with serving(agency(Loopback())) as running:
        yield running


@pytest.fixture
def settings(server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    home = tmp_path / "home"
    for name, value in (("RETAINER_HOME", str(home)), ("STRIPE_API_KEY", KEY), ("STRIPE_API_BASE", server.url)):
        monkeypatch.setenv(name, value)
    return Settings(home=home, stripe_api_key=KEY, stripe_api_base=server.url)


def is_full(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def runs(settings: Settings) -> list[str]:
    return sorted(path.name for path in (settings.home / "spool" / "stripe").glob("2*"))


def counted(settings: Settings) -> tuple[int, list[str]]:
    """Customers in the warehouse, and the states of the syncs on record."""
    with closing(Warehouse(settings.own_warehouse, settings)) as warehouse, warehouse.cursor() as cursor:
        count = cursor.execute("select count(*) from raw_stripe__customers where gone_at is null").fetchone()
        states = cursor.execute("select status from syncs order by finished_at").fetchall()
    return (count or (0,))[0], [state for (state,) in states]


def test_a_home_that_can_t_be_made_is_told_in_a_sentence(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SourceError, match=KEPT_NOT):
        sync(Settings(home=tmp_path / "file" / "home", stripe_api_key=KEY, stripe_api_base=settings.stripe_api_base))


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="A folder that nobody can write into")
def test_a_home_that_can_t_be_written_ends_the_command_with_2(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RETAINER_HOME", "/proc/nohome")
    assert main(["sync", "stripe"]) == 2
    assert " ".join(capsys.readouterr().err.split()) == f"{KEPT_NOT} No such file or directory"


@pytest.mark.parametrize("is_second", [False, True])
def test_a_full_disk_ends_the_command_with_2_and_one_sentence(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, is_second: bool
) -> None:
    if is_second:
        sync(settings)
    with monkeypatch.context() as patch:
        patch.setattr(spool_files, "create", is_full)
        assert main(["sync", "stripe"]) == 2
    assert " ".join(capsys.readouterr().err.split()) == f"{KEPT_NOT} No space left on device"
    assert main(["sync", "stripe"]) == 0
    assert counted(settings) == (3, ["ok", "failed", "ok"] if is_second else ["ok"])


def test_a_disk_that_is_full_for_the_record_of_a_failure_too_hides_no_reason(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(settings)

    def no_room(*_: Any, **__: Any) -> None:
        raise WarehouseError("The warehouse could not be written.")

    monkeypatch.setattr(spool_files, "create", is_full)
    monkeypatch.setattr(Warehouse, "record_sync", no_room)
    with pytest.raises(SourceError, match=KEPT_NOT):
        sync(settings)


@pytest.mark.parametrize("step", ["remember", "discard"])
def test_what_is_landed_shows_in_the_figures_though_the_spool_can_t_be_tidied(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    built: list[bool] = []
    monkeypatch.setattr(Warehouse, "refresh", lambda self, *_: built.append(True) or "")
    wait(settings)
    with closing(Warehouse(settings.own_warehouse, settings)) as warehouse:
        built.clear()
        with monkeypatch.context() as patch:
            if step == "remember":
                patch.setattr(spool_files, "create", is_full)
            else:
                patch.setattr(Path, "unlink", is_full)
            with pytest.raises(SourceError, match=KEPT_NOT):
                sync_module.land_finished(warehouse, settings)
    assert built == [True]


def test_a_reading_process_tells_broken_settings_as_it_tells_every_error(settings: Settings) -> None:
    settings.home.mkdir()
    (settings.home / "settings.toml").write_text("= broken")
    done = subprocess.run(
        [sys.executable, "-m", "data.sync", "--extract", "stripe"], cwd=ROOT, capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (2, b"")
    assert json.loads(done.stdout)["error"] == "SettingsError"
    with pytest.raises(SettingsError, match="can't be read"):
        extract_aside(settings, "stripe", False, lambda said: None)


def wait(settings: Settings) -> Run:
    """A run that is read whole, and waits."""
    return extract(settings, SOURCES[0], False, lambda said: None, Spool(settings.home, "stripe").remembered)


def cut(run: Run) -> None:
    """Cut the last line of its customers short, as a crash of the machine may."""
    file = next((run.folder / "customers").glob("*.ndjson"))
    file.write_bytes(file.read_bytes()[:-20])


@pytest.mark.parametrize("has_warehouse", [False, True])
@pytest.mark.parametrize("full", [False, True])
def test_a_damaged_run_is_set_aside_told_and_everything_read_again(
    settings: Settings, server: Loopback, full: bool, has_warehouse: bool
) -> None:
    if has_warehouse:
        sync(settings)
        server.lists["customers"][0]["name"] = "Renamed"
        with closing(Warehouse(settings.own_warehouse, settings)) as warehouse:
            bookmark = sync_module.bookmark_of(warehouse, SOURCES[0])
        bad = extract(settings, SOURCES[0], True, lambda said: None, bookmark)
    else:
        bad = wait(settings)
    cut(bad)
    server.asked.clear()
    summary = sync(settings, full=full)
    assert [sentence for sentence in summary.warnings if f"{bad.id}.bad" in sentence], str(summary)
    assert f"Note: What an earlier sync had read was damaged and not landed; it was set aside as {bad.id}.bad" in str(summary)
    assert "/v1/customers" in server.paths()
    assert counted(settings)[0] == 3
    assert runs(settings) == [f"{bad.id}.bad"]
    again = sync(settings)
    assert not [sentence for sentence in again.warnings if ".bad" in sentence]
    assert runs(settings) == [f"{bad.id}.bad"]


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"count": 2, "read_at": "2026-01-01T00:00:00+00:00"}'])
def test_a_damaged_note_counts_as_a_damaged_run(settings: Settings, text: str) -> None:
    bad = wait(settings)
    next((bad.folder / "customers").glob("*.json")).write_text(text)
    assert bad.is_damaged
    if not text.startswith('{"'):
        assert any(".bad" in sentence for sentence in sync(settings).warnings)


def test_a_whole_run_is_never_set_aside_for_what_the_warehouse_does(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = wait(settings)

    def no_room(*_: Any, **__: Any) -> None:
        raise WarehouseError("The warehouse could not be written.")

    with monkeypatch.context() as patch:
        patch.setattr(Warehouse, "load_raw", no_room)
        with pytest.raises(WarehouseError):
            sync(settings)
    assert kept.id in runs(settings)
    assert not [name for name in runs(settings) if name.endswith(".bad")]
    sync(settings)
    assert runs(settings) == []


def test_only_the_newest_damaged_run_is_kept(settings: Settings) -> None:
    for _ in range(2):
        bad = wait(settings)
        cut(bad)
        sync(settings)
    assert runs(settings) == [f"{bad.id}.bad"]


def test_the_dashboard_s_sync_sets_a_damaged_run_aside_and_tells_it(
    settings: Settings, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(settings)
    bad = wait(settings)
    cut(bad)
    server.asked.clear()
    with closing(Warehouse(settings.own_warehouse, settings)) as warehouse:
        monkeypatch.setattr("data.refresh.own_warehouse", lambda settings: warehouse)
        summary = refresh(settings, "stripe", lambda said: None)
    assert any(f"{bad.id}.bad" in sentence for sentence in summary.warnings)
    assert "/v1/customers" in server.paths()
