"""Another tool's file as a table of cells: its headings and the rows below them."""

from dataclasses import dataclass
from typing import Any

from data.errors import InputError
from data.sources.maintenance.rows import CSV_HINT
from data.sources.maintenance.sheets import HEADING_ROWS, Sheet, sheets

HINT = "It needs a heading row, then a line a client with a column a month, or lines of client, month and amount."


@dataclass(frozen=True)
class Table:
    """Headings (unique; a blank one is named by its place) and rows, each with its line in the file (from 1)."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Any, ...]], ...]

    def column(self, heading: str) -> list[Any]:
        """All cells under a heading."""
        place = self.headings.index(heading)
        return [cells[place] for _, cells in self.rows]


def read_table(content: bytes, name: str) -> Table:
    """The first table of a CSV file (any usual encoding and delimiter) or Excel workbook. InputError where there is none."""
    for sheet in _sheets(content, name):
        found = [row for row in sheet.rows() if any(str(cell or "").strip() for cell in row.cells)]
        top = _heading_row([row.cells for row in found[:HEADING_ROWS]])
        if top is None or len(found) < top + 2:
            continue
        headings = _unique([_text(cell) for cell in found[top].cells])
        rows = tuple(
            (row.line, tuple([*row.cells, *[None] * len(headings)][: len(headings)]))
            for row in found[top + 1 :]
            if not row.problem
        )
        return Table(name, headings, rows)
    raise InputError(f"{name} holds no table of clients and months.", HINT)


def _sheets(content: bytes, name: str) -> list[Sheet]:
    try:
        return sheets(content, name)
    except InputError as error:  # there is no template of such a file
        raise InputError(error.title, HINT if error.hint == CSV_HINT else error.hint) from error


def _heading_row(rows: list[list[Any]]) -> int | None:
    """The first row as wide as the table; titles and remarks above it are narrower."""
    widths = [sum(1 for cell in cells if _text(cell)) for cells in rows]
    return next((place for place, width in enumerate(widths) if width >= 2 and width >= 0.6 * max(widths)), None)


def _text(cell: Any) -> str:
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat())[:10]
    return " ".join(str("" if cell is None else cell).split())


def _unique(headings: list[str]) -> tuple[str, ...]:
    named: list[str] = []
    for place, heading in enumerate(headings, start=1):
        name = heading or f"Column {place}"
        named.append(name if name not in named else f"{name} ({place})")
    return tuple(named)
