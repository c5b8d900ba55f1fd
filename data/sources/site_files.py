"""Files about one site that don't name it (WP-CLI, UpdraftPlus, Child Reports): whose, from when, and the watched folder."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePath

from data.errors import InputError, SourceError
from data.sources.maintenance import values

ADDRESS = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]{1,30}(?=$|[^a-z0-9.])", re.IGNORECASE)
ENDINGS = (".json", ".txt", ".csv")
DAY = re.compile(r"(20\d\d)-?(\d\d)-?(\d\d)(?:[T_-]?(\d\d)[-:]?(\d\d))?")
LARGEST = 50 * 2**20


def site_of(filename: str, given: str = "") -> str:
    """The site that a file is about: as given, else the address in its name, else in its folder's name; InputError if none."""
    if given:
        try:
            return values.site(given)
        except ValueError as error:
            raise InputError(f"{error}."[:1].upper() + f"{error}."[1:], "Name the site as example.com.") from error
    path = PurePath(filename)
    name = path.name
    while name.lower().endswith(ENDINGS):
        name = name[: name.rindex(".")]
    for text in (name, *reversed(path.parts[:-1])):
        if found := ADDRESS.search(text):
            return values.site(found[0])
    raise InputError(
        f"Which site is {path.name} about? The file does not say.", "Name the site (--site example.com), or the file after it."
    )


def moment_of(filename: str, modified: datetime | None) -> str:
    """When a file's content was so, as ISO text in UTC: the day in its name, else when the file was last written, else now."""
    if found := DAY.search(PurePath(filename).name):
        year, month, day, hour, minute = (int(part or 0) for part in found.groups())
        try:
            return datetime(year, month, day, hour, minute, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        except ValueError:
            pass
    return (modified or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def modified_at(path: Path) -> datetime:
    """When a file was last written (UTC)."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def in_folder(folder: str) -> Iterator[tuple[str, bytes, datetime]]:
    """Each JSON and text file below the folder as (path within it, content, when it was written), by name.

    Raises SourceError where the folder is not there or can't be read.
    """
    root = Path(folder).expanduser()
    if not root.is_dir():
        raise SourceError(f"There is no folder {folder}.", "Check RETAINER_SITE_FILES.")
    try:
        for path in sorted(root.rglob("*")):
            if path.suffix.lower() in (".json", ".txt") and path.is_file() and path.stat().st_size <= LARGEST:
                yield path.relative_to(root).as_posix(), path.read_bytes(), modified_at(path)
    except OSError as error:
        raise SourceError(f"The folder {folder} can't be read.", error.strerror or "") from error
