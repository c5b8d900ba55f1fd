"""“Sync now” of the dashboard: read aside, landed here; and the test of a key, against a Stripe-shaped server."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data import settings as settings_module
from data.errors import KeyRefused
from data.refresh import own_warehouse, refresh
from data.settings import Settings
from data.sources import Progress
from data.sources.demo import snapshot
from data.sources.stripe.check import check, needed
from tests.pages.homes import many_clients
from tests.stripe_server.server import StripeServer

KEY = "rk_test_x"


@pytest.fixture
def server() -> Iterator[StripeServer]:
    with StripeServer(snapshot.take(many_clients(["Ann", "Bob"])), key=KEY) as running:
        yield running


@pytest.fixture
def chosen(server: StripeServer, tmp_path: Path) -> Settings:
    return settings_module.load(home=tmp_path / "home", stripe_api_key=KEY, stripe_api_base=server.url)


def silent(_: Progress) -> None:
    pass


def test_a_sync_from_the_page_reads_aside_and_lands_in_the_own_warehouse(chosen: Settings, server: StripeServer) -> None:
    seen: list[Progress] = []
    summary = refresh(chosen, "stripe", seen.append)
    assert summary.objects > 0 and summary.is_landed
    assert {"customers", "invoices"} <= {progress.entity for progress in seen}
    last = own_warehouse(chosen).last_sync("stripe")
    assert last and last["status"] == "ok"
    assert server.is_read_only
    again = refresh(chosen, "stripe", silent)
    assert not any(landed.added for landed in again.landed if landed.entity == "customers")


def test_a_failed_first_sync_leaves_no_empty_warehouse_in_the_demo_s_place(chosen: Settings) -> None:
    wrong = settings_module.load(home=chosen.home, stripe_api_key="rk_test_no", stripe_api_base=chosen.stripe_api_base)
    with pytest.raises(KeyRefused):
        refresh(wrong, "stripe", silent)
    assert not chosen.own_warehouse.exists()


def test_a_later_failure_is_on_record_and_keeps_what_was_there(chosen: Settings) -> None:
    refresh(chosen, "stripe", silent)
    version = own_warehouse(chosen).version
    wrong = settings_module.load(home=chosen.home, stripe_api_key="rk_test_no", stripe_api_base=chosen.stripe_api_base)
    with pytest.raises(KeyRefused):
        refresh(wrong, "stripe", silent)
    (last,) = own_warehouse(chosen).last_syncs()
    assert last["status"] == "failed" and last["last_ok_at"] is not None
    assert "rk_test" not in last["message"]
    assert own_warehouse(chosen).version > version


def test_a_cancelled_sync_lands_nothing_and_the_next_one_goes_on(chosen: Settings) -> None:
    def cancel(_: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        refresh(chosen, "stripe", cancel)
    assert not chosen.own_warehouse.exists()
    assert refresh(chosen, "stripe", silent).is_landed
    assert datetime.now(UTC).date() == own_warehouse(chosen).as_of.date()


def test_a_key_that_may_read_everything_lacks_nothing(chosen: Settings) -> None:
    found = check(chosen)
    assert (found.is_restricted, found.is_live, found.lacks, found.lacks_essential) == (True, False, (), ())


def test_a_permission_that_is_missing_is_named_and_whether_figures_need_it(chosen: Settings, server: StripeServer) -> None:
    server.denied |= {"events", "invoices"}
    found = check(chosen)
    assert set(found.lacks) == {"events", "invoices"}
    assert found.lacks_essential == ("invoices",)
    assert needed()["invoices"] and not needed()["events"]


def test_a_wrong_key_is_refused_by_the_test(chosen: Settings) -> None:
    with pytest.raises(KeyRefused):
        check(settings_module.load(home=chosen.home, stripe_api_key="rk_test_no", stripe_api_base=chosen.stripe_api_base))
