"""The demo's warehouse: the simulated account, landed and built the way a real one is."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from data.settings import Settings
from data.sources.demo.spool import write_spool
from data.sources.stripe import STRIPE
from data.warehouse import Warehouse


def refresh(settings: Settings) -> None:
    """Make the demo anew up to today, unless today's stands already; the demo's file is the product's own, never the user's."""
    if _made_on(settings.demo_warehouse) != datetime.now(UTC).date():
        make(settings)


def make(settings: Settings) -> None:
    """Replace the demo's warehouse by one that ends today (definitions.md rules hold in it as anywhere)."""
    for path in (settings.demo_warehouse, settings.demo_warehouse.with_name(settings.demo_warehouse.name + ".wal")):
        path.unlink(missing_ok=True)
    warehouse = Warehouse(settings.demo_warehouse, settings)
    try:
        _land(warehouse)
    finally:
        warehouse.close()


def _land(warehouse: Warehouse) -> None:
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory(prefix="retainer-demo-") as folder:
        write_spool(Path(folder), now.date())
        with warehouse.transaction() as cursor:
            for source in ("stripe", "maintenance"):
                files = sorted((Path(folder) / source).glob("*.ndjson"))
                for file in files:
                    warehouse.load_raw(
                        cursor,
                        source,
                        file.stem,
                        [file],
                        seen_at=now - timedelta(seconds=1),
                        logged=source == "stripe" and file.stem in STRIPE.logged,
                    )
                objects = sum(file.read_bytes().count(b"\n") for file in files)
                warehouse.record_sync(
                    cursor, source, started_at=now, finished_at=now, status="ok", objects=objects, message="simulated"
                )
    warehouse.build()


def _made_on(path: Path) -> object:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date() if path.exists() else None
