"""Maintenance data by CSV or Excel: sites, updates, backups, incidents and hours, in the columns of docs/maintenance-import.md.

The reading is pure (`read_records`); `import_file` lands what was read and rebuilds. A file that comes again makes no doubles.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

import orjson

from data.sources.maintenance.layout import ENTITIES
from data.sources.maintenance.records import BadRow, Findings, read
from data.sources.maintenance.sheets import file_content
from data.sources.maintenance.templates import bad_rows_csv, template

if TYPE_CHECKING:
    from data.warehouse import Landed, Warehouse

__all__ = ["ENTITIES", "BadRow", "ImportReport", "Parsed", "bad_rows_csv", "import_file", "read_records", "template"]

NAME = "maintenance"


@dataclass(frozen=True)
class Parsed:
    """A file's records by entity, and the rows that were left out."""

    records: dict[str, list[dict[str, Any]]]
    bad: list[BadRow]
    findings: Findings


@dataclass(frozen=True)
class ImportReport:
    """What an import did: rows read, added and changed by entity, bad rows (the first 5,000 of `bad_rows`), and remarks.

    `is_kept` is False where the file was only checked, or held no good row.
    """

    filename: str
    read: Mapping[str, int]
    added: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)
    bad: tuple[BadRow, ...] = ()
    bad_rows: int = 0
    repeated_rows: int = 0
    remarks: tuple[str, ...] = ()
    is_kept: bool = False

    @property
    def good_rows(self) -> int:
        """How many rows were read as records."""
        return sum(self.read.values())

    @property
    def unchanged(self) -> int:
        """How many of the records were known already, as they are."""
        return self.good_rows - sum(self.added.values()) - sum(self.changed.values()) if self.is_kept else 0

    def lines(self) -> list[str]:
        """The report in plain sentences, the first of them the answer."""
        kinds = ", ".join(f"{entity} {count}" for entity, count in self.read.items() if count)
        said = [f"{self.filename}: {_rows(self.good_rows)} read{f' ({kinds})' if kinds else ''}; {self._fate()}."]
        if self.repeated_rows:
            said.append(f"{_rows(self.repeated_rows)} said again what an earlier row of the file says; each counts once.")
        said += self.remarks
        if self.bad_rows:
            said.append(f"{_rows(self.bad_rows)} left out:")
            said += [f"  {row.sheet}, line {row.line}: {row.reason}" for row in self.bad[:20]]
        if self.bad_rows > 20:
            said.append(f"  … and {self.bad_rows - 20} more.")
        return said

    def _fate(self) -> str:
        if not self.is_kept:
            return "nothing was kept"
        return f"{sum(self.added.values())} new, {sum(self.changed.values())} changed, {self.unchanged} known already"


def _rows(count: int) -> str:
    return f"{count} row{'' if count == 1 else 's'}"


def read_records(content: bytes, filename: str) -> Parsed:
    """A file's records in canonical form, in memory, without keeping anything; InputError where the file can't be read."""
    findings = Findings()
    records: dict[str, list[dict[str, Any]]] = {entity: [] for entity in ENTITIES}
    for entity, record in read(content, filename, findings):
        records[entity].append(record)
    return Parsed(records, findings.bad, findings)


def import_file(source: Path | str | bytes, filename: str = "", warehouse: "Warehouse | None" = None) -> ImportReport:
    """Read a file, land its good rows in one transaction and rebuild; without a warehouse only the check is made.

    `source` is a path or the bytes themselves. Raises InputError for a file that can't be read as a whole; bad rows are in the
    report. Rows are written to a spool on the way, so that a file of 50 MB doesn't stand in memory as objects.
    """
    started_at = datetime.now(UTC)
    name = filename or ("the file" if isinstance(source, bytes) else Path(source).name)
    content = source if isinstance(source, bytes) else file_content(Path(source))
    findings = Findings()
    with TemporaryDirectory(prefix="retainer-") as folder:
        counts, files = _spool(content, name, findings, Path(folder))
        landed: list[Landed] = []
        if warehouse is not None and files:
            with warehouse.transaction() as cursor:
                landed = [_land(cursor, warehouse, entity, file, started_at) for entity, file in files.items()]
                _record(
                    cursor,
                    warehouse,
                    started_at,
                    counts,
                    f"{name}: {sum(counts.values())} rows read, {findings.bad_rows} left out",
                )
            warehouse.build()
    return ImportReport(
        filename=name,
        read=counts,
        added={one.entity: one.added for one in landed},
        changed={one.entity: one.changed for one in landed},
        bad=tuple(findings.bad),
        bad_rows=findings.bad_rows,
        repeated_rows=findings.repeated_rows,
        remarks=tuple(f"{remark} ({_rows(count)})" if count > 1 else remark for remark, count in findings.remarks.items()),
        is_kept=bool(landed),
    )


def _spool(content: bytes, name: str, findings: Findings, folder: Path) -> tuple[dict[str, int], dict[str, Path]]:
    """Write the good rows as NDJSON, a file per entity that has any."""
    counts: Counter[str] = Counter()
    spools: dict[str, BinaryIO] = {}
    try:
        for entity, record in read(content, name, findings):
            if entity not in spools:
                spools[entity] = (folder / f"{entity}.ndjson").open("wb")
            spools[entity].write(orjson.dumps(record) + b"\n")
            counts[entity] += 1
    finally:
        for spool in spools.values():
            spool.close()
    return {entity: counts[entity] for entity in ENTITIES}, {entity: Path(spool.name) for entity, spool in spools.items()}


def _record(cursor: Any, warehouse: "Warehouse", started_at: datetime, counts: Mapping[str, int], message: str) -> None:
    warehouse.record_sync(
        cursor,
        NAME,
        started_at=started_at,
        finished_at=datetime.now(UTC),
        status="ok",
        objects=sum(counts.values()),
        message=message,
    )


def _land(cursor: Any, warehouse: "Warehouse", entity: str, file: Path, seen_at: datetime) -> "Landed":
    """Upsert one entity's file, and mark unchanged rows as seen again: until when a fact is known matters to its health."""
    landed = warehouse.load_raw(cursor, NAME, entity, [file], seen_at=seen_at)
    cursor.execute(
        f"""
        update raw_{NAME}__{entity} set seen_at = $seen_at
        where id in (select json ->> '$.id' from read_ndjson_objects($file, maximum_object_size = 134217728))
        """,
        {"seen_at": seen_at.replace(tzinfo=None), "file": str(file)},
    )
    return landed
