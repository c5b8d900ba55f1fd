"""Uptime Kuma, UptimeRobot and WP Umbrella: what they tell, what they don't, and that nothing is made up or counted twice."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from data import metrics
from data.errors import SourceError
from data.settings import Settings
from data.sources.rest import web
from data.sources.uptime_kuma import UPTIME_KUMA, monitors_in
from data.sync import SyncIncomplete, sync
from data.warehouse import Warehouse
from tests.data.answers import Answers, serving

NOW = datetime.now(UTC).replace(microsecond=0)
KUMA = """
# HELP monitor_cert_days_remaining The number of days remaining until the certificate expires
# TYPE monitor_cert_days_remaining gauge
monitor_cert_days_remaining{monitor_id="1",monitor_name="Shop",monitor_type="http",monitor_url="https://www.shop.example/",monitor_hostname="null",monitor_port="null"} 41
monitor_uptime_ratio{monitor_id="1",monitor_name="Shop",monitor_type="http",monitor_url="https://www.shop.example/",monitor_hostname="null",monitor_port="null",window="1d"} 1
monitor_uptime_ratio{monitor_id="1",monitor_name="Shop",monitor_type="http",monitor_url="https://www.shop.example/",monitor_hostname="null",monitor_port="null",window="30d"} 0.9987
monitor_status{monitor_id="1",monitor_name="Shop",monitor_type="http",monitor_url="https://www.shop.example/",monitor_hostname="null",monitor_port="null"} 1
monitor_response_time{monitor_id="1",monitor_name="Shop",monitor_type="http",monitor_url="https://www.shop.example/",monitor_hostname="null",monitor_port="null"} -1
monitor_status{monitor_id="2",monitor_name="New \\"blog\\"",monitor_type="http",monitor_url="https://blog.example",monitor_hostname="null",monitor_port="null"} 2
monitor_uptime_ratio{monitor_id="2",monitor_name="New \\"blog\\"",monitor_type="http",monitor_url="https://blog.example",monitor_hostname="null",monitor_port="null",window="30d"} Nan
monitor_status{monitor_id="3",monitor_name="Router",monitor_type="ping",monitor_url="https://",monitor_hostname="192.168.1.1",monitor_port="null"} 1
app_version{version="2.0.2"} 1
"""  # noqa: E501


def ago(days: float) -> str:
    return (NOW - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def robot() -> Answers:
    answers = Answers(web.bearer("ur-key"))
    shop = {"id": 804045264, "friendlyName": "Shop", "type": "HTTP", "status": "UP", "url": "https://shop.example",
            "createDateTime": ago(400), "sslExpiryDateTime": ago(-50)}  # fmt: skip
    young = {**shop, "id": 804045265, "url": "https://young.example", "createDateTime": ago(3), "sslExpiryDateTime": None}

    def monitors(params: dict[str, str]) -> Any:
        if "cursor" in params:
            return {"data": [young]}
        return {"data": [shop], "nextLink": "https://api.uptimerobot.com/v3/monitors/?limit=200&cursor=804045264"}

    down = {
        "type": "Downtime",
        "status": "Resolved",
        "reason": "403 Forbidden",
        "monitor": {"id": 804045264, "friendlyName": "Shop"},
    }
    answers.routes = {
        "/v3/monitors": monitors,
        "/v3/incidents": {
            "data": [
                {**down, "id": "358532761126055015", "startedAt": ago(5), "resolvedAt": ago(4.97), "duration": 2592},
                {**down, "id": "358532761126055016", "startedAt": ago(40), "resolvedAt": ago(39.9), "duration": 8640},
                {**down, "id": "349291092551826516", "type": "SlowResponse", "startedAt": ago(9), "duration": 785},
            ]
        },
    }
    return answers


def umbrella() -> Answers:
    answers = Answers(web.bearer("wpu-token"))
    project = {
        "id": 123, "base_url": "https://shop.example", "name": "Shop",
        "plugins": [{"key": "woocommerce", "need_update": True}, {"key": "seo", "need_update": False}],
        "themes": [{"id": "astra", "version": "1.2", "latest_version": "1.3"}],
        "warnings": {"wordpress_version": "6.9", "php_current_version": "8.3", "is_up_to_date": True},
        "last_synchronization": {"date_with_success": ago(0.1)}, "maintenanceCustomer": {"company_name": "Shop Ltd"},
    }  # fmt: skip
    listed = {
        "": [project],
        "/123/backups": [
            {"id": "b1", "date": ago(0.3), "date_finished": ago(0.29), "status": "FINISHED", "size_bytes": 524288000},
            {"id": "b2", "date": ago(1.3), "date_finished": None, "status": "ERROR", "error_code": "disk"},
            {"id": "b3", "date": ago(0.01), "date_finished": None, "status": "PENDING"},
            {"id": "b4", "date": ago(33), "date_finished": ago(33), "status": "FINISHED"},
        ],
        "/123/tasks": [
            {"id": "t1", "type": "UPDATE_PLUGIN", "code": "success", "created_at": ago(2),
             "entities": {"name": "WooCommerce", "old_version": "9.1", "version": "9.2"}},
            {"id": "t2", "type": "DELETE_PLUGIN", "code": "success", "created_at": ago(2), "entities": {"name": "Old"}},
        ],
        "/123/custom-works": [
            {"id": 25, "name": "Review", "execution_date": ago(1), "estimated_time": 90, "estimated_time_unit": "MINUTES"},
            {"id": 26, "name": "Redesign", "execution_date": ago(1), "estimated_time": 2, "estimated_time_unit": "DAYS"},
        ],
    }  # fmt: skip
    answers.routes = {
        f"/projects{path}": lambda params, rows=rows: {"code": "success", "data": rows if params["page"] == "1" else []}
        for path, rows in listed.items()
    }
    outage = {
        "id": 48210,
        "started_at": ago(4.999),
        "ended_at": ago(4.972),
        "duration_seconds": 2330,
        "description": "http_status_error",
    }
    answers.routes["/projects/123/uptime"] = {
        "code": "success",
        "data": {"monitoring_enabled": True, "uptime_percentage": 99.87, "to": ago(0), "incidents": [outage]},
    }
    return answers


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Settings, Warehouse, dict[str, Answers]]]:
    """A home into which all three were synced at once."""
    with ExitStack() as stack:
        kuma = Answers(web.basic("", "uk1_secret"))
        kuma.routes["/metrics"] = KUMA
        servers = {"kuma": kuma, "robot": robot(), "umbrella": umbrella()}
        for server in servers.values():
            stack.enter_context(serving(server))
        servers["robot"].faults = [(429, {"Retry-After": "0.05"}, "slow down")]
        settings = Settings(
            home=tmp_path_factory.mktemp("told"), show="own",
            uptime_kuma_url=kuma.url, uptime_kuma_key="uk1_secret",
            uptimerobot_url=servers["robot"].url, uptimerobot_key="ur-key",
            wp_umbrella_url=servers["umbrella"].url, wp_umbrella_key="wpu-token",
        )  # fmt: skip
        sync(settings)
        yield settings, stack.enter_context(closing(Warehouse(settings.own_warehouse, settings))), servers


def sites(told: Any) -> dict[str, dict[str, Any]]:
    return {row["site"]: row for row in metrics.read(told[1], "sites").astype(object).to_dict("records")}


def test_what_several_sources_tell_of_a_site_stands_in_one_row(told: Any) -> None:
    shop = sites(told)["shop.example"]
    assert (shop["wp_version"], shop["plugin_updates"], shop["theme_updates"], shop["core_updates"]) == ("6.9", 1, 1, 0)
    assert shop["stated_client"] == "Shop Ltd"
    assert shop["is_off_site"] and shop["last_backup_on"] == ago(0.29)[:10]
    assert shop["oldest_backup_on"] == ago(33)[:10]


def test_the_uptime_is_that_of_the_dedicated_monitor(told: Any) -> None:
    assert sites(told)["shop.example"]["uptime_30d"] == pytest.approx(1 - 2592 / (30 * 86400), abs=1e-6)


def test_an_outage_that_two_monitors_saw_counts_once(told: Any) -> None:
    shop = sites(told)["shop.example"]
    assert (shop["incidents_30d"], shop["downtime_minutes_30d"]) == (2, pytest.approx(43.2))  # the outage, and one slow spell


def test_a_monitor_too_young_or_never_checked_has_no_uptime(told: Any) -> None:
    known = sites(told)
    assert known["young.example"]["uptime_30d"] != known["young.example"]["uptime_30d"]
    assert known["blog.example"]["uptime_30d"] != known["blog.example"]["uptime_30d"]


def test_a_monitor_of_no_web_site_makes_no_site(told: Any) -> None:
    assert "192.168.1.1" not in sites(told)


def test_an_update_is_read_and_other_tasks_are_none(told: Any) -> None:
    months = metrics.read(told[1], "care_months")
    shop = months[months["site"] == "shop.example"]
    assert shop["updates_done"].sum() == 1
    assert shop["backups_done"].sum() == 2
    assert shop["hours"].sum() == 1.5  # days of an estimate are no hours


def test_links_to_the_next_page_are_followed_on_the_configured_server_only(told: Any) -> None:
    asked = [params for path, params in told[2]["robot"].asked if path == "/v3/monitors"]
    assert {"limit": "200", "cursor": "804045264"} in asked


def test_one_failing_source_does_not_stop_the_others(told: Any) -> None:
    settings, warehouse, _ = told
    with pytest.raises(SyncIncomplete, match="UptimeRobot could not be synced: UptimeRobot refused the key"):
        sync(replace(settings, uptimerobot_key="wrong"), warehouse=warehouse)
    syncs = {row["source"]: row["status"] for row in warehouse.last_syncs()}
    assert syncs == {"uptime_kuma": "ok", "uptime_robot": "failed", "wp_umbrella": "ok"}


def test_outages_that_could_not_be_read_make_no_full_uptime(told: Any) -> None:
    settings, warehouse, servers = told
    servers["robot"].routes["/v3/incidents"] = (403, {}, {"message": "Plan"})
    summary = sync(settings, "uptime_robot", warehouse=warehouse)
    assert any("may not read incidents" in sentence for sentence in summary.warnings)
    assert sites(told)["shop.example"]["uptime_30d"] == 0.9987  # Uptime Kuma's


def test_a_metrics_page_of_version_1_tells_the_state_and_no_uptime() -> None:
    text = 'monitor_status{monitor_name="A",monitor_type="http",monitor_url="https://a.example",monitor_hostname="null"} 1\n'
    (monitor,) = monitors_in(text, NOW)
    assert monitor["status"] == 1 and "uptime_ratio_30d" not in monitor
    assert json.dumps(monitor)


def test_a_web_page_in_place_of_metrics_is_said(told: Any) -> None:
    settings, _, servers = told
    servers["kuma"].routes["/metrics"] = "<!DOCTYPE html><html><body>Uptime Kuma</body></html>"
    with pytest.raises(SourceError, match="web page"):
        UPTIME_KUMA.check(settings)


def test_monitors_are_read_whatever_their_names_labels_order_and_state() -> None:
    text = (
        "# HELP monitor_status Monitor Status\r\n# TYPE monitor_status gauge\r\n"
        'monitor_status{monitor_url="https://a.example/?q=\\"x\\"}",'
        'monitor_name="He said \\"up\\",\\nthen {down}\u2028=",monitor_id="1"} 1\n'
        'monitor_uptime_ratio{window="30d",monitor_id="1",monitor_name="x"} 9.987e-01\n'
        'monitor_cert_days_remaining{monitor_id="1"} -1\nmonitor_response_time{monitor_id="1"} Nan\n'
        'monitor_status{monitor_id="2",monitor_type="group",monitor_name="Group",monitor_url="https://"} 3 1795300000000\n'
        'monitor_status{monitor_id="3",monitor_name="Waits",monitor_url="https://b.example"} 2\n'
        'app_version{version="2.0.2"} 2\nmonitor_status{broken\n'
    )  # fmt: skip
    found = {monitor["id"]: monitor for monitor in monitors_in(text, NOW)}
    assert [found[key]["status"] for key in "123"] == [1, 3, 2]
    assert found["1"]["uptime_ratio_30d"] == 0.9987
    assert not {"cert_days_remaining", "response_time"} & found["1"].keys()
