"""MainWP over its REST API: the recorded answers of a live 6.1, newer shapes, and what its refusals mean."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data import metrics
from data.errors import KeyRefused, PermissionMissing, SourceError, SourceUnreachable
from data.settings import Settings
from data.sources.mainwp import MAINWP
from data.sources.rest import web
from data.sync import sync
from data.warehouse import Warehouse
from tests.data.answers import Answers, page_of, recorded, serving

KEY = "ck_0123456789abcdef:cs_fedcba9876543210"
V2 = "/wp-json/mainwp/v2/"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "FIRST_PAUSE", 0.005)


@pytest.fixture
def server() -> Iterator[Answers]:
    answers = Answers(web.basic(*KEY.split(":")))
    for name in ("sites", "updates", "monitors", "costs", "clients", "tags"):
        answers.routes[f"{V2}{name}"] = recorded(f"mainwp_v2_{name}")
    with serving(answers) as running:
        yield running


@pytest.fixture
def settings(server: Answers, tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", show="own", mainwp_url=server.url, mainwp_key=KEY)


def read(settings: Settings, metric: str) -> list[dict[str, Any]]:
    with closing(Warehouse(settings.own_warehouse, settings)) as warehouse:
        frame = metrics.read(warehouse, metric)
    return [{name: None if value != value else value for name, value in row.items()} for row in frame.to_dict("records")]


def test_a_live_server_is_read_with_versions_and_what_waits(server: Answers, settings: Settings) -> None:
    summary = sync(settings, "mainwp")
    assert not summary.warnings
    (site,) = read(settings, "sites")
    assert site["site"] == "127.0.0.1:3903"
    assert (site["wp_version"], site["php_version"]) == ("6.5.5", "8.2.36")
    assert (site["core_updates"], site["plugin_updates"], site["theme_updates"]) == (0, 1, 0)
    assert site["checked_on"] == "2026-11-21"


def test_a_monitor_that_was_never_checked_is_no_downtime(settings: Settings) -> None:
    sync(settings, "mainwp")
    (site,) = read(settings, "sites")
    assert site["uptime_30d"] is None
    assert site["incidents_30d"] is None


def test_backups_that_mainwp_does_not_tell_are_no_data(settings: Settings) -> None:
    sync(settings, "mainwp")
    states = {row["rule"]: row["state"] for row in read(settings, "site_health")}
    assert states["backup_daily"] == states["backup_off_site"] == states["restore_test"] == states["uptime"] == "no_data"


def test_a_second_sync_makes_no_doubles(settings: Settings) -> None:
    sync(settings, "mainwp")
    again = sync(settings, "mainwp")
    assert {
        entity: (landed.added, landed.changed) for entity, landed in again.counts.items() if landed.added or landed.changed
    } == {}
    assert len(read(settings, "sites")) == 1


def test_sites_are_read_to_the_last_page_though_the_total_is_one_page(server: Answers, settings: Settings) -> None:
    sites = [{"id": number, "url": f"https://www.site{number}.example/", "name": f"Site {number}"} for number in range(1, 46)]
    server.routes[f"{V2}sites"] = page_of(sites, 20)
    server.routes[f"{V2}updates"] = {"success": 1, "data": []}
    server.routes |= {f"{V2}sites/{number}/plugins": {"success": 1, "data": []} for number in range(1, 46)}
    server.routes |= {f"{V2}sites/{number}/themes": {"success": 1, "data": []} for number in range(1, 46)}
    sync(settings, "mainwp")
    assert len(read(settings, "sites")) == 45


def test_a_newer_server_with_real_types_is_read_alike(server: Answers, settings: Settings) -> None:
    server.authorization = web.bearer("0a1b2c3d4e5f")
    server.routes[f"{V2}sites"] = {
        "success": 1,
        "total": 2,
        "data": [
            {
                "id": 7, "url": "https://shop.example/", "client_id": 3, "wp_version": "6.9", "php_version": "8.3",
                "suspended": False, "last_sync": "2026-11-21T19:06:09+00:00", "wp_upgrades": {}, "plugin_upgrades": {},
                "theme_upgrades": {}, "themes": [],
                "plugins": [{"name": "Shop", "slug": "shop/shop.php", "version": "1", "active": True, "update_version": "2"}],
            },
            {"id": 8, "url": "https://old.example/", "suspended": 1, "plugins": [], "themes": []},
        ],
    }  # fmt: skip
    server.routes[f"{V2}updates"] = {
        "success": 1,
        "data": {
            "7": {
                "wp": {"current": "6.9", "new": "6.9.1"},
                "plugins": {"shop/shop.php": {"Name": "Shop", "Version": "1", "update": {"new_version": "2"}}},
                "themes": {},
                "translations": {},
            }
        },
    }
    server.routes[f"{V2}clients"] = {
        "success": 1,
        "data": [{"client_id": 3, "name": "Shop Ltd", "client_email": "Ann@Shop.example"}],
    }
    server.routes[f"{V2}monitors"] = {
        "success": 1,
        "data": [{
            "id": 4, "url": "https://shop.example/", "last_status": "up", "last_check_at": "2026-11-21 19:00:00",
            "uptime_ratio_30d": 99.95, "incidents_count_30d": 1,
        }],
    }  # fmt: skip
    server.routes[f"{V2}monitors/4/incidents"] = page_of(
        [{"started_at": "2026-11-10T03:00:00Z", "ended_at": "2026-11-10T03:20:00Z", "duration_sec": 1200, "resolved": True}], 20
    )
    server.routes[f"{V2}costs"] = {
        "success": 1,
        "data": [
            {
                "id": 1,
                "name": "Shop Pro",
                "type": "subscription",
                "price": "99.00",
                "next_renewal": "2027-01-15",
                "sites": "[7]",
            }
        ],
    }
    sync(replace(settings, mainwp_key="0a1b2c3d4e5f"), "mainwp")
    sites = {site["site"]: site for site in read(settings, "sites")}
    shop = sites["shop.example"]
    assert (shop["core_updates"], shop["plugin_updates"], shop["uptime_30d"]) == (1, 1, 0.9995)
    assert shop["stated_client"] == "Shop Ltd"
    assert not sites["old.example"]["is_in_care"]
    (month,) = [row for row in read(settings, "care_months") if row["month"] == "2026-11"]
    assert (month["incidents"], month["downtime_minutes"]) == (1, 20)
    (licence,) = read(settings, "licences")
    assert (licence["site"], licence["component"], licence["renews_on"]) == ("shop.example", "Shop Pro", "2027-01-15")


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        ((401, {}, {"message": f"key {KEY} unknown"}), KeyRefused, "MainWP refused the key."),
        ((403, {}, {"message": "Sorry, you cannot list resources."}), PermissionMissing, "may not read sites"),
        ((200, {"Content-Type": "text/html"}, "<!doctype html><title>Log in</title>"), SourceUnreachable, "web page"),
        ((302, {"Location": "https://elsewhere.example/wp-login.php"}, ""), SourceUnreachable, "elsewhere.example"),
        ((404, {}, "not here"), SourceError, "MainWP has no sites."),
        ((503, {}, "closed"), SourceUnreachable, "no usable answer (503)"),
    ],
)
def test_a_refusal_is_said_in_a_sentence_without_the_key(
    server: Answers, settings: Settings, answer: Any, kind: type[SourceError], said: str
) -> None:
    server.faults = [answer] * 20
    with pytest.raises(kind, match=said.replace("(", r"\(").replace(")", r"\)")) as raised:
        sync(settings, "mainwp")
    assert "cs_fed" not in str(raised.value) and "ck_0123" not in str(raised.value)
    assert not settings.own_warehouse.exists()


def test_what_the_key_may_not_read_is_named_and_the_rest_goes_on(server: Answers, settings: Settings) -> None:
    server.routes[f"{V2}costs"] = (403, {}, {"message": "no"})
    server.routes[f"{V2}monitors"] = None
    summary = sync(settings, "mainwp")
    assert any("may not read costs" in sentence for sentence in summary.warnings)
    assert any("has no monitors" in sentence for sentence in summary.warnings)
    assert len(read(settings, "sites")) == 1


def test_an_address_in_any_usual_form_leads_to_the_api(server: Answers, settings: Settings) -> None:
    for tail in ("/", "/wp-admin/", "/wp-json/mainwp/v2/"):
        assert MAINWP.check(replace(settings, mainwp_url=server.url + tail)) == "The key works: 1 child site."


def test_a_server_without_pretty_addresses_is_asked_the_plain_way(server: Answers, settings: Settings) -> None:
    answers = {
        f"/mainwp/v2/{name}": server.routes.pop(f"{V2}{name}")
        for name in ("sites", "updates", "monitors", "costs", "clients", "tags")
    }
    server.routes["/"] = lambda params: answers.get(params.get("rest_route", ""))
    sync(settings, "mainwp")
    assert len(read(settings, "sites")) == 1


def test_a_consumer_key_alone_is_asked_to_be_completed(settings: Settings) -> None:
    with pytest.raises(KeyRefused, match="both the consumer key and its secret"):
        MAINWP.check(replace(settings, mainwp_key="ck_0123456789abcdef"))
