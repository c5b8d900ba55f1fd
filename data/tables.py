"""Frames as text: an aligned table for people, CSV and JSON for machines."""

import csv
import io
import json
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(frame: "pandas.DataFrame", form: str) -> str:
    """The frame as `table`, `csv` or `json`, with a line end; whole numbers without a point, nothing for what is unknown."""
    columns = list(frame.columns)
    rows = [[plain(value) for value in row] for row in frame.astype(object).itertuples(index=False, name=None)]
    if form == "json":
        return json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=1) + "\n"
    if form == "csv":
        return write_csv(columns, rows)
    cells = [columns, *[["" if value is None else str(value) for value in row] for row in rows]]
    widths = [max(len(line[column]) for line in cells) for column in range(len(columns))]
    is_number = [any(isinstance(row[column], int | float) for row in rows) for column in range(len(columns))]
    lines = (
        "  ".join(
            text.rjust(width) if right else text.ljust(width)
            for text, width, right in zip(line, widths, is_number, strict=True)
        )
        for line in cells
    )
    return "\n".join(line.rstrip() for line in lines) + "\n"


def write_csv(columns: list[str], rows: list[list[Any]]) -> str:
    """CSV (RFC 4180, line feeds), no text cell of which a spreadsheet takes for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([guarded(value) for value in row] for row in rows)
    return out.getvalue()


def guarded(value: Any) -> Any:
    """The cell, with an apostrophe before text that a spreadsheet would run as a formula."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_STARTS) else value


def plain(value: Any) -> Any:
    """A cell as int, float, str, bool or None: no NaN, no NaT, whole floats of counts kept as they are."""
    if value is None or (not isinstance(value, str) and str(value) in ("nan", "NaT", "<NA>")):
        return None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return None if math.isinf(value) else int(value) if value.is_integer() and abs(value) < 2**53 else value
    return value if isinstance(value, str | int | float | bool) else str(value)
