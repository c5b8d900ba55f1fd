"""Files to hand out: the template with example rows, and the list of rows that an import left out."""

import csv
import io
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from data.errors import InputError
from data.sources.files import BadRow
from data.sources.maintenance.layout import ENTITIES, kinds
from data.tables import guarded

RECORD = {"sites": "site", "updates": "update", "backups": "backup", "incidents": "incident", "hours": "hour"}


def template(kind: str = "csv") -> bytes:
    """The file to fill in, with example rows: `csv` is one table with a column `record`, `xlsx` a workbook with a sheet a kind.

    Its example rows are about example.com and can be imported as they stand. InputError for any other kind.
    """
    if kind == "csv":
        headings = ["record", *dict.fromkeys(heading for entity in ENTITIES for heading in _headings(entity))]
        rows = [{"record": RECORD[entity], **row} for entity in ENTITIES for row in _examples()[entity]]
        return _csv(headings, ([row.get(heading, "") for heading in headings] for row in rows))
    if kind == "xlsx":
        return _workbook()
    raise InputError(f"There is no template “{kind}”.", "Ask for csv or xlsx.")


def bad_rows_csv(bad: Iterable[BadRow]) -> bytes:
    """The rows that were left out as a CSV file: sheet, line and reason, then their cells, to be mended and imported again."""
    rows = list(bad)
    headings = list(dict.fromkeys(heading for row in rows for heading in row.values))
    known = [*(["record"] if any(row.entity for row in rows) else []), *headings]
    cells = ({"record": RECORD.get(row.entity, ""), **row.values} for row in rows)
    return _csv(
        ["sheet", "line", "left_out_because", *known],
        (
            [row.sheet, row.line, row.reason, *(said.get(heading, "") for heading in known)]
            for row, said in zip(rows, cells, strict=True)
        ),
    )


def _csv(headings: list[str], rows: Iterable[Iterable[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(heading) for heading in headings])
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")  # Excel reads UTF-8 only with its mark


def _workbook() -> bytes:
    import openpyxl  # only now: it takes a while to load
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    book.remove(book.active)
    for entity in ENTITIES:
        sheet = book.create_sheet(entity)
        headings = _headings(entity)
        sheet.append(headings)
        for row in _examples()[entity]:
            sheet.append([guarded(row.get(heading)) for heading in headings])
        for column, heading in enumerate(headings, start=1):
            sheet.cell(1, column).font = Font(bold=True)
            sheet.column_dimensions[sheet.cell(1, column).column_letter].width = max(12, len(heading) + 2)
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _headings(entity: str) -> list[str]:
    return [column.heading for column in kinds()[entity].columns.values()]


@cache
def _examples() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((Path(__file__).parent / "examples.toml").read_text(encoding="utf-8"))
