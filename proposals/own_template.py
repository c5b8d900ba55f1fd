"""A user's own template: rendered by a process with limits (proposals/sandbox.py), its mistakes told with their line."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.errors import InputError
from proposals import sandbox

PATIENCE = 8  # seconds of waiting, with the start of the process on a busy machine
LARGEST = 200_000  # characters of a template file
PASSED_ON = ("PATH", "SYSTEMROOT", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "HOME", "TEMP", "TMP")  # no secret among them


class OwnTemplateError(InputError):
    """Your own template can't be used; without it the shipped one is."""


def rendered(path: Path, values: Mapping[str, Any]) -> str:
    """The text that this template gives for these values (JSON types, and `v` for the register).

    Raises OwnTemplateError with the line where it can be told: for a mistake, too long a text, too much time or memory.
    """
    plain = {name: value for name, value in values.items() if name != "v"}
    register = values["v"]("formal", "informal")
    asked = {"folder": str(path.parent), "name": path.stem, "values": plain, "register": register}
    answer = _answer(json.dumps(asked, sort_keys=True), _source(path))
    if "text" in answer:
        return str(answer["text"])
    line = f", line {answer['line']}" if answer["line"] else ""
    raise OwnTemplateError(
        f"Your template {path.parent.name}/{path.name} can't be used{line}: {answer['problem']}.",
        f"Mend {path}, or remove it: the shipped one is used then; `draft --shipped-templates` passes it over.",
    )


def _source(path: Path) -> str:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise OwnTemplateError(
            f"Your template {path} can't be read: {reason}.", "Save it as a text file, or remove it."
        ) from error
    if len(text) > LARGEST:
        raise OwnTemplateError(f"Your template {path} has more than {LARGEST:,} characters.", "Shorten it, or remove it.")
    return text


@lru_cache(maxsize=64)
def _answer(asked: str, source: str) -> dict[str, Any]:
    """What the process says, {text} or {problem, line}; kept while neither template nor values change, failures too."""
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    command = [sys.executable, "-P", sandbox.__file__]
    try:
        done = subprocess.run(  # noqa: S603 - our own script, its input as data
            command, input=asked.encode(), capture_output=True, timeout=PATIENCE, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        return {"problem": "it takes too long; look for a loop without end", "line": None}
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return {"problem": "it takes too much time or memory; look for a loop without end", "line": None}
    return answer
