"""A small agency with care on record, landed as imports land it: for tests of care reports."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data import metrics, settings
from data.settings import Settings
from data.warehouse import Warehouse

NOW = datetime.fromisoformat("2026-11-20T12:00:00")
HOSTILE = '<script>alert("x")</script> #set page *b* [x](https://evil.example)\r\nBcc: all@evil.example'
CUSTOMERS = [
    {"id": "cus_one", "name": "Atelier Dupont", "email": "marie@dupont.example", "preferred_locales": ["fr-FR"]},
    {"id": "cus_two", "name": HOSTILE, "email": "not an address"},
    {"id": "cus_bare", "name": "Nobody's Care", "email": "bare@bare.example"},
]
CARE: dict[str, list[dict[str, Any]]] = {
    "sites": [
        {
            "site": "dupont.example", "stripe_customer": "cus_one", "uptime_30d": 0.99987, "checked_at": "2026-10-31T22:00:00Z",
            "restore_tested_on": "2026-10-14", "since_on": "2025-01-01",
        },
        {"site": "promo-discount.example", "stripe_customer": "cus_two", "since_on": "2025-01-01"},
    ],
    "updates": [
        *[
            {"site": "dupont.example", "at": f"2026-10-{day:02}", "component": f"P{day}", "is_security": day == 3}
            for day in range(1, 22)
        ],
        {"site": "dupont.example", "at": "2026-11-02", "component": "Later"},
        {"site": "dupont.example", "at": "2026-10-09", "component": "Bad", "status": "failed"},
        {"site": "promo-discount.example", "at": "2026-10-05", "component": "One"},
    ],
    "backups": [{"site": "dupont.example", "at": f"2026-10-{day:02}", "is_off_site": True} for day in range(1, 32)],
    "incidents": [
        {"site": "dupont.example", "at": "2026-10-14T08:00:00Z", "kind": "downtime", "minutes": 79},
        {"site": "dupont.example", "at": "2026-10-20", "kind": "security", "minutes": 30, "summary": "SECRET detail"},
    ],
}  # fmt: skip


def agency(home: Path) -> tuple[Warehouse, Settings]:
    """The agency's own warehouse in that home, seen from 20 November 2026; to be closed by the caller."""
    chosen = settings.load(home=home, show="own", sender_name="Ana Pop")
    warehouse = Warehouse(chosen.own_warehouse, chosen)
    land(warehouse, "stripe", "customers", [{**row, "created": 1_700_000_000} for row in CUSTOMERS])
    terms = {"amount_minor": 35_000, "currency": "eur", "months": 1, "starts_on": "2025-01-01"}
    agreements = [{"id": row["id"], "client": row["name"], "paid_until": "2026-12-01", **terms} for row in CUSTOMERS]
    land(warehouse, "agreements", "agreements", agreements)
    for entity, rows in CARE.items():
        land(warehouse, "maintenance", entity, [{"id": str(row), **row} for row in rows])
    warehouse.build(NOW)
    with warehouse.transaction() as cursor:
        pairs = cursor.execute("select client_id from clients_dim where client_id not like 'cus_%'").fetchall()
        for (client,) in pairs:
            owner = next(row["id"] for row in CUSTOMERS if row["name"].split()[0] == str(client).split()[0])
            cursor.execute("insert into client_links values (?, ?, now()::timestamp)", [client, owner])
    warehouse.build(NOW)
    return warehouse, chosen


def land(warehouse: Warehouse, source: str, entity: str, rows: list[dict[str, Any]]) -> None:
    """Land rows of one entity."""
    file = warehouse.path.parent / "rows.ndjson"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    with warehouse.transaction() as cursor:
        warehouse.load_raw(cursor, source, entity, [file], seen_at=NOW.replace(tzinfo=UTC))


def reader(warehouse: Warehouse) -> Any:
    """The metrics of that warehouse as they stand on disk."""
    return lambda name: metrics.read(warehouse, name)
