"""Rows into canonical records: one dictionary a record, with an id that stays the same when the same row comes again.

Rows are read in batches, column by column: a large file holds few spellings of each cell, and a row is looked at by itself only
where something in it can't be read.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice
from typing import Any

from data.errors import InputError
from data.sources.files import BadRow, Findings, RowMarks
from data.sources.maintenance import values
from data.sources.maintenance.cells import Bad, Cells
from data.sources.maintenance.dates import DayOrder
from data.sources.maintenance.layout import DOCUMENTED, Column, Kind, Layout, Mapped, kind_named, kinds, laid_out, recognise
from data.sources.maintenance.rows import Row, Sheet
from data.sources.maintenance.sheets import HEADING_ROWS, sheets

BATCH = 4_096
Record = dict[str, Any]
FindMapping = Callable[[Sequence[str]], Mapped | None]


@dataclass
class _Seen:
    """Ids of the records met so far in this file, each with a hash of what the record says; and the marks of their rows."""

    said: dict[str, int] = field(default_factory=dict)
    marks: RowMarks = field(default_factory=RowMarks)


def read(content: bytes, filename: str, findings: Findings, mapping: FindMapping | None = None) -> Iterator[tuple[str, Record]]:
    """Each good row as (entity, record), without holding them, in each entity in the file's order; the rest goes to `findings`.

    `mapping` gives the columns that the user chose for these headings, if any. Raises InputError where the file is no table,
    and where no sheet has headings that are known.
    """
    found = [(sheet, _layout(sheet, mapping)) for sheet in sheets(content, filename)]
    if not any(layout for _, layout in found):
        raise InputError(f"No heading in {filename} is known.", DOCUMENTED)
    seen = _Seen()
    for sheet, layout in found:
        if layout is None:
            findings.remark(f"Sheet “{sheet.title}” was left out: its headings are not known.")
        else:
            for heading in layout[1].unread:
                findings.remark(f"Column “{heading[:60]}” was left out: it is not one of the documented columns.")
            yield from _SheetReader(sheet, *layout, findings, seen).records()


def _layout(sheet: Sheet, mapping: FindMapping | None) -> tuple[int, Layout, list[str]] | None:
    """The row of the headings, which is the one among the first that names the most columns, and what it says."""
    best: tuple[int, tuple[int, Layout, list[str]]] | None = None
    puzzle: InputError | None = None
    for row in islice(sheet.rows(), HEADING_ROWS):
        headings = ["" if cell is None else str(cell) for cell in row.cells]
        if mapping and (chosen := mapping(headings)):
            return row.line, laid_out(headings, chosen), headings
        try:
            layout = recognise(headings, sheet.title)
        except InputError as error:
            puzzle = puzzle or error
            continue
        if layout and (best is None or layout.breadth > best[0]):
            best = (layout.breadth, (row.line, layout, headings))
    if best is None and puzzle:
        raise puzzle
    return best[1] if best else None


class _SheetReader:
    """Reads one sheet into records."""

    def __init__(self, sheet: Sheet, line: int, layout: Layout, headings: list[str], findings: Findings, seen: _Seen) -> None:
        self.sheet, self.line, self.layout, self.headings = sheet, line, layout, headings
        self.findings, self.seen = findings, seen
        self.orders: dict[int, bool | None] | None = None
        self.plans: dict[str, list[tuple[Column, list[tuple[int, Cells]]]]] = {}
        self.entities: dict[Any, str | None] = {}
        self.refused: list[tuple[Row, str]] = []

    def records(self) -> Iterator[tuple[str, Record]]:
        body = self._body()
        while rows := list(islice(body, BATCH)):
            for entity, found in self._by_entity(rows).items():
                for record in self._records(kinds()[entity], found):
                    yield entity, record
            entity = next(iter(self.layout.places)) if self.layout.record is None else ""
            for row, reason in sorted(self.refused, key=lambda one: one[0].line):
                self.findings.refuse(BadRow(self.sheet.title, row.line, _sentence(reason), self._said(row), entity))
            self.refused.clear()

    def _body(self) -> Iterator[Row]:
        return (row for row in self.sheet.rows() if row.line > self.line)

    def _is_day_first(self, place: int) -> bool | None:
        """Whether the column writes the day first, found from all its cells."""
        if self.orders is None:
            orders = {place: DayOrder() for place in self.layout.moments()}
            for row in self._body():
                cells = row.cells
                for at, order in orders.items():
                    if at < len(cells):
                        order.see(cells[at])
            self.orders = {place: order.is_day_first for place, order in orders.items()}
        return self.orders.get(place)

    def _by_entity(self, rows: list[Row]) -> dict[str, list[Row]]:
        """The rows that can be read as such, by what they are; each with as many cells as there are headings, or more."""
        width = len(self.headings)
        found: dict[str, list[Row]] = {}
        for row in rows:
            if row.problem:
                self.refused.append((row, row.problem))
                continue
            cells = row.cells
            if len(cells) > width and any(not values.is_blank(cell) for cell in cells[width:]):
                why = f"{len(cells)} cells under {width} headings; a cell that holds the delimiter needs quotes"
                self.refused.append((row, why))
                continue
            whole = row if len(cells) >= width else Row(row.line, [*cells, *[None] * (width - len(cells))])
            entity = self._entity(whole.cells)
            if entity is None:
                said = whole.cells[self.layout.record or 0] or ""
                self.refused.append((row, f"record “{said}” is none of site, update, backup, incident, hours"))
            else:
                found.setdefault(entity, []).append(whole)
        return found

    def _entity(self, cells: list[Any]) -> str | None:
        if self.layout.record is None:
            return next(iter(self.layout.places))
        said = cells[self.layout.record]
        if said not in self.entities:
            self.entities[said] = None if values.is_blank(said) else kind_named(str(said))
        return self.entities[said]

    def _records(self, kind: Kind, rows: list[Row]) -> Iterator[Record]:
        """The good ones of these rows as records; the others are refused."""
        found, reasons = self._columns(kind, rows)
        for index, more in _missing(kind, found).items():
            reasons.setdefault(index, more)
        for index, why in reasons.items():
            self.refused.append((rows[index], "; ".join(why)))
        keys = zip(*(found[name] for name in kind.key), strict=True)
        for index, (key, said) in enumerate(zip(keys, zip(*found.values(), strict=True), strict=True)):
            if index in reasons:
                continue
            identity = self._identity(kind, key, said, rows[index])
            if identity:
                record = {"id": identity, **dict(zip(found, said, strict=True))}
                if kind.entity == "hours":
                    record["row"] = self.seen.marks.of(rows[index].cells, *self.layout.given.values())
                yield record

    def _columns(self, kind: Kind, rows: list[Row]) -> tuple[dict[str, list[Any]], dict[int, list[str]]]:
        """The values by column, and the reasons why rows (by index) can't be read."""
        cells = list(zip(*(row.cells[: len(self.headings)] for row in rows), strict=True))
        found: dict[str, list[Any]] = {}
        reasons: dict[int, list[str]] = {}
        for column, places in self._plan(kind):
            read: list[Any] = [None] * len(rows)
            for number, (place, known) in enumerate(places):
                more = known.all(cells[place])
                read = [one if one is not None else two for one, two in zip(read, more, strict=True)] if number else more
                for index in [index for index, value in enumerate(more) if value.__class__ is Bad and read[index] is value]:
                    reasons.setdefault(index, []).append(f"{self.headings[place].strip()}: {read[index].reason}")
            usual = self.layout.given.get(column.name) if column.default is None else column.default
            found[column.name] = read if usual is None else [usual if value is None else value for value in read]
        _value_amounts(kind, found, reasons)
        return found, reasons

    def _plan(self, kind: Kind) -> list[tuple[Column, list[tuple[int, Cells]]]]:
        if kind.entity not in self.plans:
            known = self.layout.places[kind.entity]
            self.plans[kind.entity] = [
                (
                    column,
                    [
                        (place, Cells(column, lambda place=place: self._is_day_first(place), self.findings))  # type: ignore[misc]
                        for place in known.get(name, ())
                    ],
                )
                for name, column in kind.columns.items()
            ]
        return self.plans[kind.entity]

    def _identity(self, kind: Kind, key: tuple[Any, ...], values_of: tuple[Any, ...], row: Row) -> str | None:
        """The record's id; None for a row that says again what an earlier row of the file says.

        Two rows with the same key and other values are two events of one day, so the second gets an id of its own;
        hours add up even where two rows are alike.
        """
        first = identity = str(key[0]) if kind.entity == "sites" else _hashed(kind.entity, key)
        known, said = self.seen.said, hash(values_of)
        place = 1
        while identity in known:
            if kind.entity != "hours" and known[identity] == said:
                self.findings.repeated_rows += 1
                return None
            if kind.entity == "sites":
                self.refused.append((row, f"{first} stands in an earlier row with other values; that row counts"))
                return None
            place += 1
            identity = f"{first}-{place}"
        known[identity] = said
        return identity

    def _said(self, row: Row) -> dict[str, str]:
        cells = ["" if cell is None else values.text(cell)[:200] for cell in row.cells[: len(self.headings) + 5]]
        names = [*self.headings, *(f"column {place + 1}" for place in range(len(self.headings), len(cells)))]
        return {name: cell for name, cell in zip(names, cells, strict=False) if name}


def _hashed(entity: str, key: tuple[Any, ...]) -> str:
    """As data/sources/files.py's identity, of text alone."""
    return blake2b("\x1f".join([entity, *[part or "" for part in key]]).casefold().encode(), digest_size=12).hexdigest()


def _value_amounts(kind: Kind, found: dict[str, list[Any]], reasons: dict[int, list[str]]) -> None:
    """Put minor units in place of the amounts as written, and the currency that an amount names itself beside it."""
    for name in [name for name, column in kind.columns.items() if column.type == "money"]:
        for index, cell in enumerate(found[name]):
            if cell is None:
                continue
            try:
                code = found["currency"][index] or values.currency_of(cell)
                found["currency"][index] = code
                found[name][index] = values.money(cell, code)
            except ValueError as error:
                reasons.setdefault(index, []).append(f"{kind.columns[name].heading}: {error}")


def _missing(kind: Kind, found: dict[str, list[Any]]) -> dict[int, list[str]]:
    """What rows (by index) lack, or contradict themselves in."""
    reasons: dict[int, list[str]] = {}
    for group in (*kind.needs_one, *((name,) for name in kind.required)):
        columns = [found[name] for name in group]
        if all(None in column for column in columns):
            said = f"{' or '.join(kind.columns[name].heading for name in group)} is missing"
            for index, cells in enumerate(zip(*columns, strict=True)):
                if all(cell is None for cell in cells):
                    reasons.setdefault(index, []).append(said)
    for index, (start, end) in enumerate(zip(found["at"], found["ended_at"], strict=True) if "ended_at" in found else ()):
        if start.__class__ is str and end.__class__ is str:
            length = min(len(start), len(end), 19)
            if end[:length] < start[:length]:
                reasons.setdefault(index, []).append("it ends before it starts")
    return reasons


def _sentence(reason: str) -> str:
    return reason[:1].upper() + reason[1:500] + ("" if reason.endswith(".") else ".")
