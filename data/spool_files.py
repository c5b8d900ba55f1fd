"""The files of the spool: a slice with its note, written whole or not at all, for the user alone."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from data.errors import SourceError


@contextmanager
def on_disk() -> Iterator[None]:
    """A block, or a function, whose trouble with the disk is told in a sentence: SourceError instead of OSError."""
    try:
        yield
    except OSError as error:
        raise SourceError("What was read could not be kept on disk.", error.strerror or str(error)) from error


@dataclass
class Slice:
    """A part of an entity that was read whole: its file, and what its reader noted."""

    name: str
    file: Path
    note: dict[str, Any]

    @property
    def read_at(self) -> datetime:
        """When reading it began (UTC)."""
        return datetime.fromisoformat(self.note["read_at"])


@dataclass
class SliceWriter:
    """Takes the objects of one slice. `note` is kept beside them; `name` renames the slice at its end."""

    path: Path
    name: str = ""
    count: int = 0
    note: dict[str, Any] = field(default_factory=dict)
    read_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    _out: BinaryIO | None = None

    def write(self, objects: Iterable[Mapping[str, Any]]) -> None:
        """Append objects, each on a line, with sorted keys so that the same object is the same text."""
        self._out = self._out or create(self.path)
        for found in objects:
            self._out.write(orjson.dumps(found, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE))
            self.count += 1

    def close(self) -> None:
        """Bring what was written to the disk."""
        if self._out is None and not self.path.exists():
            self._out = create(self.path)
        if self._out and not self._out.closed:
            self._out.flush()
            os.fsync(self._out.fileno())
            self._out.close()


def private(folder: Path) -> None:
    """Make the folder and those above it, for the user alone."""
    if not folder.exists():
        private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def is_whole(note: Path) -> bool:
    """Whether a slice, given by its note, is what was written: each line an object with an id, and as many as noted."""
    file = note.with_suffix(".ndjson")
    if not file.exists():  # not finished, and so not landed
        return True
    try:
        with file.open("rb") as lines:
            objects = [bool(orjson.loads(line)["id"]) for line in lines]
        return all(objects) and len(objects) == orjson.loads(note.read_bytes())["count"]
    except (ValueError, KeyError, TypeError):
        return False


def create(path: Path) -> BinaryIO:
    """A new, empty file for the user alone, open for writing."""
    return open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")  # noqa: PTH123


def write(path: Path, content: Any) -> None:
    """Write content as JSON, in one step: the file is the old one or the new one, never half of it."""
    draft = path.with_suffix(path.suffix + ".new")
    with create(draft) as out:
        out.write(orjson.dumps(content, default=sorted))
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
