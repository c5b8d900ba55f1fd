"""Time trackers' CSV: Toggl, Clockify and Harvest, recognised by their headings; their habits are found from the whole file."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import InputError
from data.sources.files import Findings, Hints, ImportReport, take_in
from data.sources.maintenance.rows import Sheet
from data.sources.maintenance.sheets import HEADING_ROWS, file_content, line_count, sheets
from data.sources.time_tracking.entries import EntryReader
from data.sources.time_tracking.trackers import TRACKERS, Tracker, recognise

if TYPE_CHECKING:
    from data.sources import Report
    from data.warehouse import Warehouse

__all__ = ["TRACKERS", "import_file", "read"]

ENTITIES = ("entries",)


def import_file(
    source: Path | bytes,
    filename: str,
    warehouse: "Warehouse | None",
    hints: Hints,
    report: "Report | None" = None,
    *,
    wanted: str = "",
) -> ImportReport:
    """Read one export and land its entries; without a warehouse only the check is made.

    `wanted` is a tracker's name, or empty for whichever the headings show. Raises InputError where they show none or another
    one, and where the file doesn't tell in which order it writes day and month, or what its decimal sign is.
    """
    content = file_content(source) if isinstance(source, Path) else source
    findings = Findings()
    tracker, records = read(content, filename, hints, findings, wanted)
    return take_in(warehouse, tracker.name, filename, ENTITIES, records, findings, report, line_count(content))


def read(
    content: bytes, filename: str, hints: Hints, findings: Findings, wanted: str = ""
) -> tuple[Tracker, Iterator[tuple[str, dict[str, Any]]]]:
    """The tracker whose export this is, and its entries one by one; rows that can't be read go to `findings`."""
    found = next((found for sheet in sheets(content, filename) if (found := _headings(sheet))), None)
    if found is None:
        names = ", ".join(tracker.title for tracker in TRACKERS.values())
        raise InputError(
            f"{filename} is no export that is known of {names}.",
            "Export the detailed report as CSV, or map its columns yourself.",
        )
    sheet, line, tracker, headings = found
    if wanted and tracker.name != wanted:
        raise InputError(f"{filename} is an export of {tracker.title}.", f"Import it as {tracker.name}.")
    reader = EntryReader(tracker, sheet, line, headings, filename, hints, findings)
    return tracker, (("entries", entry) for entry in reader.entries())


def _headings(sheet: Sheet) -> tuple[Sheet, int, Tracker, list[str]] | None:
    for seen, row in enumerate(sheet.rows()):
        if seen >= HEADING_ROWS:
            return None
        headings = ["" if cell is None else str(cell) for cell in row.cells]
        if tracker := recognise(headings):
            return sheet, row.line, tracker, headings
    return None
