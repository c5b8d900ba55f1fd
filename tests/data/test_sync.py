"""A sync: extract, land in one transaction, build; killed, failed, locked out and repeated."""

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data import building
from data import warehouse as warehouse_module
from data.__main__ import main
from data.errors import InputError, KeyRefused, PermissionMissing, SourceError, SourceUnreachable, WarehouseBusy, WarehouseError
from data.settings import Settings
from data.sources import Progress
from data.sources.stripe import client as client_module
from data.spool import Spool
from data.sync import SourceSummary, extract_aside, land_finished, sync
from data.warehouse import Landed, Warehouse
from tests.data.loopback import KEY, Asked, Fault, Loopback, agency, bill, serving

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "FIRST_PAUSE", 0.005)
    monkeypatch.setattr(client_module, "LONGEST_PAUSE", 0.02)


@pytest.fixture(autouse=True)
def raw_only(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The models are other tests' matter, but for the one test that asks for figures."""
    if "figures" not in request.node.name:
        monkeypatch.setattr(building.models, "ordered", lambda layers=(): ())
        monkeypatch.setattr(building, "refresh", building.whole)
        monkeypatch.setattr(building.readings, "keep", lambda cursor: None)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with serving(agency(Loopback())) as running:
        yield running


@pytest.fixture
def settings(server: Loopback, tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", stripe_api_key=KEY, stripe_api_base=server.url)


def rows(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    with closing(Warehouse(settings.own_warehouse, settings)) as warehouse, warehouse.cursor() as cursor:
        return cursor.execute(sql).fetchall()


def count(settings: Settings, entity: str) -> int:
    return int(rows(settings, f"select count(*) from raw_stripe__{entity}")[0][0])


def spooled(settings: Settings) -> list[str]:
    return sorted(path.name for path in (settings.home / "spool" / "stripe").glob("2*"))


def test_a_sync_lands_what_it_read_and_says_so(settings: Settings) -> None:
    summary = sync(settings, "stripe")
    assert summary.counts["customers"] == Landed("customers", 3, 0, 0)
    assert "invoices: 6 new" in str(summary)
    assert count(settings, "invoices") == 6
    assert spooled(settings) == []
    assert rows(settings, "select source, status, objects from syncs") == [("stripe", "ok", 22)]


def test_a_sync_ends_with_figures(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (
        ("RETAINER_HOME", settings.home),
        ("STRIPE_API_KEY", KEY),
        ("STRIPE_API_BASE", settings.stripe_api_base),
    ):
        monkeypatch.setenv(name, str(value))
    assert main(["sync", "stripe"]) == 0
    assert main(["metrics", "client_mrr", "--format", "csv"]) == 0
    assert "cus_1,Client 1,eur,35000" in capsys.readouterr().out


def test_a_second_sync_without_a_change_changes_nothing(settings: Settings) -> None:
    sync(settings)
    before = rows(settings, "select * from raw_versions order by all")
    again = sync(settings)
    assert all((landed.added, landed.changed, landed.gone) == (0, 0, 0) for landed in again.counts.values())
    assert "Nothing has changed." in str(again)
    assert rows(settings, "select * from raw_versions order by all") == before


def test_a_full_sync_without_a_change_changes_nothing(settings: Settings, server: Loopback) -> None:
    sync(settings)
    again = sync(settings, full=True)
    assert "Nothing has changed." in str(again)
    assert server.paths().count("/v1/customers") == 2


def test_a_change_lands_and_its_earlier_state_is_kept(settings: Settings, server: Loopback) -> None:
    sync(settings)
    server.lists["subscriptions"][0]["items"]["data"][0]["quantity"] = 3
    bill(server, 0, 5)
    summary = sync(settings)
    assert summary.counts["subscriptions"] == Landed("subscriptions", 0, 1, 0)
    assert summary.counts["invoices"] == Landed("invoices", 1, 0, 0)
    quantities = rows(
        settings,
        "select (payload ->> '$.items.data[0].quantity')::int from raw_versions where id = 'sub_0' order by seen_at",
    )
    assert quantities == [(1,), (3,)]


def test_a_customer_who_is_gone_is_marked_and_the_invoices_stay(settings: Settings, server: Loopback) -> None:
    sync(settings)
    server.lists["customers"] = server.lists["customers"][1:]
    summary = sync(settings)
    assert summary.counts["customers"].gone == 1
    assert rows(settings, "select id from raw_stripe__customers where gone_at is not null") == [("cus_0",)]
    assert rows(settings, "select count(*) from raw_stripe__invoices where gone_at is null") == [(6,)]


def test_what_an_incremental_sync_did_not_list_is_not_gone(settings: Settings, server: Loopback) -> None:
    for month in range(2, 30):
        bill(server, 0, month)
    sync(settings)
    assert sync(settings).counts["invoices"].gone == 0
    server.lists["invoices"] = server.lists["invoices"][1:]
    assert sync(settings, full=True).counts["invoices"].gone == 1


def test_after_a_month_without_a_sync_everything_is_read_again(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    sync(settings)
    with closing(Warehouse(settings.own_warehouse, settings)) as warehouse, warehouse.transaction() as cursor:
        cursor.execute(
            """update syncs set bookmark = json_merge_patch(bookmark, '{"synced_at": "2020-01-01T00:00:00+00:00"}')"""
        )
    assert sync(settings).parts[0].objects == 22, "an incremental sync reads fewer"


@pytest.mark.parametrize(
    ("break_it", "error"),
    [
        (lambda server: setattr(server, "key", "rk_other"), KeyRefused),
        (lambda server: server.forbidden.add("invoices"), PermissionMissing),
        (lambda server: server.faults.append(Fault("subscriptions", 500, times=99)), SourceUnreachable),
    ],
)
def test_a_failed_sync_is_on_record_and_never_counts_as_done(
    settings: Settings, server: Loopback, break_it: Any, error: type[SourceError]
) -> None:
    sync(settings)
    before = rows(settings, "select * from raw_stripe__customers order by id")
    server.lists["customers"][0]["name"] = "Renamed"
    break_it(server)
    with pytest.raises(error) as caught:
        sync(settings)
    assert rows(settings, "select * from raw_stripe__customers order by id") == before
    failed = rows(settings, "select status, message from syncs order by finished_at")[-1]
    assert failed == ("failed", str(caught.value))
    server.key, server.forbidden, server.faults = KEY, set(), []
    assert sync(settings).counts["customers"].changed == 1


def test_a_failed_first_sync_leaves_no_empty_warehouse_in_the_demos_place(settings: Settings, server: Loopback) -> None:
    server.key = "rk_other"
    with pytest.raises(KeyRefused):
        sync(settings)
    assert not settings.own_warehouse.exists()
    assert settings.is_demo


def test_no_source_or_an_unknown_one_is_said_in_a_sentence(settings: Settings) -> None:
    with pytest.raises(InputError, match="No source is connected"):
        sync(replace(settings, stripe_api_key=""))
    with pytest.raises(InputError, match="not connected"):
        sync(replace(settings, stripe_api_key=""), "stripe")
    with pytest.raises(InputError, match="no source “paypal”"):
        sync(settings, "paypal")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"STRIPE_API_KEY": "rk_test_wrong_0000"}, "Stripe refused the key."),
        ({"STRIPE_API_BASE": "http://127.0.0.1:9"}, "Stripe can’t be reached."),
        ({"STRIPE_API_KEY": ""}, "Stripe is not connected."),
    ],
)
def test_at_the_command_line_a_failure_is_one_sentence_and_exit_2(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], wrong: dict[str, str], said: str
) -> None:
    given = {"RETAINER_HOME": str(settings.home), "STRIPE_API_KEY": KEY, "STRIPE_API_BASE": settings.stripe_api_base, **wrong}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert main(["sync", "stripe"]) == 2
    out, err = capfd.readouterr()
    assert err.startswith(said)
    assert "Traceback" not in err
    assert KEY not in out + err
    assert "wrong_0000" not in out + err


def extraction(settings: Settings, command: Sequence[str] = ("data.sync", "--extract", "stripe")) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "STRIPE_API_KEY": KEY,
        "STRIPE_API_BASE": settings.stripe_api_base,
        "RETAINER_HOME": str(settings.home),
    }
    return subprocess.Popen(
        [sys.executable, "-m", *command], env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_a_killed_extraction_is_resumed_without_loss_or_doubles(settings: Settings, server: Loopback) -> None:
    for number in range(1500):
        server.add("charges", id=f"ch_{number}", status="succeeded", created=1_600_000_000 + number * 50_000)
    reached = threading.Event()

    def stall(asked: Asked) -> None:
        if asked.path == "/v1/charges" and server.paths().count("/v1/charges") > 9:
            reached.set()
            time.sleep(30)

    server.on_request = stall
    with extraction(settings) as process:
        assert reached.wait(60)
        time.sleep(0.3)
        os.kill(process.pid, signal.SIGKILL)
    assert len(spooled(settings)) == 1
    assert not Spool(settings.home, "stripe").finished
    assert not settings.own_warehouse.exists()
    kept = {part.name for part in Spool(settings.home, "stripe")._runs()[0].slices("charges")}
    assert kept, "a span of the charges was finished before the kill"
    server.on_request = lambda asked: None
    server.asked.clear()
    summary = sync(settings)
    assert "/v1/customers" not in server.paths(), "what was finished is not read again"
    assert summary.counts["charges"] == Landed("charges", 1506, 0, 0)
    assert summary.parts[0].objects == 22 + 1500
    assert rows(settings, "select count(distinct id), count(*) from raw_stripe__charges") == [(1506, 1506)]
    assert spooled(settings) == []


@pytest.fixture
def heard_signals() -> Iterator[None]:
    """A run in the background of a shell has Ctrl-C ignored, and so would the processes that it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to a child")
@pytest.mark.usefixtures("heard_signals")
def test_ctrl_c_stops_a_sync_in_a_sentence(settings: Settings, server: Loopback) -> None:
    reached, told = threading.Event(), threading.Event()

    def hold(_: object) -> None:
        if len(server.asked) > 5:
            reached.set()
            told.wait(60)

    server.on_request = hold
    with extraction(settings, command=["data", "sync", "stripe"]) as process:
        assert reached.wait(60)
        process.send_signal(signal.SIGINT)
        time.sleep(1)  # on a busy machine the signal takes its time, and what is not held would be through before
        told.set()
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.decode().startswith("Stopped.")
    assert "Traceback" not in err.decode()
    assert not settings.own_warehouse.exists()


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_sync_killed_around_its_landing_is_landed_once(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    class Killed(BaseException):
        pass

    def kill(*_: Any, **__: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        if moment == "before":
            patch.setattr(Warehouse, "record_sync", kill)
        else:
            patch.setattr("data.spool.Run.discard", kill)
        with pytest.raises(Killed):
            sync(settings)
    assert len(spooled(settings)) == 1
    with closing(Warehouse(settings.own_warehouse, settings)) as warehouse:
        land_finished(warehouse, settings)
    assert count(settings, "customers") == 3
    assert rows(settings, "select count(*) from syncs") == [(1,)]
    assert spooled(settings) == []


def test_what_waited_in_the_spool_is_told_with_the_next_sync(settings: Settings) -> None:
    with extraction(settings) as process:
        assert process.wait(60) == 0
    assert sync(settings).counts["customers"].added == 3


def test_a_full_disk_in_landing_keeps_the_run_for_the_next_try(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> Landed:
        raise WarehouseError("The warehouse could not be written.")

    with monkeypatch.context() as patch:
        patch.setattr(Warehouse, "load_raw", refuse)
        with pytest.raises(WarehouseError):
            sync(settings)
    assert len(Spool(settings.home, "stripe").finished) == 1
    sync(settings)
    assert count(settings, "customers") == 3


def test_while_the_dashboard_has_the_warehouse_open_the_run_waits_for_it(
    settings: Settings, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(settings)
    server.lists["customers"][0]["name"] = "Renamed"
    bill(server, 0, 6)
    server.asked.clear()

    def busy(*_: Any, **__: Any) -> None:
        raise WarehouseBusy

    dashboard = Warehouse(settings.own_warehouse, settings)
    with monkeypatch.context() as patch:
        patch.setattr(warehouse_module, "_connect", busy)
        summary = sync(settings)
        assert "the open dashboard takes it in by itself" in str(summary)
        bill(server, 0, 7)
        sync(settings)
    assert server.paths().count("/v1/invoices") == 2
    assert all("created[gte]" in asked.params for asked in server.asked if asked.path == "/v1/invoices")
    assert len(spooled(settings)) == 2
    with closing(dashboard):
        landed = land_finished(dashboard, settings)
        assert [summary.is_landed for summary in landed] == [True, True]
        assert land_finished(dashboard, settings) == []
    assert count(settings, "invoices") == 8
    assert rows(settings, "select payload ->> '$.name' from raw_stripe__customers where id = 'cus_0'") == [("Renamed",)]


def test_a_run_that_does_not_follow_on_the_warehouse_is_not_landed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sync(settings)

    def busy(*_: Any, **__: Any) -> None:
        raise WarehouseBusy

    with monkeypatch.context() as patch:
        patch.setattr(warehouse_module, "_connect", busy)
        sync(settings)
    settings.own_warehouse.rename(tmp_path / "moved.duckdb")
    assert sync(settings).counts["invoices"].added == 6, "a new warehouse is filled from the start"


def test_pages_that_land_at_the_same_time_land_once(settings: Settings) -> None:
    with extraction(settings) as process:
        assert process.wait(60) == 0
    with closing(Warehouse(settings.own_warehouse, settings)) as warehouse:
        threads = [threading.Thread(target=land_finished, args=(warehouse, settings)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert rows(settings, "select status, objects from syncs") == [("ok", 22)]


def test_a_deleted_coupon_is_kept_and_marked_gone_at_once(settings: Settings, server: Loopback) -> None:
    gone = {"id": "gone", "object": "coupon", "percent_off": 25}
    server.lists["invoices"][0]["discounts"] = [{"id": "di_1", "source": {"type": "coupon", "coupon": gone}}]
    sync(settings)
    assert rows(settings, "select id, gone_at is not null from raw_stripe__coupons order by id") == [
        ("gone", True),
        ("ten", False),
    ]
    assert "Nothing has changed." in str(sync(settings))


def test_the_demo_takes_in_no_account(settings: Settings) -> None:
    with extraction(settings) as process:
        assert process.wait(60) == 0
    with closing(Warehouse(settings.demo_warehouse, settings)) as demo:
        assert land_finished(demo, settings) == []
    assert len(Spool(settings.home, "stripe").finished) == 1


def test_another_process_reads_for_the_dashboard_with_progress_and_no_key_in_its_command_line(
    settings: Settings, server: Loopback
) -> None:
    seen: list[str] = []
    said: list[Progress] = []

    def look(asked: Asked) -> None:
        seen.extend(map(_said, Path("/proc").glob("[0-9]*/cmdline")))

    server.on_request = look if Path("/proc").exists() else server.on_request
    with closing(Warehouse(settings.own_warehouse, settings)) as warehouse:
        extract_aside(settings, "stripe", False, said.append, warehouse)
        land_finished(warehouse, settings)
    assert not any(KEY in line for line in seen)
    assert Progress("stripe", "invoices", 6, None) in said
    assert count(settings, "invoices") == 6


def _said(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:  # the process is over
        return ""


def test_what_goes_wrong_in_the_other_process_is_raised_here(settings: Settings, server: Loopback) -> None:
    server.forbidden.add("prices")
    with pytest.raises(PermissionMissing, match="The key lacks read access to prices"):
        extract_aside(settings, "stripe", False, lambda said: None)


def test_a_cancelled_sync_ends_the_other_process_and_keeps_what_it_read(settings: Settings, server: Loopback) -> None:
    class Cancelled(Exception):
        pass

    def cancel(said: Progress) -> None:
        raise Cancelled

    server.latency = 0.05
    with pytest.raises(Cancelled):
        extract_aside(settings, "stripe", False, cancel)
    assert not Spool(settings.home, "stripe").finished, "it was not waited for"
    sync(settings)
    assert count(settings, "invoices") == 6


def test_two_syncs_at_once_do_not_read_the_same_account(settings: Settings) -> None:
    with Spool(settings.home, "stripe").lock("Stripe"), pytest.raises(SourceError, match="under way already"):
        sync(settings)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_spooled_files_are_the_users_alone(settings: Settings) -> None:
    with extraction(settings) as process:
        assert process.wait(60) == 0
    paths = [settings.home / "spool", *(settings.home / "spool").rglob("*")]
    assert len(paths) > 20
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_dir()} == {0o700}
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_file()} == {0o600}


def test_the_key_is_in_no_file_and_no_output(settings: Settings) -> None:
    with extraction(settings) as process:
        out, err = process.communicate(timeout=60)
    assert b"invoices" in out
    assert KEY.encode() not in out + err
    assert not [path for path in settings.home.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]


def test_a_summary_reads_as_sentences() -> None:
    summary = SourceSummary(
        "stripe", "Stripe", (Landed("customers", 2, 1, 0), Landed("coupons", 0, 0, 0)), 1, 1.25, True,
        {"disputes": "The key lacks read access to disputes."}, ("Use a restricted key.",),
    )  # fmt: skip
    assert str(summary).splitlines() == [
        "Stripe: 1 object read in 1.2 s.",
        "  customers: 2 new, 1 changed",
        "  Left out:",
        "    The key lacks read access to disputes.",
        "  Note: Use a restricted key.",
    ]
