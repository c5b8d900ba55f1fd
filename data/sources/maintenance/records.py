"""Rows into canonical records: one dictionary a record, with an id that stays the same when the same row comes again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from data.errors import InputError
from data.sources.files import BadRow, Findings, identity
from data.sources.maintenance import values
from data.sources.maintenance.dates import DayOrder, moment
from data.sources.maintenance.layout import DOCUMENTED, Column, Kind, Layout, Mapped, kind_named, kinds, laid_out, recognise
from data.sources.maintenance.sheets import HEADING_ROWS, Row, Sheet, sheets

REMEMBERED = 20_000  # cells a column; they repeat


@dataclass
class _Seen:
    """Ids of the records met so far in this file, each with a hash of what the record says."""

    said: dict[str, int] = field(default_factory=dict)


def read(
    content: bytes, filename: str, findings: Findings, mapping: Callable[[Sequence[str]], Mapped | None] | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each good row as (entity, record), in the file's order and without holding them; the rest goes to `findings`.

    `mapping` gives the columns that the user chose for these headings, if any. Raises InputError where the file is no table,
    and where no sheet has headings that are known.
    """
    found = [(sheet, _layout(sheet, mapping)) for sheet in sheets(content, filename)]
    if not any(layout for _, layout in found):
        raise InputError(f"No heading in {filename} is known.", DOCUMENTED)
    seen = _Seen()
    for sheet, layout in found:
        if layout is None:
            findings.remarks[f"Sheet “{sheet.title}” was left out: its headings are not known."] += 1
        else:
            for heading in layout[1].unread:
                findings.remarks[f"Column “{heading[:60]}” was left out: it is not one of the documented columns."] += 1
            yield from _SheetReader(sheet, *layout, findings, seen).records()


def _layout(sheet: Sheet, mapping: Callable[[Sequence[str]], Mapped | None] | None) -> tuple[int, Layout, list[str]] | None:
    """The row of the headings, which is the one among the first that names the most columns, and what it says."""
    best: tuple[int, tuple[int, Layout, list[str]]] | None = None
    puzzle: InputError | None = None
    for seen, row in enumerate(sheet.rows()):
        if seen >= HEADING_ROWS:
            break
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


class _Place:
    """One column of a kind at one place of the sheet; cells that came before are not read again."""

    def __init__(self, column: Column, place: int, is_day_first: bool | None, findings: Findings) -> None:
        self.column, self.place, self.is_day_first, self.findings = column, place, is_day_first, findings
        self.known: dict[str, Any] = {}

    def value(self, cell: Any) -> Any:
        """The cell's value, None where it says nothing; ValueError with a reason where it can't be read."""
        if not isinstance(cell, str):
            return None if values.is_blank(cell) else self._read(cell)
        if cell in self.known:
            return self.known[cell]
        found = None if values.is_blank(cell) else self._read(cell)
        if len(self.known) < REMEMBERED and (self.column.unknown is None or found != self.column.unknown):
            self.known[cell] = found
        return found

    def _read(self, cell: Any) -> Any:
        column = self.column
        if column.type == "money":
            return cell
        if column.type in ("moment", "day"):
            found = moment(cell, self.is_day_first)
            return found if column.type == "moment" else found[:10]
        if column.type != "word":
            return values.READERS[column.type](cell)
        word = values.word(cell, column)
        if word is None:
            self.findings.remarks[
                f"{column.heading.capitalize()} “{values.text(cell)[:40]}” was taken as “{column.unknown}”."
            ] += 1
        return word or column.unknown


class _SheetReader:
    """Reads one sheet: once for the order of day and month in its date columns, once for its records."""

    def __init__(self, sheet: Sheet, line: int, layout: Layout, headings: list[str], findings: Findings, seen: _Seen) -> None:
        self.sheet, self.line, self.layout, self.headings = sheet, line, layout, headings
        self.findings, self.seen = findings, seen
        self.order: dict[int, bool | None] = {}
        self.plans: dict[str, list[tuple[Column, list[_Place]]]] = {}

    def records(self) -> Iterator[tuple[str, dict[str, Any]]]:
        self.order = self._orders()
        for row in self._body():
            try:
                record = self._record(row)
            except ValueError as error:
                entity = next(iter(self.layout.places)) if self.layout.record is None else ""
                self.findings.refuse(BadRow(self.sheet.title, row.line, _sentence(str(error)), self._said(row), entity))
            else:
                if record:
                    yield record

    def _body(self) -> Iterator[Row]:
        return (row for row in self.sheet.rows() if row.line > self.line)

    def _orders(self) -> dict[int, bool | None]:
        orders = {place: DayOrder() for place in self.layout.moments()}
        for row in self._body():
            cells = row.cells
            for place, order in orders.items():
                if place < len(cells):
                    order.see(cells[place])
        return {place: order.is_day_first for place, order in orders.items()}

    def _record(self, row: Row) -> tuple[str, dict[str, Any]] | None:
        if row.problem:
            raise ValueError(row.problem)
        width = len(self.headings)
        if len(row.cells) > width and any(not values.is_blank(cell) for cell in row.cells[width:]):
            raise ValueError(f"{len(row.cells)} cells under {width} headings; a cell that holds the delimiter needs quotes")
        entity = self._entity(row)
        kind = kinds()[entity]
        record, reasons = self._values(row, kind)
        reasons = reasons or _missing(kind, record) + _contradictions(record)
        if reasons:
            raise ValueError("; ".join(reasons))
        return self._identified(kind, record)

    def _entity(self, row: Row) -> str:
        if self.layout.record is None:
            return next(iter(self.layout.places))
        said = row.cells[self.layout.record] if self.layout.record < len(row.cells) else None
        entity = None if values.is_blank(said) else kind_named(str(said))
        if entity is None:
            raise ValueError(f"record “{said or ''}” is none of site, update, backup, incident, hours")
        return entity

    def _values(self, row: Row, kind: Kind) -> tuple[dict[str, Any], list[str]]:
        record: dict[str, Any] = {"id": None}
        reasons: list[str] = []
        amounts: list[tuple[Column, Any]] = []
        cells, width = row.cells, len(row.cells)
        for column, places in self._plan(kind):
            record[column.name] = column.default
            for place in places:
                try:
                    found = place.value(cells[place.place]) if place.place < width else None
                except ValueError as error:
                    reasons.append(f"{self.headings[place.place].strip()}: {error}")
                    break
                if found is not None:
                    record[column.name] = found
                    break
            if record[column.name] is None and column.name in self.layout.given:
                record[column.name] = self.layout.given[column.name]
            if column.type == "money" and record[column.name] is not None:
                amounts.append((column, record[column.name]))
        for column, cell in amounts:
            try:
                record["currency"] = record["currency"] or values.currency_of(cell)
                record[column.name] = values.money(cell, record["currency"])
            except ValueError as error:
                reasons.append(f"{column.heading}: {error}")
        return record, reasons

    def _plan(self, kind: Kind) -> list[tuple[Column, list["_Place"]]]:
        if kind.entity not in self.plans:
            known = self.layout.places[kind.entity]
            self.plans[kind.entity] = [
                (column, [_Place(column, place, self.order.get(place), self.findings) for place in known.get(name, ())])
                for name, column in kind.columns.items()
            ]
        return self.plans[kind.entity]

    def _identified(self, kind: Kind, record: dict[str, Any]) -> tuple[str, dict[str, Any]] | None:
        """The record with its id; None for a row that says again what an earlier row of the file says.

        Two rows with the same key and other values are two events of one day, so the second gets an id of its own;
        hours add up even where two rows are alike.
        """
        key = _key(kind, record)
        said = hash(orjson.dumps(record))
        place = 1
        while (identity := key if place == 1 else f"{key}-{place}") in self.seen.said:
            if kind.entity != "hours" and self.seen.said[identity] == said:
                self.findings.repeated_rows += 1
                return None
            if kind.entity == "sites":
                raise ValueError(f"{record['site']} stands in an earlier row with other values; that row counts")
            place += 1
        self.seen.said[identity] = said
        record["id"] = identity
        return kind.entity, record

    def _said(self, row: Row) -> dict[str, str]:
        cells = ["" if cell is None else values.text(cell)[:200] for cell in row.cells[: len(self.headings) + 5]]
        names = [*self.headings, *(f"column {place + 1}" for place in range(len(self.headings), len(cells)))]
        return {name: cell for name, cell in zip(names, cells, strict=False) if name}


def _key(kind: Kind, record: dict[str, Any]) -> str:
    if kind.entity == "sites":
        return str(record["site"])
    return identity(kind.entity, *(record[name] for name in kind.key))


def _missing(kind: Kind, record: dict[str, Any]) -> list[str]:
    groups = [group for group in kind.needs_one if all(record[name] is None for name in group)]
    groups += [(name,) for name in kind.required if record[name] is None]
    return [f"{' or '.join(kind.columns[name].heading for name in group)} is missing" for group in groups]


def _contradictions(record: dict[str, Any]) -> list[str]:
    start, end = record.get("at"), record.get("ended_at")
    if start and end and end[: min(len(start), len(end), 19)] < start[: min(len(start), len(end), 19)]:
        return ["it ends before it starts"]
    return []


def _sentence(reason: str) -> str:
    return reason[:1].upper() + reason[1:500] + ("" if reason.endswith(".") else ".")
