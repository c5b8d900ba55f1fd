"""Rows and sheets: what a table in a file is, whichever kind of file it was."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

CSV_HINT = "Save it as CSV (UTF-8) or as an Excel workbook (.xlsx), with the headings of the template."


class Row(NamedTuple):
    """One row: the line where it begins (from 1), its cells, and why it can't be read, if so."""

    line: int
    cells: list[Any]
    problem: str = ""


@dataclass(frozen=True)
class Sheet:
    """One table of a file; `rows()` reads it anew from its start, headings included."""

    title: str
    rows: Callable[[], Iterator[Row]]
    delimiter: str = ""
