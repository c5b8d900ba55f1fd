"""A file's bytes as sheets of rows: CSV of any usual encoding and delimiter; workbooks are read in excel.py."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path, PurePath

from data.errors import InputError
from data.sources.maintenance.rows import CSV_HINT, Row, Sheet

LARGEST = 200 * 2**20
HEADING_ROWS = 20  # titles and remarks above the headings
LONGEST_ROW = 20  # lines; a longer row is an open quotation mark that swallowed its neighbours
DELIMITERS = ",;\t|"
OTHER_FILES = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a packed file",
    b"{\\rtf": "a text document",
}


def file_content(path: Path) -> bytes:
    """The bytes of a file; InputError where it can't be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"There is no file {path}.", "Check the path.") from None
    except OSError as error:
        raise InputError(f"{path.name} can't be read.", error.strerror or "") from error


def line_count(content: bytes) -> int | None:
    """About how many lines a text file has; None of a workbook."""
    return None if content.startswith(b"PK") else content.count(b"\n")


def sheets(content: bytes, filename: str) -> list[Sheet]:
    """The sheets of a CSV file or an Excel workbook; what it is, is seen from its first bytes, not from its name.

    Raises InputError, one sentence and a hint, for a file that is empty, too large, protected or of another kind.
    """
    name = PurePath(filename).name or "the file"
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise InputError(f"{name} is empty.", CSV_HINT)
    if len(content) > LARGEST:
        raise InputError(
            f"{name} is larger than {LARGEST // 2**20} MB.", "Split it, for example by year; importing twice makes no doubles."
        )
    for start, what in OTHER_FILES.items():
        if content.startswith(start):
            raise InputError(f"{name} is {what}, not a table.", CSV_HINT)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        from data.sources.maintenance.excel import workbook_sheets

        return workbook_sheets(content, name)
    return [_csv(content, name)]


def _csv(content: bytes, name: str) -> Sheet:
    encoding = _encoding(content, name)
    with io.TextIOWrapper(io.BytesIO(content), encoding, errors="replace", newline="") as stream:
        head = stream.read(64 * 1024)
    delimiter = _delimiter(head)
    return Sheet(PurePath(name).stem, lambda: _rows(content, encoding, delimiter), delimiter)


def _encoding(content: bytes, name: str) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = content[:4096]
    if sample.count(0) > len(sample) // 4:
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    if 0 in sample:
        raise InputError(f"{name} is not a text file.", CSV_HINT)
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        for start in range(0, len(content), 2**20):
            decoder.decode(content[start : start + 2**20])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _delimiter(head: str) -> str:
    """The sign that parts the headings: the one that stands most often, outside quotes, in a row that has two cells or more."""
    lines = head.splitlines()[:HEADING_ROWS]
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0].strip()[4]
    counts = {sign: [len(next(csv.reader([line], delimiter=sign), [])) for line in lines] for sign in DELIMITERS}
    first = next((place for place in range(len(lines)) if max(count[place] for count in counts.values()) > 1), None)
    return "," if first is None else max(DELIMITERS, key=lambda sign: counts[sign][first])


def _rows(content: bytes, encoding: str, delimiter: str) -> Iterator[Row]:
    with io.TextIOWrapper(io.BytesIO(content), encoding, errors="replace", newline="") as stream:
        reader, line = csv.reader(stream, delimiter=delimiter), 1
        while True:
            try:
                for cells in reader:
                    spans = reader.line_num - line + 1
                    if any(cells):
                        yield Row(line, cells, "" if spans <= LONGEST_ROW else _swallowed(spans))
                    line = reader.line_num + 1
                return
            except csv.Error:
                yield Row(line, [], "a cell is too long; is a quotation mark left open?")
                line = reader.line_num + 1


def _swallowed(spans: int) -> str:
    return f"this row spans {spans} lines; is a quotation mark left open?"
