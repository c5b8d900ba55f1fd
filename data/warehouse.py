"""The warehouse: one DuckDB file, one connection, a cursor per read, one writer, and each build in one transaction."""

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from data import building, migrations, raw, sync_log
from data.errors import WarehouseBusy, WarehouseError
from data.raw import Landed
from data.settings import Settings

__all__ = ["Landed", "Warehouse", "is_ready", "shared"]

# What DuckDB says where another process holds the file (on Windows, the system's own words).
HELD_BY_ANOTHER = ("Could not set lock on file", "Conflicting lock", "being used by another process")
CONFIG = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "4GB",
    "preserve_insertion_order": "false",
    # Text that repeats is written a third quicker, and takes half the room, in files that 1.3 and later read.
    "storage_compatibility_version": "v1.3.0",
}


class Warehouse:
    """An open warehouse file. Every read takes its own `cursor()`; writes happen inside `transaction()`."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self.path = path
        self.settings = settings
        self._writing = threading.RLock()
        # What every page asks at every read; a write puts an empty one in its place, so a late reader can't keep an old answer.
        self._known: dict[Any, Any] = {}
        self._connection = _connect(path)
        with self.transaction() as cursor:
            migrations.apply(cursor)
            is_due = building.is_due(cursor)
        if is_due:
            self.refresh()

    @classmethod
    def reading(cls, settings: Settings) -> "Warehouse":
        """The shown warehouse, opened; WarehouseError with a hint where nothing has been brought in yet."""
        if not settings.warehouse.exists():
            raise WarehouseError(
                "There is no data yet.", "Run `python -m data sync stripe`, or `python -m data demo` to look around."
            )
        return cls(settings.warehouse, settings)

    def close(self) -> None:
        """Let go of the file; every cursor of this warehouse is dead afterwards."""
        self._connection.close()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of its own for one reader; it sees the state of the last finished transaction."""
        return self._connection.cursor()

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor whose writes all land, or, after an exception, not at all; one writer at a time."""
        with self._writing, self._connection.cursor() as cursor:
            cursor.execute("begin")
            try:
                yield cursor
                cursor.execute("commit")
                self._known = {}
            except duckdb.Error as error:
                _roll_back(cursor)
                raise WarehouseError(
                    "The warehouse could not be written; what it held before is kept.", _first_line(error)
                ) from error
            except BaseException:
                _roll_back(cursor)
                raise

    def load_raw(
        self,
        cursor: duckdb.DuckDBPyConnection,
        source: str,
        entity: str,
        files: Sequence[Path],
        *,
        seen_at: datetime,
        complete: bool = False,
        logged: bool = False,
        touch: bool = False,
    ) -> Landed:
        """Upsert NDJSON objects by their `id` into `raw_<source>__<entity>`, the last one of an id winning.

        With `complete`, objects not in the files are marked gone, never deleted. With `logged`, each new or changed payload
        is also appended to `raw_versions`, the append-only history of what was seen when. With `touch`, unchanged objects are
        marked as seen again, since until when a fact is known matters.
        """
        return raw.load(cursor, source, entity, files, _naive(seen_at), complete=complete, logged=logged, touch=touch)

    def record_sync(
        self,
        cursor: duckdb.DuckDBPyConnection,
        source: str,
        *,
        started_at: datetime,
        finished_at: datetime,
        status: str,
        objects: int = 0,
        message: str = "",
        bookmark: Mapping[str, Any] | None = None,
        missing: Mapping[str, str] | None = None,
    ) -> None:
        """Write down one finished (`status` ok) or failed (`failed`) sync or import."""
        sync_log.record(
            cursor, source, _naive(started_at), _naive(finished_at), status, objects, message, bookmark or {}, missing or {}
        )

    def last_syncs(self) -> list[dict[str, Any]]:
        """The newest sync of each source, finished or failed, as dicts of the table's columns plus `last_ok_at`."""
        known = self._known
        if "last_syncs" not in known:
            known["last_syncs"] = self._last_syncs()
        return [dict(sync) for sync in known["last_syncs"]]

    def _last_syncs(self) -> list[dict[str, Any]]:
        with self.cursor() as cursor:
            return sync_log.newest(cursor)

    def last_sync(self, source: str, *, status: str = "ok") -> dict[str, Any] | None:
        """The newest sync of a source with that status, or None."""
        known, asked = self._known, f"last {status} sync of {source}"
        if asked not in known:
            with self.cursor() as cursor:
                known[asked] = sync_log.last(cursor, source, status)
        return dict(known[asked]) if known[asked] else None

    def build(self, as_of: datetime | None = None) -> None:
        """Rebuild staging, history and marts from raw, as seen from `as_of` (default: now), in one transaction."""
        with self.transaction() as cursor:
            building.whole(cursor, self.settings, _naive(as_of or datetime.now(UTC)))

    def refresh(self, as_of: datetime | None = None) -> str:
        """Rebuild what was landed since the last build, and what the time gone by changes, in one transaction.

        What comes out equals `build`. Where few clients are touched, only they are rebuilt; otherwise, and in doubt,
        everything, and the reason for that is returned (empty: only the touched ones were).
        """
        try:
            with self.transaction() as cursor:
                building.refresh(cursor, self.settings, _naive(as_of or datetime.now(UTC)))
        except (building.FullBuildNeeded, WarehouseError) as reason:
            self.build(as_of)
            return str(reason)
        return ""

    def take_over(self, other: Path, prefixes: tuple[str, ...]) -> None:
        """Copy the tables whose names begin so from another warehouse of the same version; nothing where that can't be done."""
        with suppress(duckdb.Error), self._writing, self._connection.cursor() as cursor:
            cursor.execute(f"attach '{str(other).replace(chr(39), chr(39) * 2)}' as other (read_only)")
            try:
                names = [
                    row[0]
                    for row in cursor.execute("select table_name from duckdb_tables() where database_name = 'other'").fetchall()
                ]
                for name in names:
                    if name.startswith(prefixes):
                        cursor.execute(f"insert into {name} by name from other.{name}")
            finally:
                cursor.execute("detach other")

    @contextmanager
    def seen_from(self, as_of: datetime | None, *texts: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor that sees the marts from another instant (None: now), in temporary tables of its own.

        With `texts`, select statements, only the marts that these need are made: nothing else may be read by this cursor.
        """
        with self.cursor() as cursor:
            building.seen_from(cursor, self.settings, _naive(as_of or datetime.now(UTC)), *texts)
            yield cursor

    @property
    def version(self) -> int:
        """A number that rises with each build: the key of every cached read."""
        return int(self._once("select version from warehouse_version") or 0)

    @property
    def as_of(self) -> datetime:
        """The instant that the marts on disk are seen from (naive, UTC)."""
        at: datetime = self._once("select as_of from params")
        return at

    @property
    def time_zone(self) -> str:
        """The time zone in which months and days are cut."""
        zone: str = self._once("select time_zone from params")
        return zone

    @property
    def today(self) -> date:
        """The day that the marts are seen from, in that time zone."""
        day: date = self._once("select today from params")
        return day

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been landed yet."""
        return not self._once("select count(*) from syncs where status = 'ok'")

    def read_once(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of a small read, kept until the next write."""
        asked = (sql, *values)
        if asked not in (known := self._known):
            with self.cursor() as cursor:
                known[asked] = cursor.execute(sql, values).fetchall()
        return list(known[asked])

    def _once(self, sql: str) -> Any:
        return next((row[0] for row in self.read_once(sql)), None)


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.umask(0o077)  # the log and the spill files that DuckDB makes later are for the user alone, too
        connection = duckdb.connect(path, config={**CONFIG, "temp_directory": str(path.with_suffix(".tmp"))})
        path.chmod(0o600)
        connection.execute("set timezone = 'UTC'")
        connection.execute("set lock_configuration = true")
        return connection
    except duckdb.Error as error:
        if any(sign in str(error) for sign in HELD_BY_ANOTHER):
            raise WarehouseBusy(
                "The dashboard, or another command, has this warehouse open.", "Close it, then try again."
            ) from error
        if isinstance(
            error, duckdb.IOException | duckdb.SerializationException | duckdb.InternalException | duckdb.FatalException
        ):
            raise WarehouseError(
                f"The warehouse {path.name} is damaged, or no warehouse.",
                "Put a copy back, or move the file away and sync again; agreements and proposals on record are in it.",
            ) from error
        raise WarehouseError(f"The warehouse {path.name} can't be opened.", _first_line(error)) from error
    except OSError as error:
        raise WarehouseError(f"The warehouse {path.name} can't be opened.", _first_line(error)) from error


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    with suppress(duckdb.Error):
        cursor.execute("rollback")


def _naive(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0][:200]


_open: dict[Path, Warehouse] = {}
_opening = threading.Lock()


def shared(settings: Settings) -> Warehouse:
    """The one open warehouse of this process for the file that the settings show, seen from today.

    Opened at the first call; the demo is made then where it is what is shown; brought up to date when a new day has begun.
    """
    with _opening:
        path = settings.warehouse
        if path not in _open:
            if settings.is_demo:
                from data.sources.demo import landing

                landing.refresh(settings)
            _open[path] = Warehouse(path, settings)
        warehouse = _open[path]
        is_ruled_anew = warehouse.settings.rules != settings.rules
        warehouse.settings = settings
        if is_ruled_anew or warehouse.as_of.date() != datetime.now(UTC).date():
            warehouse.refresh()
        return warehouse


def is_ready(settings: Settings) -> bool:
    """Whether `shared` gives the warehouse of these settings at once."""
    held = _open.get(settings.warehouse)
    return bool(held and held.settings.rules == settings.rules and held.as_of.date() == datetime.now(UTC).date())
