"""Files that the user brings: which kinds there are, and what takes them in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import InputError
from data.settings import Settings
from data.warehouse import Warehouse

if TYPE_CHECKING:
    from data.sources import Report
    from data.sources.files import Hints, ImportReport


@dataclass(frozen=True)
class Kind:
    """A kind of file: its name in sentences, and what the user may have to say of it (`asks`: site, habits, columns)."""

    title: str
    asks: tuple[str, ...] = ()


KINDS = {
    "maintenance": Kind("Sites, updates, backups, incidents and hours, in our own columns"),
    "time": Kind("Hours from Toggl, Clockify or Harvest", ("habits",)),
    "toggl": Kind("Hours from Toggl Track", ("habits",)),
    "clockify": Kind("Hours from Clockify", ("habits",)),
    "harvest": Kind("Hours from Harvest", ("habits",)),
    "child_reports": Kind("A site’s log from MainWP Child Reports", ("site",)),
    "wp_cli": Kind("WP-CLI’s lists and updates of a site", ("site",)),
    "updraft": Kind("UpdraftPlus’s backup history of a site", ("site",)),
    "spreadsheet": Kind("Any other spreadsheet, its columns mapped once", ("columns",)),
    "agreements": Kind("Retainers paid outside Stripe"),
}


def import_file(settings: Settings, kind: str, path: Path, hints: "Hints | None" = None, report: "Report | None" = None) -> str:
    """Take a file into the user's own warehouse and say in sentences what was read, and what was not.

    Raises InputError for a kind or file that can't be read; nothing is kept of such a file.
    """
    if kind not in KINDS:
        raise InputError(f"There is no import of “{kind}”.", f"Known are {', '.join(KINDS)}.")
    if not path.is_file():
        raise InputError(f"There is no file {path}.", "Check the path.")
    with _own(settings) as warehouse:
        if kind == "agreements":
            from data.sources import agreements

            return "\n".join(agreements.import_file(path, warehouse).lines())
        return "\n".join(take(kind, path, path.name, warehouse, hints, report).lines())


def take(
    kind: str,
    source: Path | bytes,
    filename: str,
    warehouse: Warehouse | None,
    hints: "Hints | None" = None,
    report: "Report | None" = None,
) -> "ImportReport":
    """Read a file of care data of that kind and land it; without a warehouse only the check is made. Raises InputError.

    `report` is told how far a large file has come.
    """
    from data.sources.files import Hints

    return _reader(kind)(source, filename, warehouse, hints or Hints(), report)


def _reader(kind: str) -> "Callable[[Path | bytes, str, Warehouse | None, Hints, Report | None], ImportReport]":
    from data.sources import child_reports, maintenance, spreadsheet, time_tracking, updraft, wp_cli

    if kind == "maintenance":
        return lambda source, filename, warehouse, _, report: maintenance.import_file(source, filename, warehouse, None, report)
    if kind in time_tracking.TRACKERS or kind == "time":
        return partial(time_tracking.import_file, wanted="" if kind == "time" else kind)
    modules = {"child_reports": child_reports, "wp_cli": wp_cli, "updraft": updraft, "spreadsheet": spreadsheet}
    reader: Callable[[Path | bytes, str, Warehouse | None, Hints, Report | None], ImportReport] = modules[kind].import_file
    return reader


@contextmanager
def _own(settings: Settings) -> Iterator[Warehouse]:
    """The user's own warehouse; made for this file, it goes again if nothing was kept, so that the demo stays shown."""
    stood_before = settings.own_warehouse.exists()
    warehouse = Warehouse(settings.own_warehouse, settings)
    try:
        yield warehouse
    finally:
        is_empty = warehouse.is_empty
        warehouse.close()
        if is_empty and not stood_before:
            settings.own_warehouse.unlink(missing_ok=True)
