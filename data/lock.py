"""One sync of a source at a time, whichever process runs it."""

import os
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from data.errors import SourceError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
    import msvcrt


class Lock:
    """A lock between processes that the system lets go of when its holder dies."""

    def __init__(self, path: Path, title: str) -> None:
        self._path = path
        self._title = title
        self._file: BinaryIO | None = None

    def __enter__(self) -> None:
        self._file = open(os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600), "wb")  # noqa: PTH123
        try:
            if fcntl:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            else:
                msvcrt.locking(self._file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            self._file.close()
            is_held = True
        else:
            is_held = False
        if is_held:
            raise SourceError(f"A sync of {self._title} is under way already.", "Wait until it has ended.")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._file:
            self._file.close()
