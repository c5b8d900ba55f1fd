"""HTML files that a client or the user keeps: templates in which everything is escaped and nothing may be undefined."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template


@cache
def template(path: Path) -> Template:
    """The Jinja template of that file."""
    loader = FileSystemLoader(path.parent)
    environment = Environment(loader=loader, undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template(path.name)
