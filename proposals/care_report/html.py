"""A report as one HTML file: light and dark, no script, nothing from another host; everything in it is escaped."""

from pathlib import Path

from proposals import web_page
from proposals.care_report.report import Report

TEMPLATE = Path(__file__).with_name("report.html.j2")


def page(report: Report) -> str:
    """The file's text; the same report gives the same text."""
    return web_page.template(TEMPLATE).render(report=report)
