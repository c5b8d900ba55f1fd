"""Landing: what a sync has read moves from the spool into the warehouse, in one transaction for each run."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from data import raw
from data.errors import WarehouseError
from data.settings import Settings
from data.sources import SOURCES, Source
from data.spool import UNLISTED, Run, Spool
from data.spool_files import Slice
from data.warehouse import Landed, Warehouse

# Pages of one dashboard may ask at the same time.
_landing = threading.Lock()


@dataclass(frozen=True)
class SourceSummary:
    """What a sync of one source brought; `str()` says it in words."""

    source: str
    title: str
    landed: tuple[Landed, ...] = ()
    objects: int = 0
    seconds: float = 0.0
    is_landed: bool = True
    missing: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    is_set_aside: bool = False

    def __str__(self) -> str:
        lines = [f"{self.title}: {_number(self.objects, 'object')} read in {self.seconds:.1f} s."]
        if self.is_set_aside:
            lines[0] = f"{self.title}: what was read could not be landed."
        elif not self.is_landed:
            lines[0] = f"{self.title}: fetched in {self.seconds:.1f} s; the open dashboard takes it in by itself."
        elif not any(entity.added or entity.changed or entity.gone for entity in self.landed):
            lines.append("  Nothing has changed.")
        for entity in self.landed:
            if counts := _counts(entity):
                lines.append(f"  {entity.entity.replace('_', ' ')}: {counts}")
        if self.missing:
            lines.append("  Left out:")
            lines += [f"    {sentence}" for sentence in self.missing.values()]
        lines += [f"  Note: {sentence}" for sentence in self.warnings]
        return "\n".join(lines)


def together(summaries: Sequence[SourceSummary]) -> SourceSummary:
    """Several landings of one source as one; what was missing and worth a note is the last one's, and what was set aside."""
    aside = [sentence for summary in summaries[:-1] if summary.is_set_aside for sentence in summary.warnings]
    counts: dict[str, Landed] = {}
    for landed in (entity for summary in summaries for entity in summary.landed):
        counts[landed.entity] = _sum(landed.entity, [counts.get(landed.entity, Landed(landed.entity, 0, 0, 0)), landed])
    return replace(
        summaries[-1],
        landed=tuple(counts.values()),
        objects=sum(summary.objects for summary in summaries),
        warnings=(*aside, *summaries[-1].warnings),
    )


def land_finished(warehouse: Warehouse, settings: Settings) -> list[SourceSummary]:
    """Land all runs that wait in the spool, oldest first, and rebuild if there were any; cheap when nothing waits.

    The demo's warehouse takes nothing in. A run that does not follow on what the warehouse holds is dropped; one whose files
    are damaged is set aside, and its summary says so. Raises WarehouseError, and SourceError for trouble with the spool.
    """
    if warehouse.path != settings.own_warehouse:
        return []
    summaries: list[SourceSummary] = []
    with _landing:
        try:
            for source in SOURCES:
                spool = Spool(settings.home, source.name)
                for run in spool.finished:
                    summaries += _take_in(warehouse, source, run)
                    spool.remember(bookmark_of(warehouse, source))
        finally:
            # Also where the spool could not be tidied up: what is landed shows in the figures.
            if any(summary.is_landed for summary in summaries):
                warehouse.refresh()
    return summaries


def _take_in(warehouse: Warehouse, source: Source, run: Run) -> Iterator[SourceSummary]:
    """Land a run if it follows on what is there, or set it aside if it is damaged; it waits no longer then."""
    if _follows(run, bookmark_of(warehouse, source)):
        try:
            landed = _land(warehouse, source, run)
        except (WarehouseError, ValueError, KeyError, TypeError):
            if not run.is_damaged:
                raise
            yield _set_aside(source, run)
            return
        yield landed
    run.discard()


def _set_aside(source: Source, run: Run) -> SourceSummary:
    kept = run.set_aside()
    said = f"What an earlier sync had read was damaged and not landed; it was set aside as {kept.name} in the spool."
    return SourceSummary(source.name, source.title, is_landed=False, warnings=(said,), is_set_aside=True)


def _land(warehouse: Warehouse, source: Source, run: Run) -> SourceSummary:
    finish = run.finish_line or {}
    landed = []
    objects = 0
    with warehouse.transaction() as cursor:
        for entity in source.entities:
            slices = run.slices(entity)
            if not slices or entity not in (*finish["complete"], *finish["partial"]):
                continue
            objects += sum(part.note["count"] for part in slices)
            landed.append(_load(warehouse, cursor, source, entity, slices, is_complete=entity in finish["complete"]))
        warehouse.record_sync(
            cursor,
            source.name,
            started_at=run.started_at,
            finished_at=datetime.now(UTC),
            status="ok",
            objects=objects,
            message="; ".join(finish["warnings"]),
            bookmark=finish["bookmark"],
            missing=finish["missing"],
        )
        # Ended between here and the rebuild, the warehouse is rebuilt when it is opened.
        raw.note_all(cursor, source.name, "")
    return SourceSummary(
        source.name,
        source.title,
        tuple(landed),
        objects,
        (datetime.fromisoformat(finish["finished_at"]) - run.started_at).total_seconds(),
        True,
        finish["missing"],
        tuple(finish["warnings"]),
    )


def _load(warehouse: Warehouse, cursor: Any, source: Source, entity: str, slices: list[Slice], *, is_complete: bool) -> Landed:
    # What is in no list any more is kept, and then, like all that the list leaves out, marked as gone.
    apart = [part for part in slices if part.name == UNLISTED] if is_complete else []
    listed = [part for part in slices if part not in apart]
    counts = [
        warehouse.load_raw(
            cursor,
            source.name,
            entity,
            [part.file for part in parts if part.note["count"]],
            seen_at=min(part.read_at for part in slices),
            complete=is_complete and parts is listed,
            logged=entity in source.logged,
            touch=source.is_snapshot,
        )
        for parts in (apart, listed)
        if parts
    ]
    return _sum(entity, counts)


def _sum(entity: str, counts: Sequence[Landed]) -> Landed:
    return Landed(entity, *(sum(getattr(count, name) for count in counts) for name in ("added", "changed", "gone")))


def _follows(run: Run, landed: dict[str, Any] | None) -> bool:
    """Whether what the run left out is in the warehouse, and the run itself is not yet."""
    last = (landed or {}).get("run", "")
    return last < run.id and (run.bookmark is None or run.bookmark["run"] <= last)


def bookmark_of(warehouse: Warehouse, source: Source) -> dict[str, Any] | None:
    """Where the last landed sync of the source ended; None before the first one."""
    last = warehouse.last_sync(source.name)
    return last["bookmark"] if last and last["bookmark"] else None


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _counts(landed: Landed) -> str:
    said = ((landed.added, "new"), (landed.changed, "changed"), (landed.gone, "gone"))
    return ", ".join(f"{count:,} {word}" for count, word in said if count)
