"""The spool: what a sync has read and not landed yet, as files that survive a crash.

`<home>/spool/<source>/<run>/<entity>/<slice>.ndjson`, one object a line. A slice is written beside its name and renamed when
it is complete; its note (`.json`) is its bookmark. `run.json` says what the run started from, and, once finished, how to
land it.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from data.lock import Lock
from data.spool_files import Slice, SliceWriter, is_whole, on_disk, private, write

RESUME_WITHIN = timedelta(hours=24)
# The slice of objects that no list shows, known only from what names them.
UNLISTED = "unlisted"
# What a folder is called whose run can't be landed; it is kept for a look at it.
BAD = ".bad"


class Run:
    """One extraction, running, killed or finished. Several threads may write slices of it at once."""

    def __init__(self, folder: Path, head: dict[str, Any]) -> None:
        self.folder = folder
        self._head = head

    @property
    def id(self) -> str:
        """Its name; later runs sort after earlier ones."""
        return self.folder.name

    @property
    def source(self) -> str:
        """The source that is read."""
        return self.folder.parent.name

    @property
    def started_at(self) -> datetime:
        """When it began (UTC), also where it was resumed later."""
        return datetime.fromisoformat(self._head["started_at"])

    @property
    def bookmark(self) -> dict[str, Any] | None:
        """Where the sync before it ended, and so where this one begins; None for a full run."""
        return None if self._head["full"] or self._head.get("widened") else self._head["before"]

    def widen(self) -> None:
        """Make it a full run after all, because its bookmark turned out to be too old."""
        self._head["widened"] = True
        write(self.folder / "run.json", self._head)

    @property
    def before(self) -> dict[str, Any]:
        """The bookmark of the sync before it, also for a full run; empty for the first one."""
        return self._head["before"] or {}

    @property
    def finish_line(self) -> dict[str, Any] | None:
        """How to land it, as given to `finish`; None while it is not finished."""
        return self._head.get("finish")

    def continues(self, head: Mapping[str, Any]) -> bool:
        """Whether a run that would begin like this is this one."""
        return all(self._head.get(name) == value for name, value in head.items())

    @on_disk()
    def slices(self, entity: str) -> list[Slice]:
        """The finished slices of an entity, by name."""
        found = []
        for note in sorted((self.folder / entity).glob("*.json")):
            file = note.with_suffix(".ndjson")
            if file.exists():
                found.append(Slice(note.stem, file, orjson.loads(note.read_bytes())))
        return found

    def forget(self, entity: str) -> None:
        """Drop all slices of an entity, so that it is read anew."""
        shutil.rmtree(self.folder / entity, ignore_errors=True)

    @contextmanager
    def slice(self, entity: str, name: str = "all") -> Iterator[SliceWriter]:
        """A writer for one slice, which exists only after the block ended without an exception; same name, same slice."""
        folder = self.folder / entity
        private(folder)
        writer = SliceWriter(folder / f"{name}.part")
        try:
            yield writer
            writer.close()
            # The reader may have narrowed what it reads, and so the name, on the way.
            final = folder / f"{writer.name or name}.ndjson"
            write(final.with_suffix(".json"), {"read_at": writer.read_at.isoformat(), "count": writer.count, **writer.note})
            writer.path.replace(final)
        finally:
            writer.close()
            writer.path.unlink(missing_ok=True)

    def finish(
        self,
        complete: Iterable[str],
        partial: Iterable[str],
        bookmark: Mapping[str, Any],
        missing: Mapping[str, str],
        warnings: Iterable[str],
    ) -> None:
        """Mark the run as ready to land.

        `complete` entities hold all that there is, `partial` ones only what is new; other entities are not landed.
        """
        self._head["finish"] = {
            "complete": sorted(complete),
            "partial": sorted(partial),
            "bookmark": {**bookmark, "run": self.id},
            "missing": dict(missing),
            "warnings": list(warnings),
            "finished_at": datetime.now(UTC).isoformat(),
        }
        write(self.folder / "run.json", self._head)

    @property
    def is_damaged(self) -> bool:
        """Whether a slice of it, or its note, is not what was written: a line that is no object with an id, or one too few."""
        try:
            return not all(is_whole(note) for note in self.folder.glob("*/*.json"))
        except OSError:
            return True

    @on_disk()
    def set_aside(self) -> Path:
        """Take it out of the spool without removing it, in place of one set aside before; its new folder."""
        for older in self.folder.parent.glob(f"*{BAD}"):
            shutil.rmtree(older, ignore_errors=True)
        return self.folder.rename(self.folder.with_name(f"{self.id}{BAD}"))

    @on_disk()
    def discard(self) -> None:
        """Remove it from the spool."""
        # run.json goes first: a folder without it is rubbish, so a removal that is cut short lands nothing by halves.
        (self.folder / "run.json").unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)


class Spool:
    """The runs of one source that wait: at most one unfinished, and any number finished, oldest first."""

    def __init__(self, home: Path, source: str) -> None:
        self.folder = home / "spool" / source

    @property
    def finished(self) -> list[Run]:
        """Runs that are ready to land, oldest first."""
        return [run for run in self._runs() if run.finish_line]

    @on_disk()
    def begin(self, bookmark: Mapping[str, Any] | None, *, full: bool) -> Run:
        """The killed run to resume, if one started from the same bookmark a short while ago; else a new one.

        A `full` run reads everything, wherever the sync before it ended.
        """
        head = {"before": dict(bookmark) if bookmark else None, "full": full or not bookmark}
        for run in self._runs():
            if run.finish_line:
                continue
            is_fresh = timedelta(0) <= datetime.now(UTC) - run.started_at < RESUME_WITHIN
            if is_fresh and run.continues(head):
                return run
            run.discard()
        return self._new(head)

    @on_disk()
    def remember(self, bookmark: Mapping[str, Any] | None) -> None:
        """Keep a copy of the warehouse's bookmark, for a run that begins while the warehouse is not to be had."""
        private(self.folder)
        write(self.folder / "bookmark.json", {"bookmark": bookmark})

    @property
    def remembered(self) -> dict[str, Any] | None:
        """The bookmark to go on from: that of the newest finished run, else the warehouse's as last known."""
        if finished := self.finished:
            return (finished[-1].finish_line or {})["bookmark"]
        with suppress(OSError, ValueError):
            return orjson.loads((self.folder / "bookmark.json").read_bytes())["bookmark"]
        return None

    @contextmanager
    def lock(self, title: str) -> Iterator[None]:
        """A context in which no other process reads this source; SourceError where one does."""
        with ExitStack() as held:
            with on_disk():
                private(self.folder)
                held.enter_context(Lock(self.folder / "lock", title))
            yield

    def _runs(self) -> list[Run]:
        found = []
        for head in sorted(self.folder.glob("*/run.json")):
            if head.parent.name.endswith(BAD):
                continue
            with suppress(OSError, ValueError):
                found.append(Run(head.parent, orjson.loads(head.read_bytes())))
        return found

    def _new(self, head: Mapping[str, Any]) -> Run:
        started_at = datetime.now(UTC)
        last = str((head["before"] or {}).get("run", ""))
        run_id = f"{started_at:%Y%m%dT%H%M%S%f}Z"
        if run_id <= last:  # the clock was set back
            run_id = f"{last}a"
        folder = self.folder / run_id
        for stale in self.folder.glob("*/"):
            if not (stale / "run.json").exists():
                shutil.rmtree(stale, ignore_errors=True)
        private(folder)
        whole_head = {"started_at": started_at.isoformat(), **head}
        write(folder / "run.json", whole_head)
        return Run(folder, whole_head)
