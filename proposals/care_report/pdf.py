"""A report as a PDF on A4, each page with its number; the same report gives the same bytes."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import typst

from data.errors import InputError
from proposals.care_report.report import Report
from proposals.paper import breakable, noon

TEMPLATE = Path(__file__).with_name("report.typ")
# What the fonts inside typst can set. For other writing the machine's own fonts are asked, which differ from place to place.
_BUILT_IN = re.compile("[\u0000-\u058f\u1e00-\u23ff\u25a0-\u27bf\ufb00-\ufb06]*")


def document(report: Report) -> bytes:
    """The PDF; text is passed as data and never read as markup. InputError where it can't be set."""
    text = json.dumps(breakable(_as_data(report)), ensure_ascii=False)
    try:
        made = _compiler(bool(_BUILT_IN.fullmatch(text))).compile(
            input=TEMPLATE.read_bytes(), format="pdf", sys_inputs={"report": text}, timestamp=noon(report.dated_on)
        )
    except typst.TypstError as error:
        raise InputError("The PDF could not be made.", "The HTML file holds the same.") from error
    return bytes(made)  # type: ignore[arg-type]


def _as_data(report: Report) -> dict[str, Any]:
    return {
        "language": report.email.language,
        "title": report.title,
        "client": report.client_name,
        "dated_on": [report.dated_on.year, report.dated_on.month, report.dated_on.day],
        "page_words": report.page_words,
        "tiles": [{"value": tile.value, "label": tile.label} for tile in report.tiles],
        "blocks": [
            {"kind": block.kind, "lines": [f"{text} {note}".strip() for text, note in block.lines]} for block in report.blocks
        ],
    }


@cache
def _compiler(is_built_in: bool) -> typst.Compiler:
    return typst.Compiler(ignore_system_fonts=is_built_in)
