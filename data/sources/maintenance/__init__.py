"""Maintenance data by CSV or Excel: sites, updates, backups, incidents and hours, in the columns of docs/maintenance-import.md.

The reading is pure (`read_records`); `import_file` lands what was read and rebuilds. A file that comes again makes no doubles.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.sources.files import BadRow, Findings, ImportReport, take_in
from data.sources.maintenance.layout import ENTITIES, Mapped
from data.sources.maintenance.records import read
from data.sources.maintenance.sheets import file_content, line_count
from data.sources.maintenance.templates import bad_rows_csv, template

if TYPE_CHECKING:
    from data.sources import Report
    from data.warehouse import Warehouse

__all__ = ["ENTITIES", "BadRow", "ImportReport", "Parsed", "bad_rows_csv", "import_file", "read_records", "template"]

NAME = "maintenance"
FindMapping = Callable[[Sequence[str]], Mapped | None]


@dataclass(frozen=True)
class Parsed:
    """A file's records by entity, and the rows that were left out."""

    records: dict[str, list[dict[str, Any]]]
    bad: list[BadRow]
    findings: Findings


def read_records(content: bytes, filename: str, mapping: FindMapping | None = None) -> Parsed:
    """A file's records in canonical form, in memory, without keeping anything; InputError where the file can't be read."""
    findings = Findings()
    records: dict[str, list[dict[str, Any]]] = {entity: [] for entity in ENTITIES}
    for entity, record in read(content, filename, findings, mapping):
        records[entity].append(record)
    return Parsed(records, findings.bad, findings)


def import_file(
    source: Path | str | bytes,
    filename: str = "",
    warehouse: "Warehouse | None" = None,
    mapping: FindMapping | None = None,
    report: "Report | None" = None,
) -> ImportReport:
    """Read a file, land its good rows in one transaction and rebuild; without a warehouse only the check is made.

    `source` is a path or the bytes themselves; `mapping` says which column is which where the headings are not ours. `report`
    is told how far a large file has come. Raises InputError for a file that can't be read as a whole; bad rows are listed.
    """
    name = filename or ("the file" if isinstance(source, bytes) else Path(source).name)
    content = source if isinstance(source, bytes) else file_content(Path(source))
    findings = Findings()
    records = read(content, name, findings, mapping)
    return take_in(warehouse, NAME, name, ENTITIES, records, findings, report, line_count(content))
