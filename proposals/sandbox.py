"""Rendering in a sandbox with strict undefined names, and a process of its own for a user's template.

The sandbox stops reaching out, not endless loops nor memory bombs; so a user's own template is rendered by this file run as a
script, without our secrets in its environment, under limits of time and memory. It imports nothing of ours: it starts quickly.
Standard input: {"folder", "name", "values", "register"}; standard output: {"text"} or {"problem", "line"}.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

LARGEST = 60_000  # characters of a rendered document
SECONDS, BYTES = 2, 512 * 1024 * 1024
VALUE = "\ue000"  # stands before each value that could be read as markup; private use, so no note can hold it
MISTAKES = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError, MemoryError)


class TooLong(Exception):
    """A template gives more text than any e-mail holds."""


def environment(folder: Path) -> ImmutableSandboxedEnvironment:
    """The sandbox over one folder of templates; undefined names are mistakes, values can't start markup."""
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,  # this gives plain text; the HTML layout escapes
        finalize=_value,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def rendered(sandbox: ImmutableSandboxedEnvironment, name: str, values: dict[str, Any]) -> str:
    """The text that a template gives; raises TooLong, and jinja2's own errors."""
    return "".join(_limited(sandbox.get_template(f"{name}.j2").generate(values)))


def line_of(error: BaseException) -> int | None:
    """The line of the template on which a mistake stands, if it is known."""
    if (line := getattr(error, "lineno", None)) is not None:
        return int(line)
    found, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(".j2"):
            found = trace.tb_lineno
        trace = trace.tb_next
    return found


def said(error: BaseException) -> str:
    """A mistake in a few words, on one line."""
    if isinstance(error, MemoryError):
        return "it takes too much memory"
    if isinstance(error, TemplateNotFound):
        return f"it includes “{error.name}”, which is not there"
    return " ".join(str(error).split())[:300] or type(error).__name__


def _limited(pieces: Iterable[str]) -> Iterator[str]:
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > LARGEST:
            raise TooLong(f"it gives more than {LARGEST:,} characters")
        yield piece


def _value(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    line = " ".join(value.splitlines())
    return VALUE + line if line[:1] in "#- S" else line


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the caller's time limit still holds
        return
    for kind, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, BYTES)):
        try:
            hard = resource.getrlimit(kind)[1]
            resource.setrlimit(kind, (most if hard < 0 else min(most, hard), hard))
        except (ValueError, OSError):  # some systems know the limit and refuse to set it
            continue


def _main() -> None:
    asked = json.load(sys.stdin)
    _limit()
    is_informal = asked["register"] == "informal"
    values = {**asked["values"], "v": lambda formal, informal: informal if is_informal else formal}
    try:
        answer: dict[str, Any] = {"text": rendered(environment(Path(asked["folder"])), asked["name"], values)}
    except (*MISTAKES, TooLong, OSError) as error:
        answer = {"problem": said(error), "line": line_of(error)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _main()
