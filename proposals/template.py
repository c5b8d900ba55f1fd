"""Templates: sandboxed Jinja with strict undefined names, and the small markup that one text and one HTML are made from.

A template is `languages/<code>/<name>.j2`, or the user's own of the same name in `templates/<code>/` of the home folder. It
renders to lines: `Subject: …` first, `## heading`, `### option` (`###! option` for the recommended one), `- item`, an
indented line as an item's note, and paragraphs parted by blank lines. A value can't start any of these: what comes from
notes is data.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from data.errors import InputError
from proposals import own_template, sandbox
from proposals.language import FOLDER


@dataclass(frozen=True)
class Block:
    """A piece of a document: kind `heading`, `option`, `paragraph` or `items`; `lines` are (text, note) pairs."""

    kind: str
    lines: tuple[tuple[str, str], ...]
    is_marked: bool = False

    @property
    def text(self) -> str:
        """The first line's text."""
        return self.lines[0][0]


def render(name: str, code: str, values: dict[str, Any], home: Path | None = None) -> tuple[str, tuple[Block, ...]]:
    """The subject and the blocks of a document, by the user's own template in that home if there is one, else the shipped one.

    Raises OwnTemplateError where the user's own can't be used, InputError where a shipped one is missing or broken.
    """
    if home and (own := home / "templates" / code / f"{name}.j2").exists():
        return blocks(own_template.rendered(own, values))
    try:
        return blocks(sandbox.rendered(_environment(code), name, values))
    except TemplateNotFound as error:
        raise InputError(f"There is no template “{name}” in “{code}”.", "Restore the file.") from error
    except (*sandbox.MISTAKES, sandbox.TooLong) as error:
        raise InputError(
            f"The template {name}.j2 ({code}) can't be used: {sandbox.said(error)}.", "Restore the file."
        ) from error


def voice(register: str) -> Callable[[str, str], str]:
    """What templates call `v`: of two wordings, formal and informal, the one of that register."""
    return lambda formal, informal: informal if register == "informal" else formal


def layout(values: dict[str, Any]) -> str:
    """The HTML page of blocks, everything escaped, before its styles are inlined."""
    return _layout_environment().get_template("layout.html.j2").render(values)


def blocks(text: str) -> tuple[str, tuple[Block, ...]]:
    """The subject (empty where the text has none) and the blocks of rendered template text."""
    subject, found = "", list[Block]()
    for line in text.split("\n"):
        if line.startswith("Subject:") and not subject and not found:
            subject = _shown(line.removeprefix("Subject:"))
        elif not line.strip():
            found.append(Block("gap", ()))
        else:
            _add(found, line)
    return subject, tuple(block for block in found if block.kind != "gap")


def as_source(subject: str, document: tuple[Block, ...]) -> str:
    """Subject and blocks as the markup that `blocks` reads back: what the user edits."""
    parts = [f"Subject: {subject}"]
    for block in document:
        mark = {"heading": "## ", "option": "###! " if block.is_marked else "### "}.get(block.kind, "")
        if block.kind == "items":
            parts.append("\n".join(f"- {text}" + (f"\n  {note}" if note else "") for text, note in block.lines))
        else:
            parts.append("\n".join(mark + text for text, _ in block.lines))
    return "\n\n".join(parts) + "\n"


def as_text(document: tuple[Block, ...]) -> str:
    """The blocks as a plain-text e-mail: one line a paragraph, a dash before each item."""
    parts = []
    for block in document:
        if block.kind == "items":
            parts.append("\n".join(f"- {text}" + (f"\n  {note}" if note else "") for text, note in block.lines))
        else:
            parts.append("\n".join(text for text, _ in block.lines))
    joined = ""
    for block, part in zip(document, parts, strict=True):
        before = _before(document, block)
        is_close = before == "option" or (block.kind == "items" and before in ("heading", "paragraph"))
        joined += ("\n" if is_close else "\n\n" if joined else "") + part
    return joined + "\n"


@cache
def _environment(code: str) -> ImmutableSandboxedEnvironment:
    """Kept, so that a template is compiled once."""
    return sandbox.environment(FOLDER / code)


@cache
def _layout_environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(FOLDER), undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


def _before(document: tuple[Block, ...], block: Block) -> str:
    place = next(i for i, other in enumerate(document) if other is block)
    return document[place - 1].kind if place else ""


def _add(found: list[Block], line: str) -> None:
    last = found[-1] if found else Block("gap", ())
    marker = re.match(r"(### |###! |## |- |  +)", line)
    kind = {"### ": "option", "###! ": "option", "## ": "heading", "- ": "items"}.get(marker[1] if marker else "", "")
    text = _shown(line[marker.end() :] if marker else line)
    if kind == "items" and last.kind == "items":
        found[-1] = Block("items", (*last.lines, (text, "")))
    elif kind:
        found.append(Block(kind, ((text, ""),), is_marked=line.startswith("###!")))
    elif marker and last.kind == "items":
        item, note = last.lines[-1]
        found[-1] = Block("items", (*last.lines[:-1], (item, f"{note} {text}".strip())))
    elif last.kind == "paragraph":
        found[-1] = Block("paragraph", (*last.lines, (text, "")))
    else:
        found.append(Block("paragraph", ((text, ""),)))


def _shown(text: str) -> str:
    return " ".join(part for part in text.replace(sandbox.VALUE, "").split(" ") if part)
