"""The demo's warehouse: the simulated account, landed and built the way a real one is."""

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from data.errors import WarehouseBusy, WarehouseError
from data.settings import Settings
from data.sources.demo import agreed
from data.sources.demo.spool import write_spool
from data.sources.stripe import STRIPE
from data.warehouse import Warehouse

# What was made in the demo by hand goes on in tomorrow's; closings don't, since its invented past moves along with the day.
KEPT = ("proposal", "what_if", "due_", "calendar_", "contract", "round_ticks", "client_costs", "report_")


def refresh(settings: Settings) -> None:
    """Make the demo anew up to today, unless today's stands already; the demo's file is the product's own, never the user's."""
    if _made_on(settings) != datetime.now(UTC).date():
        make(settings)


def make(settings: Settings) -> None:
    """Replace the demo's warehouse by one that ends today (definitions.md rules hold in it as anywhere).

    It is made beside the old one and put in its place when it is whole. WarehouseBusy where another process shows the demo.
    """
    path = settings.demo_warehouse
    _made_on(settings)
    new = path.with_name("demo.new.duckdb")
    _remove(new)
    warehouse = Warehouse(new, settings)
    try:
        if path.exists():
            warehouse.take_over(path, KEPT)
        _land(warehouse)
        agreed.tell(warehouse)
    except BaseException:
        warehouse.close()
        _remove(new)
        raise
    warehouse.close()
    try:
        _remove(path)
        new.replace(path)
    except OSError as error:
        raise WarehouseError("The demo's file can't be replaced.", f"Move {path} away, then try again.") from error


def _made_on(settings: Settings) -> date | None:
    """The day on which the standing demo was made, None where none stands whole; WarehouseBusy where it is shown elsewhere."""
    if not settings.demo_warehouse.is_file():
        return None
    try:
        warehouse = Warehouse(settings.demo_warehouse, settings)
    except WarehouseBusy:
        raise
    except WarehouseError:
        return None
    try:
        last = warehouse.last_sync("stripe")
        return last["finished_at"].date() if last else None
    finally:
        warehouse.close()


def _remove(path: Path) -> None:
    for each in (path, path.with_name(path.name + ".wal")):
        each.unlink(missing_ok=True)


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
