"""Sites confirmed to clients, their hosting check list, and limits of care that are settings (F19, F21–F26)."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from data import clients, hosting, metrics
from data.errors import InputError, SettingsError
from data.settings import Settings, load
from data.warehouse import Warehouse

NOW = datetime.fromisoformat("2025-03-31T12:00:00")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    folder = tmp_path_factory.mktemp("owned")
    settings = Settings(home=folder, show="own")
    customers = [
        {"id": f"cus_{name}", "name": name, "email": f"me@{name}.example", "created": 1735689600} for name in ("ann", "bob")
    ]
    sites = [{"id": f"{name}.example", "site": f"{name}.example"} for name in ("ann", "bob", "stray")]
    backups = [{"id": "b", "site": "ann.example", "at": "2025-03-28", "is_off_site": True}]
    with closing(Warehouse(settings.own_warehouse, settings)) as warehouse:
        for source, entity, rows in (
            ("stripe", "customers", customers),
            ("maintenance", "sites", sites),
            ("maintenance", "backups", backups),
        ):
            file = folder / "rows.ndjson"
            file.write_text("\n".join(json.dumps(row) for row in rows))
            with warehouse.transaction() as cursor:
                warehouse.load_raw(cursor, source, entity, [file], seen_at=NOW)
        warehouse.build(NOW)
        yield warehouse


def owners(warehouse: Warehouse) -> dict[str, tuple[str | None, str | None]]:
    frame = metrics.read(warehouse, "sites").astype(object)
    return {row.site: (row.client_id if row.client_id == row.client_id else None, row.matched_by) for row in frame.itertuples()}


def test_matches_are_confirmed_together_and_each_undone(opened: Warehouse) -> None:
    assert owners(opened)["ann.example"] == ("cus_ann", "domain")
    clients.confirm_sites(opened, [("ann.example", "cus_ann"), ("stray.example", "cus_bob")])
    assert owners(opened)["ann.example"] == ("cus_ann", "link")
    assert owners(opened)["stray.example"] == ("cus_bob", "link")
    clients.unlink(opened, "site:stray.example")
    assert owners(opened)["stray.example"][0] is None


def test_an_unknown_client_confirms_nothing(opened: Warehouse) -> None:
    with pytest.raises(InputError, match="no client"):
        clients.confirm_sites(opened, [("bob.example", "cus_bob"), ("ann.example", "cus_nobody")])
    assert owners(opened)["bob.example"] == ("cus_bob", "domain")


def test_the_hosting_list_keeps_who_ticked_and_what_is_not_ticked_is_not_known(opened: Warehouse) -> None:
    hosting.tick(opened, "ann.example", "own_server", True, by="Ana")
    hosting.tick(opened, "ann.example", "no_email", False)
    hosting.tick(opened, "ann.example", "no_email", None)
    rows = metrics.read(opened, "hosting").astype(object).set_index("item").to_dict("index")
    assert rows["own_server"]["is_met"] is True and rows["own_server"]["checked_by"] == "Ana"
    assert rows["no_email"]["is_met"] is not False
    assert "services_off" not in rows
    with pytest.raises(InputError, match="not on the hosting check list"):
        hosting.tick(opened, "ann.example", "raid", True)
    with pytest.raises(InputError, match="no site"):
        hosting.tick(opened, "nowhere.example", "own_server", True)


def test_a_limit_of_care_is_a_setting_and_its_rule_says_so(opened: Warehouse, tmp_path: Path) -> None:
    def daily() -> tuple[str, str]:
        opened.build(NOW)
        frame = metrics.read(opened, "site_health")
        row = frame[(frame.site == "ann.example") & (frame.rule == "backup_daily")].iloc[0]
        return row.state, row.detail.partition(" Rule: ")[2]

    assert daily() == ("late", "a full backup every day.")
    usual = opened.settings
    opened.settings = replace(usual, backup_days=4)
    assert daily() == ("ok", "a full backup every 4 days.")
    opened.settings = usual
    with pytest.raises(SettingsError, match="RETAINER_KEPT_DAYS is 0"):
        load(home=str(tmp_path), kept_days=0)
