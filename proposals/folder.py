"""A folder of files for a client: written whole or not at all, and for their owner alone."""

import contextlib
import tempfile
from collections.abc import Mapping
from pathlib import Path

from data.errors import InputError


def write(folder: Path, contents: Mapping[str, bytes]) -> list[Path]:
    """Write the named contents into a folder (made if need be), for their owner alone, and return their paths.

    All are written beside their places first and then moved there, so that none is ever half-written. Raises InputError
    where the folder can't be written.
    """
    is_new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".writing-", dir=folder) as waiting:
            for name, data in contents.items():
                place = Path(waiting) / name
                place.touch(0o600)
                place.write_bytes(data)
            for name in contents:
                if (folder / name).is_dir():
                    raise IsADirectoryError(21, f"{name} there is a folder")
            for name in contents:
                (Path(waiting) / name).replace(folder / name)
    except OSError as error:
        if is_new:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise InputError(f"“{folder}” can’t be written: {error.strerror}.", "Name a folder of your own with --out.") from error
    return [folder / name for name in contents]
