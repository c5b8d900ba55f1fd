"""Syncs by themselves: when it is time, one at a time, slower after each failure (over real HTTP)."""

from datetime import timedelta
from pathlib import Path

import pytest

from data import clock, warehouse
from data.background import BackgroundSync
from data.lock import Lock
from data.settings import Settings
from data.sources.demo import snapshot
from data.spool import Spool
from tests.pages.homes import one_client
from tests.stripe_server.server import StripeServer


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warehouse, "_open", {})


def settings(home: Path, url: str, minutes: int = 60, key: str = "sk_test_x") -> Settings:
    return Settings(home=home, show="own", stripe_api_key=key, stripe_api_base=url, sync_minutes=minutes)


def test_it_syncs_at_once_and_then_again_only_after_the_pause(tmp_path):
    with StripeServer(snapshot.take(one_client("Ann"))) as server:
        chosen = settings(tmp_path, server.url)
        sync = BackgroundSync(lambda: chosen)
        assert sync.look() and not sync.look()
        last = warehouse.shared(chosen).last_sync("stripe")
        assert last and sync.next_at(chosen) == last["finished_at"] + timedelta(hours=1)
        warehouse.shared(chosen).close()


def test_after_each_failure_it_waits_longer_and_leaves_no_empty_warehouse(tmp_path):
    chosen = settings(tmp_path, "http://127.0.0.1:9", minutes=10)
    sync = BackgroundSync(lambda: chosen)
    waits = []
    for _ in range(3):
        before = clock.now()
        assert sync.look()
        waits.append(round((sync._not_before - before).total_seconds() / 60))
        sync._not_before = before
    assert [wait // 10 for wait in waits] == [1, 2, 4] and not chosen.own_warehouse.exists()


@pytest.mark.parametrize(("key", "minutes"), [("", 60), ("sk_test_x", 0)])
def test_without_a_key_or_a_pace_nothing_happens(tmp_path, key, minutes):
    chosen = settings(tmp_path, "http://127.0.0.1:9", minutes, key)
    assert BackgroundSync().next_at(chosen) is None and not BackgroundSync(lambda: chosen).look()


def test_while_another_sync_is_under_way_it_waits_and_calls_nothing_failed(tmp_path):
    chosen = settings(tmp_path, "http://127.0.0.1:9")
    folder = Spool(tmp_path, "stripe").folder
    folder.mkdir(parents=True, exist_ok=True)
    with Lock(folder / "lock", "Stripe"):
        assert not BackgroundSync(lambda: chosen).look()
