"""Taking a file's records in: what every import of a file shares, from good and bad rows to the report in plain sentences."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

import orjson

if TYPE_CHECKING:
    from data.sources import Report
    from data.warehouse import Landed, Warehouse

LISTED = 5_000
SHOWN = 200
TOLD_EVERY = 5_000  # rows
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

    `sample` holds the first 200 records of each entity that the file holds, as they were read. `is_kept` is False where the
    file was only checked, or held no good row.
    """

    filename: str
    read: Mapping[str, int]
    added: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)
    bad: tuple[BadRow, ...] = ()
    bad_rows: int = 0
    repeated_rows: int = 0
    remarks: tuple[str, ...] = ()
    sample: Mapping[str, Sequence[Record]] = field(default_factory=dict)
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


class RowMarks:
    """Marks that tell whether two imports read the same row of a file, whatever each took it for."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def of(self, cells: Iterable[Any], *given: str) -> str:
        """The row's mark: what its cells say and what was said of the file; alike rows of one file get marks of their own."""
        mark = identity(*given, *(cell for cell in (str(cell or "").strip() for cell in cells) if cell))
        self._seen[mark] += 1
        return mark if self._seen[mark] == 1 else f"{mark}-{self._seen[mark]}"


def take_in(
    warehouse: "Warehouse | None",
    source: str,
    filename: str,
    entities: Sequence[str],
    records: Iterable[tuple[str, Record]],
    findings: Findings,
    report: "Report | None" = None,
    lines: int | None = None,
) -> ImportReport:
    """Land the good records (entity, record with `id`) in one transaction, put it on record, rebuild, and report.

    Without a warehouse only the check is made. Records go through a spool on disk, so that a large file doesn't stand in
    memory as objects. What `records` raises is raised; then nothing is kept. `report` is told how far reading has come, of
    about so many `lines`.
    """
    started_at, before = datetime.now(UTC), _counted_once(warehouse)
    sample: dict[str, list[Record]] = {}
    if report:
        records = _told(records, filename, findings, report, lines)
    with TemporaryDirectory(prefix="retainer-") as folder:
        counts, files = _spool(entities, records, Path(folder), sample)
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
            _remark_told_again(warehouse, source, started_at, before, findings)
    return ImportReport(
        filename=filename,
        read=counts,
        added={one.entity: one.added for one in landed},
        changed={one.entity: one.changed for one in landed},
        bad=tuple(findings.bad),
        bad_rows=findings.bad_rows,
        repeated_rows=findings.repeated_rows,
        remarks=tuple(f"{remark} ({_rows(count)})" if count > 1 else remark for remark, count in findings.remarks.items()),
        sample=sample,
        is_kept=bool(landed),
    )


def _told(
    records: Iterable[tuple[str, Record]], filename: str, findings: Findings, report: "Report", lines: int | None
) -> Iterator[tuple[str, Record]]:
    """The records, telling on the way how many rows have been read."""
    from data.sources import Progress

    good = 0
    for good, record in enumerate(records, start=1):
        if good % TOLD_EVERY == 0:
            report(Progress(filename, "rows", good + findings.bad_rows + findings.repeated_rows, lines))
        yield record
    done = good + findings.bad_rows + findings.repeated_rows
    if done >= TOLD_EVERY:
        report(Progress(filename, "rows, now rebuilding the figures", done, None))


def _remark_told_again(warehouse: "Warehouse", source: str, started_at: datetime, before: int, findings: Findings) -> None:
    """Say how much work of this file counts once with that of other imports."""
    with warehouse.cursor() as cursor:
        ((again,),) = cursor.execute(
            "select count(*) from hours_told_again join hours_told using (source, id) where source = $source and seen_at = $at",
            {"source": source, "at": started_at.replace(tzinfo=None)},
        ).fetchall()
    fewer = _counted_once(warehouse) - before
    if again:
        tell = "tells" if again == 1 else "tell"
        findings.remark(f"{_rows(again)} {tell} of work that an earlier import tells, too; it counts once.")
    elif fewer > 0:
        tell = "tells" if fewer == 1 else "tell"
        findings.remark(f"{_rows(fewer)} of earlier imports {tell} of the same work; it counts once, as this file tells it.")


def _counted_once(warehouse: "Warehouse | None") -> int:
    """How many rows of all imports count once with another row."""
    if warehouse is None:
        return 0
    with warehouse.cursor() as cursor:
        ((count,),) = cursor.execute("select count(*) from hours_told_again").fetchall()
    return int(count)


def _spool(
    entities: Sequence[str], records: Iterable[tuple[str, Record]], folder: Path, sample: dict[str, list[Record]]
) -> tuple[dict[str, int], dict[str, Path]]:
    """Write the good rows as NDJSON, a file per entity that has any; the first of each go to the sample, too."""
    counts: Counter[str] = Counter()
    spools: dict[str, BinaryIO] = {}
    try:
        for entity, record in records:
            if entity not in spools:
                spools[entity] = (folder / f"{entity}.ndjson").open("wb")
            spools[entity].write(orjson.dumps(record) + b"\n")
            counts[entity] += 1
            if counts[entity] <= SHOWN:
                sample.setdefault(entity, []).append(record)
    finally:
        for spool in spools.values():
            spool.close()
    return {entity: counts[entity] for entity in entities}, {entity: Path(spool.name) for entity, spool in spools.items()}


def _rows(count: int) -> str:
    return f"{count} row{'' if count == 1 else 's'}"
