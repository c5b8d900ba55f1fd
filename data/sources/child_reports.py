"""MainWP Child Reports: a site's log of updates and backups, from the CSV that the plugin exports.

It joins seven columns with commas and quotes none, so a row is read from both ends: the date, and the five last columns.
"""

import re
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from data.errors import InputError
from data.sources import site_files
from data.sources.files import BadRow, Findings, Hints, ImportReport, identity, take_in
from data.sources.maintenance.dates import DayOrder, moment
from data.sources.maintenance.sheets import file_content

if TYPE_CHECKING:
    from data.sources import Report
    from data.warehouse import Warehouse

NAME = "child_reports"
ENTITIES = ("events",)
MOST_ROWS = 10_000
DATE = re.compile(r"\s*(\"?)(\d{1,4}[./-]\d{1,2}[./-]\d{1,4}[^,]*?)\1\s*,")
AFTER_SUMMARY = ("user", "connector", "context", "action", "ip")
KNOWN = {"user", "user id", "connector", "context", "action", "ip", "ip address"}


def import_file(
    source: Path | bytes, filename: str, warehouse: "Warehouse | None", hints: Hints, report: "Report | None" = None
) -> ImportReport:
    """Read one export and land its events; without a warehouse only the check is made. InputError where it is none."""
    content = file_content(source) if isinstance(source, Path) else source
    findings = Findings()
    records = read(content, str(source) if isinstance(source, Path) else filename, hints, findings)
    return take_in(warehouse, NAME, filename, ENTITIES, records, findings, report)


def read(content: bytes, filename: str, hints: Hints, findings: Findings) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each event of the log; rows that can't be read go to `findings`."""
    name = PurePath(filename).name
    lines = content.decode("utf-8-sig", errors="replace").splitlines()
    columns = _columns(lines[0] if lines else "", name)
    site = site_files.site_of(filename, hints.site)
    rows = list(_rows(lines))
    is_day_first = _order((row for _, row in rows), hints)
    findings.remark("Times are the site’s own; they are taken as times of your account’s zone.")
    if len(rows) >= MOST_ROWS:
        findings.remark("The file holds as many rows as Child Reports exports at most; older events may be missing.")
    seen: dict[str, int] = {}
    for line, row in rows:
        try:
            event = _event(row, columns, is_day_first)
        except ValueError as error:
            findings.refuse(BadRow(PurePath(name).stem, line, f"{str(error)[:1].upper()}{str(error)[1:]}.", {"row": row[:200]}))
            continue
        key = identity(site, *event.values())
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1:
            findings.repeated_rows += 1
            continue
        yield "events", {"id": key, "site": site, **event}


def _columns(heading: str, name: str) -> int:
    """How many columns stand after the summary; InputError where these are no headings of Child Reports."""
    heads = [head.strip().strip('"').lower() for head in heading.split(",")]
    if len(heads) not in (7, 8) or len(KNOWN & set(heads)) < 3:
        raise InputError(
            f"{name} is no export of MainWP Child Reports.", "On the child site: Reports, Record Actions, Export as CSV."
        )
    return len(heads) - 2


def _rows(lines: list[str]) -> Iterator[tuple[int, str]]:
    """(line, row) from the second line on; a line without a date goes on with the row above it."""
    open_row: tuple[int, str] | None = None
    for number, line in enumerate(lines[1:], start=2):
        if DATE.match(line) or open_row is None:
            if open_row:
                yield open_row
            open_row = (number, line) if line.strip() else None
        elif line.strip():
            open_row = (open_row[0], f"{open_row[1]} {line}")
    if open_row:
        yield open_row


def _order(rows: Iterator[str], hints: Hints) -> bool | None:
    if hints.date_order:
        return hints.date_order == "dmy"
    order = DayOrder()
    for row in rows:
        if found := DATE.match(row):
            order.see(found[2])
    return order.is_day_first


def _event(row: str, columns: int, is_day_first: bool | None) -> dict[str, Any]:
    found = DATE.match(row)
    if not found:
        raise ValueError("the row does not begin with a date")
    tail = row[found.end() :].rsplit(",", columns)
    if len(tail) != columns + 1:
        raise ValueError(f"the row has fewer than {columns + 2} columns")
    summary, *rest = [part.strip().strip('"') for part in tail]
    return {"at": moment(found[2], is_day_first), "summary": summary, **dict(zip(AFTER_SUMMARY, rest, strict=False))}
