"""Building: everything derived from raw, as a whole or of the touched clients alone, in the caller's transaction."""

from datetime import datetime
from typing import Any

from data import increment, models, params, raw, readings
from data.increment import FullBuildNeeded
from data.settings import Settings

__all__ = ["FullBuildNeeded", "is_due", "refresh", "seen_from", "whole"]


def whole(cursor: Any, settings: Settings, at: datetime) -> None:
    """Build staging, history and marts anew from raw, as seen from `at` (naive, UTC)."""
    raw.ensure_all(cursor)
    params.write(cursor, settings, at, "table")
    for function in models.functions():
        cursor.execute(f"create or replace macro {function}")
    for name, sql in models.ordered():
        cursor.execute(f"create or replace table {name} as {sql}")
    _finish(cursor)


def refresh(cursor: Any, settings: Settings, at: datetime) -> None:
    """Build anew what was landed since the last build and what the time gone by changes; or FullBuildNeeded."""
    raw.ensure_all(cursor)
    if not _is_of_these_models(cursor):
        raise FullBuildNeeded("built by other models")
    increment.apply(cursor, settings, at)
    _finish(cursor)


def is_due(cursor: Any) -> bool:
    """Whether something was landed that no build has seen, or the last build was made by other models."""
    raw.ensure_notes(cursor)
    return not _is_of_these_models(cursor) or bool(cursor.execute("select 1 from raw_touched limit 1").fetchall())


def seen_from(cursor: Any, settings: Settings, at: datetime, *texts: str) -> None:
    """Let this cursor alone see the marts from another instant, in temporary tables; with `texts`, those that these read."""
    params.write(cursor, settings, at, "temp table")
    for name, sql in models.marts_for(*texts) if texts else models.ordered(("marts",)):
        cursor.execute(f"create or replace temp table {name} as {sql}")


def _is_of_these_models(cursor: Any) -> bool:
    return bool(cursor.execute("select 1 from warehouse_version where models = ?", [models.fingerprint()]).fetchall())


def _finish(cursor: Any) -> None:
    readings.keep(cursor)
    cursor.execute("delete from raw_touched")
    cursor.execute("update warehouse_version set version = version + 1, models = ?", [models.fingerprint()])
