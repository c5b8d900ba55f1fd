"""Building: everything derived from raw, as a whole or of the touched clients alone, in the caller's transaction."""

from datetime import datetime
from typing import Any

from data import increment, models, params, raw, readings
from data.emptiness import Emptiness
from data.increment import FullBuildNeeded
from data.settings import Settings

__all__ = ["FullBuildNeeded", "is_due", "refresh", "seen_from", "whole"]

# What a model that doesn't outlive its layer is meanwhile.
PASSING = {"nothing": "table", "step": "view"}


def whole(cursor: Any, settings: Settings, at: datetime) -> None:
    """Build staging, history and marts anew from raw, as seen from `at` (naive, UTC)."""
    raw.ensure_all(cursor)
    params.write(cursor, settings, at, "table")
    emptiness = Emptiness(cursor) if _is_of_these_models(cursor) else None
    if not emptiness:
        for function in models.functions():
            cursor.execute(f"create or replace macro {function}")
        _drop_what_was_kept_otherwise(cursor)
    for layer in models.LAYERS:
        make_layer(cursor, layer, emptiness)
        for name, _ in models.ordered((layer,)):
            if models.kept_as(name) in PASSING:
                cursor.execute(f"drop {PASSING[models.kept_as(name)]} temp.{name}")
    _finish(cursor)


def make_layer(cursor: Any, layer: str, emptiness: Emptiness | None) -> None:
    """Make the models of one layer; with what is known to be empty, those alone that may hold something."""
    for name, _ in models.ordered((layer,)):
        if not emptiness:
            make(cursor, name)
        elif not emptiness.leaves(name) and models.kept_as(name) != "view":
            emptiness.note(name, make(cursor, name))


def make(cursor: Any, name: str, *, temporary: bool = False) -> int | None:
    """Make one model from what it reads, as it is kept; `temporary`: for this cursor alone. Its rows, if it is a table."""
    kept = models.kept_as(name)
    temp = "temp " if temporary or kept in PASSING else ""
    kind = PASSING.get(kept, kept)
    made = cursor.execute(f"create or replace {temp}{kind} {name} as {models.select(name)}")
    return int(made.fetchone()[0]) if kind == "table" else None


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
    for name, _ in models.marts_for(*texts) if texts else models.ordered(("marts",)):
        make(cursor, name, temporary=True)


def _drop_what_was_kept_otherwise(cursor: Any) -> None:
    """Other versions of the product may have kept a model as a table that is a view now, or is not kept."""
    kinds = {"BASE TABLE": "table", "VIEW": "view"}
    standing = cursor.execute(
        "select table_name, table_type from information_schema.tables where table_catalog = current_database()"
    ).fetchall()
    for name, kind in standing:
        if name in dict(models.ordered()) and models.kept_as(name) != kinds[kind]:
            cursor.execute(f"drop {kinds[kind]} {name}")


def _is_of_these_models(cursor: Any) -> bool:
    return bool(cursor.execute("select 1 from warehouse_version where models = ?", [models.fingerprint()]).fetchall())


def _finish(cursor: Any) -> None:
    readings.keep(cursor)
    cursor.execute("delete from raw_touched")
    cursor.execute("update warehouse_version set version = version + 1, models = ?", [models.fingerprint()])
