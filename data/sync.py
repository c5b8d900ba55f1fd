"""The main path: extract → land → build.

Extraction reads a source into the spool (data/spool.py), in this process or, for the dashboard, in another one; landing
moves a finished run into the warehouse in one transaction; then everything derived is rebuilt. A run that is killed on the
way is resumed by the next sync, and never counts as done.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

from data import errors
from data import settings as settings_module
from data.errors import AppError, InputError, SourceError, WarehouseBusy, WarehouseError
from data.landing import SourceSummary, bookmark_of, land_finished, together
from data.settings import Settings
from data.sources import SOURCES, Progress, Report, Source, extractor
from data.spool import Run, Spool
from data.spool_files import on_disk
from data.warehouse import Landed, Warehouse

__all__ = ["SourceSummary", "SyncSummary", "extract", "extract_aside", "land_finished", "sync"]

# Events tell what changed for 30 days; after a longer pause everything is read again.
CHANGES_KNOWN_FOR = timedelta(days=29)


@dataclass(frozen=True)
class SyncSummary:
    """What a sync brought, source by source; `str()` says it in words."""

    parts: tuple[SourceSummary, ...]

    @property
    def counts(self) -> dict[str, Landed]:
        """What was new, changed and gone, by entity."""
        return {landed.entity: landed for part in self.parts for landed in part.landed}

    @property
    def warnings(self) -> tuple[str, ...]:
        """Everything the user should know: what was left out, and notes."""
        return tuple(sentence for part in self.parts for sentence in (*part.missing.values(), *part.warnings))

    def __str__(self) -> str:
        return "\n".join(str(part) for part in self.parts)


class SyncIncomplete(SourceError):
    """Some sources could not be synced; `done` is what the others brought."""

    def __init__(self, done: SyncSummary, title: str) -> None:
        self.done = done
        super().__init__(title)


def sync(
    settings: Settings,
    names: str | Sequence[str] = "all",
    full: bool = False,
    progress: Report | None = None,
    warehouse: Warehouse | None = None,
) -> SyncSummary:
    """Read the named sources (`all`: those that are connected), land what they brought and rebuild.

    `warehouse` is the user's own if the caller has it open. Where another process has it open, what was read waits in the
    spool. One that fails does not stop the others; it is on record and can be taken up again. Raises InputError, what the
    source or the warehouse raises, and SyncIncomplete where several were tried and some failed.
    """
    if names == "all":
        chosen = [source for source in SOURCES if source.is_connected(settings)]
    else:
        chosen = [extractor(name) for name in ([names] if isinstance(names, str) else names)]
    if not chosen:
        raise InputError("No source is connected.", "Set STRIPE_API_KEY, or connect a source on the page Sources.")
    parts: list[SourceSummary] = []
    failures: list[tuple[Source, AppError]] = []
    for source in chosen:
        try:
            parts.append(_sync_one(settings, source, full, progress or _silent, warehouse))
        except AppError as error:
            failures.append((source, error))
    if failures:
        _raise_after(failures, SyncSummary(tuple(parts)))
    return SyncSummary(tuple(parts))


def _raise_after(failures: Sequence[tuple[Source, AppError]], done: SyncSummary) -> NoReturn:
    """Raise what went wrong once every other source has had its turn, with what those brought."""
    if len(failures) == 1 and not done.parts:
        raise failures[0][1]
    told = [f"{source.title} could not be synced: {error}" for source, error in failures]
    raise SyncIncomplete(done, "\n".join([str(done), *told]).strip())


def extract(settings: Settings, source: Source, full: bool, report: Report, bookmark: dict[str, Any] | None) -> Run:
    """Read what is new since the bookmark into a finished run, taking up a killed one; SourceError and its kin."""
    spool = Spool(settings.home, source.name)
    with spool.lock(source.title):
        is_stale = bookmark and datetime.now(UTC) - datetime.fromisoformat(bookmark["synced_at"]) > CHANGES_KNOWN_FOR
        run = spool.begin(bookmark, full=full or bool(is_stale))
        with on_disk():
            source.extract(settings, run, report)
        return run


def extract_aside(
    settings: Settings, name: str, full: bool, report: Report, warehouse: Warehouse | None = None
) -> tuple[str, ...]:
    """Read a source into the spool in a process of its own, so that pages stay quick; `land_finished` takes it in.

    `warehouse` is the user's own, if it is open here. If `report` raises, the other process is ended; what it has read is kept.
    Returns what to tell of earlier runs that had to be set aside, where everything is read again. Raises what the extraction
    raised.
    """
    source = extractor(name)
    _, waited = _where_to_begin(settings, source, warehouse)
    full = full or _is_any_set_aside(waited)
    command = [sys.executable, "-m", "data.sync", "--extract", name, *(["--full"] if full else [])]
    # The key goes by the environment: a command line is for every user of the machine to read.
    environment = {**os.environ, **settings_module.as_environment(settings)}
    root = Path(__file__).parents[1]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, cwd=root) as process:  # noqa: S603
        failure: AppError | None = None
        try:
            for line in process.stdout or ():
                said = json.loads(line)
                if "error" in said:
                    failure = getattr(errors, said["error"], SourceError)(said["title"], said["hint"])
                else:
                    report(Progress(**said))
        finally:
            # Reached at once where `report` raised; the other process has ended by itself otherwise.
            if sys.exc_info()[0]:
                process.terminate()
    if failure:
        raise failure
    if process.returncode:
        raise SourceError(f"Reading {source.title} broke off.", "What was read is kept; sync again to go on.")
    return tuple(sentence for summary in waited if summary.is_set_aside for sentence in summary.warnings)


def _sync_one(settings: Settings, source: Source, full: bool, report: Report, warehouse: Warehouse | None) -> SourceSummary:
    if not source.is_connected(settings):
        raise InputError(f"{source.title} is not connected.", source.how_to_connect)
    began = time.monotonic()
    started_at = datetime.now(UTC)
    waited: list[SourceSummary] = []
    try:
        bookmark, waited = _where_to_begin(settings, source, warehouse)
        run = extract(settings, source, full or _is_any_set_aside(waited), report, bookmark)
    except AppError as error:
        _record_failure(settings, source, started_at, error, warehouse)
        raise
    seconds = time.monotonic() - began
    try:
        with _own(settings, warehouse) as own:
            landed = land_finished(own, settings)
    except WarehouseBusy:
        landed = []
    if run.folder.exists():
        return _waiting(source, run, seconds)
    parts = [*waited, *(summary for summary in landed if summary.source == source.name)]
    if not any(summary.is_landed for summary in parts[len(waited) :]):
        if not _is_any_set_aside(parts):
            raise SourceError("The warehouse was replaced while it was read for.", "Sync again.")
        if run.bookmark is None:
            raise SourceError("What was read was damaged on disk, and set aside.", "Check the disk, then sync again.")
        # It went on from where the damaged one would have ended.
        parts.append(_sync_one(settings, source, True, report, warehouse))
    return replace(together(parts), seconds=time.monotonic() - began)


def _waiting(source: Source, run: Run, seconds: float) -> SourceSummary:
    finish = run.finish_line or {}
    return SourceSummary(
        source.name,
        source.title,
        seconds=seconds,
        is_landed=False,
        missing=finish.get("missing", {}),
        warnings=tuple(finish.get("warnings", ())),
    )


def _where_to_begin(
    settings: Settings, source: Source, warehouse: Warehouse | None
) -> tuple[dict[str, Any] | None, list[SourceSummary]]:
    """The bookmark in the warehouse, and what was landed because it waited.

    Where the warehouse is not to be had, the spool's copy of the bookmark.
    """
    spool = Spool(settings.home, source.name)
    waited: list[SourceSummary] = []
    if not warehouse and not settings.own_warehouse.exists():
        spool.remember(None)
        for run in spool.finished:
            if run.bookmark is None:
                break
            # It holds only what is new since a warehouse that is no more.
            run.discard()
        return spool.remembered, waited
    try:
        with _own(settings, warehouse) as own:
            waited = [summary for summary in land_finished(own, settings) if summary.source == source.name]
            spool.remember(bookmark_of(own, source))
    except WarehouseBusy:
        pass
    return spool.remembered, waited


def _record_failure(
    settings: Settings, source: Source, started_at: datetime, error: AppError, warehouse: Warehouse | None
) -> None:
    # A failed first sync must not leave an empty warehouse behind, which would take the demo's place.
    if not warehouse and not settings.own_warehouse.exists():
        return
    try:
        with _own(settings, warehouse) as own, own.transaction() as cursor:
            own.record_sync(
                cursor, source.name, started_at=started_at, finished_at=datetime.now(UTC), status="failed", message=str(error)
            )
    except WarehouseError:  # busy, or no room left; what went wrong first is what is told
        pass


@contextmanager
def _own(settings: Settings, warehouse: Warehouse | None) -> Iterator[Warehouse]:
    if warehouse:
        yield warehouse
        return
    opened = Warehouse(settings.own_warehouse, settings)
    try:
        yield opened
    finally:
        opened.close()


def _is_any_set_aside(summaries: Sequence[SourceSummary]) -> bool:
    return any(summary.is_set_aside for summary in summaries)


def _silent(_: Progress) -> None:
    pass


def _say(content: dict[str, Any]) -> None:
    print(json.dumps(content), flush=True)


def _main(arguments: Sequence[str]) -> int:
    """`--extract NAME [--full]`: read into the spool, one JSON object a line on stdout; the dashboard's other process."""
    try:
        settings = settings_module.load()
        source = extractor(arguments[arguments.index("--extract") + 1])
        spool = Spool(settings.home, source.name)
        extract(settings, source, "--full" in arguments, lambda said: _say(asdict(said)), spool.remembered)
    except AppError as error:
        _say({"error": type(error).__name__, "title": error.title, "hint": error.hint})
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
