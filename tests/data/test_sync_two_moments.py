"""Syncing at several moments brings what syncing once at the last of them does, in both shapes of the API."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from data import building
from data.settings import Settings
from data.sources.demo import snapshot
from data.sources.stripe import STRIPE
from data.sync import sync
from data.warehouse import Warehouse
from tests.oracle import cases
from tests.stripe_server.server import StripeServer

pytestmark = pytest.mark.slow
DAY = 86_400
FIRST = 70


@pytest.fixture(autouse=True)
def raw_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building.models, "ordered", lambda layers=(): ())
    monkeypatch.setattr(building, "refresh", building.whole)
    monkeypatch.setattr(building.readings, "keep", lambda cursor: None)


@pytest.fixture(scope="module")
def shown() -> dict[int, snapshot.Snapshot]:
    """What the account shows so many days before its last one."""
    account = cases.build(until=cases.NOW - FIRST * DAY)
    return {days: snapshot.take(account.advance(cases.NOW - days * DAY)) for days in (FIRST, 9, 0)}


def raw(settings: Settings) -> dict[str, dict[str, Any]]:
    with closing(Warehouse(settings.own_warehouse, settings)) as warehouse, warehouse.cursor() as cursor:
        return {
            entity: {
                row[0]: row[1:]
                for row in cursor.execute(
                    f"select id, payload::varchar, gone_at is not null from raw_stripe__{entity}"
                ).fetchall()
            }
            for entity in STRIPE.entities
        }


@pytest.mark.parametrize(("shape", "days_before"), [("new", (FIRST, 9, 0)), ("old", (9, 0))])
def test_several_syncs_bring_what_one_at_their_end_brings(
    tmp_path: Path, shown: Mapping[int, snapshot.Snapshot], shape: str, days_before: tuple[int, ...]
) -> None:
    with StripeServer(shown[days_before[0]], shape=shape) as server:
        often, once = (
            Settings(home=tmp_path / name, stripe_api_key="sk_test_x", stripe_api_base=server.url) for name in ("often", "once")
        )
        for days in days_before:
            server.show(shown[days])
            sync(often, "stripe")
        sync(once, "stripe")
        assert server.is_read_only
    many, single = raw(often), raw(once)
    assert single["events"].keys() < many["events"].keys(), "events of the first days are kept for ever"
    for entity in set(STRIPE.entities) - {"events"}:
        assert {key: many[entity].get(key) for key in single[entity]} == single[entity], entity
        assert all(is_gone for key, (_, is_gone) in many[entity].items() if key not in single[entity]), entity


def test_every_coupon_in_use_is_kept_also_a_deleted_one(tmp_path: Path, shown: Mapping[int, snapshot.Snapshot]) -> None:
    with StripeServer(shown[0]) as server:
        settings = Settings(home=tmp_path, stripe_api_key="sk_test_x", stripe_api_base=server.url)
        sync(settings, "stripe")
        given = {row["id"] for row in server.snapshot.lists["coupons"]}
    with closing(Warehouse(settings.own_warehouse, settings)) as warehouse, warehouse.cursor() as cursor:
        used = {row[0] for row in cursor.execute(USED_COUPONS).fetchall()}
    kept = raw(settings)["coupons"]
    assert used - given, "the account has a deleted coupon in use"
    assert used <= kept.keys()
    assert all(kept[coupon][1] for coupon in used - given)


USED_COUPONS = """
    select distinct coalesce(discount ->> '$.source.coupon.id', discount ->> '$.source.coupon')
    from (
        select unnest(from_json(payload -> '$.discounts', '["json"]')) as discount from raw_stripe__invoices
        union all
        select unnest(from_json(payload -> '$.discounts', '["json"]')) from raw_stripe__subscriptions
    )
    where discount ->> '$.source' is not null
"""
