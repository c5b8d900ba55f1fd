"""Taking a file's records in: what every import of a file shares, from good and bad rows to the report in plain sentences."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

import orjson

if TYPE_CHECKING:
    from data.warehouse import Landed, Warehouse

LISTED = 5_000
Record = dict[str, Any]


@dataclass(frozen=True)
class Hints:
    """What the user says of a file that the file itself does not tell.

    `date_order` is dmy or mdy, `decimal` comma or point; `columns` is our column → the file's heading, for records of `entity`.
    """

    site: str = ""
    date_order: str = ""
    decimal: str = ""
    entity: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BadRow:
    """A row that was left out: where it stands, why, what it says by heading, and its entity where the sheet holds one only."""

    sheet: str
    line: int
    reason: str
    values: dict[str, str]
    entity: str = ""


@dataclass
class Findings:
    """What the reading of a file found beside its records; `bad` lists the first 5,000 bad rows, `bad_rows` counts all."""

    bad: list[BadRow] = field(default_factory=list)
    bad_rows: int = 0
    repeated_rows: int = 0
    remarks: Counter[str] = field(default_factory=Counter)

    def refuse(self, row: BadRow) -> None:
        """Count a bad row, and list it while the list is short enough to read."""
        self.bad_rows += 1
        if len(self.bad) < LISTED:
            self.bad.append(row)

    def remark(self, sentence: str) -> None:
        """Note what the user should know of the file as a whole; the same sentence counts once more."""
        self.remarks[sentence] += 1


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


def identity(*parts: Any) -> str:
    """An id that stays the same when the same row comes again, from what tells it from others."""
    return blake2b("\x1f".join(str(part or "").casefold() for part in parts).encode(), digest_size=12).hexdigest()


def take_in(
    warehouse: "Warehouse | None",
    source: str,
    filename: str,
    entities: Sequence[str],
    records: Iterable[tuple[str, Record]],
    findings: Findings,
) -> ImportReport:
    """Land the good records (entity, record with `id`) in one transaction, put it on record, rebuild, and report.

    Without a warehouse only the check is made. Records go through a spool on disk, so that a large file doesn't stand in
    memory as objects. What `records` raises is raised; then nothing is kept.
    """
    started_at = datetime.now(UTC)
    with TemporaryDirectory(prefix="retainer-") as folder:
        counts, files = _spool(entities, records, Path(folder))
        landed: list[Landed] = []
        if warehouse is not None and files:
            said = f"{filename}: {_rows(sum(counts.values()))} read, {findings.bad_rows} left out"
            with warehouse.transaction() as cursor:
                landed = [
                    warehouse.load_raw(cursor, source, entity, [file], seen_at=started_at, touch=True)
                    for entity, file in files.items()
                ]
                warehouse.record_sync(
                    cursor,
                    source,
                    started_at=started_at,
                    finished_at=datetime.now(UTC),
                    status="ok",
                    objects=sum(counts.values()),
                    message=said,
                )
            warehouse.refresh()
    return ImportReport(
        filename=filename,
        read=counts,
        added={one.entity: one.added for one in landed},
        changed={one.entity: one.changed for one in landed},
        bad=tuple(findings.bad),
        bad_rows=findings.bad_rows,
        repeated_rows=findings.repeated_rows,
        remarks=tuple(f"{remark} ({_rows(count)})" if count > 1 else remark for remark, count in findings.remarks.items()),
        is_kept=bool(landed),
    )


def _spool(
    entities: Sequence[str], records: Iterable[tuple[str, Record]], folder: Path
) -> tuple[dict[str, int], dict[str, Path]]:
    """Write the good rows as NDJSON, a file per entity that has any."""
    counts: Counter[str] = Counter()
    spools: dict[str, BinaryIO] = {}
    try:
        for entity, record in records:
            if entity not in spools:
                spools[entity] = (folder / f"{entity}.ndjson").open("wb")
            spools[entity].write(orjson.dumps(record) + b"\n")
            counts[entity] += 1
    finally:
        for spool in spools.values():
            spool.close()
    return {entity: counts[entity] for entity in entities}, {entity: Path(spool.name) for entity, spool in spools.items()}


def _rows(count: int) -> str:
    return f"{count} row{'' if count == 1 else 's'}"
