"""Tables that no build derives (syncs, the log, what the user tells), made by numbered steps, each taken once."""

from pathlib import Path
from typing import Any

from data.errors import WarehouseError

FOLDER = Path(__file__).parent


def apply(cursor: Any) -> None:
    """Take the steps that this warehouse has not taken yet; WarehouseError where a newer version has taken others."""
    cursor.execute("create table if not exists schema_version (version integer)")
    cursor.execute("create table if not exists warehouse_version (version bigint, models varchar)")
    cursor.execute("insert into warehouse_version select 0, null where not exists (from warehouse_version)")
    known = {row[0] for row in cursor.execute("select version from schema_version").fetchall()}
    steps = {int(path.stem[:4]): path for path in sorted(FOLDER.glob("*.sql"))}
    if known - steps.keys():
        raise WarehouseError("This warehouse was written by a newer version.", "Update Retainer Desk, then open it again.")
    for number, step in steps.items():
        if number not in known:
            cursor.execute(step.read_text(encoding="utf-8"))
            cursor.execute("insert into schema_version values (?)", [number])
