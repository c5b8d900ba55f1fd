"""A report as one HTML file: light and dark, no script, nothing from another host; everything in it is escaped."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from proposals.care_report.report import Report


def page(report: Report) -> str:
    """The file's text; the same report gives the same text."""
    return _template().render(report=report)


@cache
def _template() -> Template:
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=loader, undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("report.html.j2")
