"""A report as a PDF on A4, each page with its number; the same report gives the same bytes."""

from pathlib import Path
from typing import Any

from proposals import paper
from proposals.care_report.report import Report

TEMPLATE = Path(__file__).with_name("report.typ")


def document(report: Report) -> bytes:
    """The PDF; text is passed as data and never read as markup. InputError where it can't be set."""
    return paper.printed(TEMPLATE, paper.breakable(_as_data(report)), report.dated_on)


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
