"""A review as one HTML file: pictures inside, light and dark, no script, nothing from another host."""

from pathlib import Path

from proposals import web_page
from proposals.review.report import Report

TEMPLATE = Path(__file__).with_name("report.html.j2")


def page(report: Report) -> str:
    """The file's text; everything that comes from data is escaped, and the same report gives the same text."""
    return web_page.template(TEMPLATE).render(report=report)
