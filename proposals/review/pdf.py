"""A review as a PDF on A4, each page with its number; the same report gives the same bytes."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from proposals import paper
from proposals.review.report import Report
from proposals.review.sections import Table

TEMPLATE = Path(__file__).with_name("report.typ")


def document(report: Report) -> bytes:
    """The PDF; text is passed as data and never read as markup. InputError where it can't be set."""
    return paper.printed(TEMPLATE, _as_data(report), report.dated_on)


def _as_data(report: Report) -> dict[str, Any]:
    data = paper.breakable(asdict(report))
    data["dated_on"] = [report.dated_on.year, report.dated_on.month, report.dated_on.day]
    for section, given in zip(data["sections"], report.sections, strict=True):
        section["svg"] = given.svg
        if given.table:
            section["table"]["widths"] = _widths(given.table)
    return dict(data)


def _widths(table: Table) -> list[str]:
    """Figures and short texts take what they need, long ones share the rest."""
    longest = [max(len(row[column]) for row in table.rows) for column in range(len(table.headings))]
    return ["auto" if right or size <= 13 else "rest" for right, size in zip(table.is_figure, longest, strict=True)]
