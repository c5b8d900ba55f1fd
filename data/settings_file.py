"""The files that settings are written in: TOML, read once as long as they stay as they are, and replaced in one step."""

import os
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.errors import SettingsError

_changes = {"made": 0}


def read(path: Path) -> dict[str, Any]:
    """The file's values by name, none where there is no file; SettingsError where it can't be read."""
    try:
        seen = path.stat()
        return dict(_parsed(path, seen.st_ino, seen.st_mtime_ns, seen.st_size))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name} can't be read as TOML.", 'Write one line a setting: NAME = "value".') from error
    except OSError as error:
        raise SettingsError(f"{path} can't be read: {error.strerror}.", "Choose another folder in RETAINER_HOME.") from error


def change(path: Path, values: Mapping[str, Any]) -> None:
    """Write these values beside those that stand there, for its owner's eyes only (0600)."""
    kept = {**read(path), **values}
    draft = path.with_suffix(".toml.new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.writelines(f"{name} = {_written(value)}\n" for name, value in sorted(kept.items()))
    draft.replace(path)
    _changes["made"] += 1


def changes() -> int:
    """How often this process has written such a file: whoever keeps what was read reads again once it is another number."""
    return _changes["made"]


@lru_cache(maxsize=8)
def _parsed(path: Path, inode: int, changed_ns: int, size: int) -> dict[str, Any]:
    # Every page asks for the settings many times in a run; the file is parsed again only once it is another one.
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _written(value: Any) -> str:
    if isinstance(value, int):
        return str(value)
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text) + '"'
