"""Excel workbooks (.xlsx, .xlsm) as sheets of rows, with a reason beside each row that a formula or merge makes unreadable."""

import io
import warnings
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import zip_longest
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from data.errors import InputError
from data.sources.maintenance.rows import CSV_HINT, Row, Sheet

LARGEST_UNPACKED = 2**29
KEPT_ROWS = 200_000
OLD_FORMAT = b"\xd0\xcf\x11\xe0"
PROTECTED = "EncryptedPackage".encode("utf-16-le")


def workbook_sheets(content: bytes, name: str) -> list[Sheet]:
    """Every visible sheet of the workbook.

    Raises InputError for a protected or damaged workbook, an old .xls, and for a packed file that is no workbook.
    """
    if content.startswith(OLD_FORMAT):
        if PROTECTED in content:
            raise InputError(f"{name} is protected with a password.", "Save it without a password, then import it again.")
        raise InputError(f"{name} is in Excel's old format (.xls).", CSV_HINT)
    has_merges, has_formulas = _oddities(content, name)
    book = _open(content, name, values=True)
    merges = _merges(content, name) if has_merges else {}
    return [
        Sheet(sheet.title, _Kept(partial(_rows, content, name, sheet.title, has_formulas, merges.get(sheet.title, {}))))
        for sheet in book.worksheets
        if sheet.sheet_state == "visible"
    ]


class _Kept:
    """A sheet’s rows, read from the file once, since unpacking takes far longer than all else; a very long sheet isn’t kept."""

    def __init__(self, rows: Callable[[], Iterator[Row]]) -> None:
        self._rows = rows
        self._kept: list[Row] | None = None

    def __call__(self) -> Iterator[Row]:
        return self._reading() if self._kept is None else iter(self._kept)

    def _reading(self) -> Iterator[Row]:
        kept: list[Row] = []
        for number, row in enumerate(self._rows()):
            if number < KEPT_ROWS:
                kept.append(row)
            yield row
        if len(kept) < KEPT_ROWS:
            self._kept = kept


def _oddities(content: bytes, name: str) -> tuple[bool, bool]:
    """Whether any sheet has merged cells, and formulas; both cost a second reading, so they are looked for first."""
    has_merges = has_formulas = False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if not any(entry.startswith("xl/workbook") for entry in packed.namelist()):
                raise InputError(f"{name} is neither CSV nor an Excel workbook.", CSV_HINT)
            if sum(entry.file_size for entry in packed.infolist()) > LARGEST_UNPACKED:
                raise InputError(
                    f"{name} unpacks to more than {LARGEST_UNPACKED // 2**20} MB.", "Save the sheets as CSV instead."
                )
            for entry in packed.namelist():
                if entry.startswith("xl/worksheets/"):
                    part = packed.read(entry)
                    has_merges = has_merges or b"<mergeCell " in part
                    has_formulas = has_formulas or b"<f>" in part or b"<f " in part
        return has_merges, has_formulas
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise _damaged(name) from error


def _open(content: bytes, name: str, *, values: bool, read_only: bool = True) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it drops (drop-down lists, styles); none of it is data
            return openpyxl.load_workbook(io.BytesIO(content), read_only=read_only, data_only=values)
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise _damaged(name) from error


def _damaged(name: str) -> InputError:
    return InputError(f"{name} can't be opened as an Excel workbook.", "Open it in Excel or LibreOffice and save it again.")


def _merges(content: bytes, name: str) -> dict[str, dict[int, str]]:
    """By sheet: the rows that a merge over several cells touches, with the merge's place."""
    book = _open(content, name, values=True, read_only=False)
    return {
        sheet.title: {
            line: str(merged) for merged in sheet.merged_cells.ranges for line in range(merged.min_row, merged.max_row + 1)
        }
        for sheet in book.worksheets
    }


def _rows(content: bytes, name: str, title: str, has_formulas: bool, merged: dict[int, str]) -> Iterator[Row]:
    values = _cells(content, name, title, values=True)
    formulas = _cells(content, name, title, values=False) if has_formulas else iter(())
    for line, (cells, written) in enumerate(zip_longest(values, formulas, fillvalue=()), start=1):
        if any(cell is not None for cell in (*cells, *written)):
            yield Row(line, list(cells), _problem(cells, written, merged.get(line)))


def _cells(content: bytes, name: str, title: str, *, values: bool) -> Iterator[tuple[Any, ...]]:
    rows = _open(content, name, values=values)[title].iter_rows(values_only=True)
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                cells = next(rows)
        except StopIteration:
            return
        except Exception as error:  # a sheet that is torn halfway raises whatever its parser raises
            raise _damaged(name) from error
        yield cells


def _problem(cells: tuple[Any, ...], written: tuple[Any, ...], merged: str | None) -> str:
    if merged:
        return f"cells are merged here ({merged}); unmerge them and fill each row"
    for place, (value, formula) in enumerate(zip_longest(cells, written)):
        if value is None and formula is not None:
            column = get_column_letter(place + 1)
            return (
                f"column {column} holds a formula whose result is not in the file; open and save it in Excel, or paste values"
            )
        if isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "/A")):
            return f"a cell shows the error {value}"
    return ""
