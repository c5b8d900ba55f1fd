"""The cells of one column into values: each spelling is read once, since cells repeat."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from data.sources.files import Findings
from data.sources.maintenance import values
from data.sources.maintenance.dates import is_doubtful, moment
from data.sources.maintenance.layout import Column

REMEMBERED = 20_000  # spellings a column


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that can't be read, and why."""

    reason: str


class Cells(dict[Any, Any]):
    """One column of a kind at one place of the sheet: written cell → value, None where it says nothing, or Bad.

    `is_day_first` tells the order of day and month in the column, and is only asked when a cell leaves it open.
    """

    def __init__(self, column: Column, is_day_first: Callable[[], bool | None], findings: Findings) -> None:
        self.column, self.is_day_first, self.findings = column, is_day_first, findings

    def all(self, cells: Sequence[Any]) -> list[Any]:
        """The value of each cell. Only text is remembered: a workbook's 1, 1.0 and True would be one key."""
        return [self[cell] if cell.__class__ is str else self._value(cell) for cell in cells]

    def __missing__(self, cell: str) -> Any:
        found = self._value(cell)
        # A word that is taken for “other” is remarked upon at each row.
        if len(self) < REMEMBERED and (self.column.unknown is None or found != self.column.unknown):
            self[cell] = found
        return found

    def _value(self, cell: Any) -> Any:
        try:
            return None if values.is_blank(cell) else self._read(cell)
        except ValueError as error:
            return Bad(str(error))

    def _read(self, cell: Any) -> Any:
        column = self.column
        if column.type == "money":
            return cell
        if column.type in ("moment", "day"):
            found = moment(cell, self.is_day_first() if is_doubtful(cell) else None)
            return found if column.type == "moment" else found[:10]
        if column.type != "word":
            return values.READERS[column.type](cell)
        word = values.word(cell, column)
        if word is None:
            self.findings.remark(f"{column.heading.capitalize()} “{values.text(cell)[:40]}” was taken as “{column.unknown}”.")
        return word or column.unknown
