"""Repairs and restores counted against what the tier includes (F7, F8)."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from data import metrics
from data.allowances import allowances
from data.settings import Settings
from data.warehouse import Warehouse

NOW = datetime.fromisoformat("2025-03-31T12:00:00")
TERMS = {"amount_minor": 35_000, "currency": "usd", "months": 1, "starts_on": "2025-01-01"}
WORK = [
    *[("Ann", f"2025-02-{day:02}", "repair", 1.0) for day in (3, 4, 5)],
    ("Ann", "2025-03-06", "repair", 0.5),
    ("Ann", "2025-03-07", "restore", 1.0),
    ("Ann", "2025-03-08", "other", 1.0),
    ("Ann", "2024-12-30", "repair", 1.0),
    ("Bob", "2025-03-08", "restore", 2.0),
]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    home = tmp_path_factory.mktemp("used")
    settings = Settings(home=home, show="own")
    with closing(Warehouse(settings.own_warehouse, settings)) as warehouse:
        clients = [{"id": name, "client": name, "tier": "Growth", **TERMS} for name in ("Ann", "Bob", "Cy")]
        land(warehouse, home, "agreements", "agreements", clients)
        work = [{"id": str(row), "client": row[0], "at": row[1], "kind": row[2], "hours": row[3]} for row in WORK]
        land(warehouse, home, "maintenance", "hours", work)
        warehouse.build(NOW)
        yield warehouse


def land(warehouse: Warehouse, home: Path, source: str, entity: str, rows: list[dict[str, Any]]) -> None:
    file = home / "rows.ndjson"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    with warehouse.transaction() as cursor:
        warehouse.load_raw(cursor, source, entity, [file], seen_at=NOW)


def used(opened: Warehouse, month: str) -> dict[str, tuple[Any, ...]]:
    frame = allowances(partial(metrics.read, opened), month)
    columns = ["repairs_used", "repairs_allowed", "restores_used", "restores_allowed", "is_over"]
    cells = frame[columns].astype(object).where(frame[columns].notna(), None)
    return dict(zip(frame["client_name"], map(tuple, cells.values.tolist()), strict=True))


def test_the_fourth_free_repair_of_a_year_is_one_too_many(opened: Warehouse) -> None:
    assert used(opened, "2025-02")["Ann"] == (3, 3, 0, 4, False)
    assert used(opened, "2025-03")["Ann"] == (4, 3, 1, 4, True)


def test_restores_count_by_themselves_and_only_for_the_client_they_were_made_for(opened: Warehouse) -> None:
    assert used(opened, "2025-03")["Bob"] == (0, 3, 1, 4, False)


def test_where_no_work_is_recorded_what_was_used_is_not_known(opened: Warehouse) -> None:
    assert used(opened, "2025-03")["Cy"] == (None, 3, None, 4, False)
