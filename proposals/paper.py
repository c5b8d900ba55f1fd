"""What PDFs share: typst's compiler, data with places to break in words that are too long for a line, the instant of a day."""

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import typst

from data.errors import InputError

LONGEST_WORD = 28
# What the fonts inside typst can set. For other writing the machine's own fonts are asked, which differ from place to place.
_BUILT_IN = re.compile("[\u0000-\u058f\u1e00-\u23ff\u25a0-\u27bf\ufb00-\ufb06]*")


def printed(template: Path, report: Mapping[str, Any], dated_on: date) -> bytes:
    """The PDF that a typst template makes of a report, which is data to it and never read as markup; the same bytes each time.

    InputError where it can't be set.
    """
    text = json.dumps(report, ensure_ascii=False)
    try:
        made = compiler(bool(_BUILT_IN.fullmatch(text))).compile(
            input=template.read_bytes(), format="pdf", sys_inputs={"report": text}, timestamp=noon(dated_on)
        )
    except typst.TypstError as error:
        raise InputError("The PDF could not be made.", "The HTML file holds the same.") from error
    return bytes(made)  # type: ignore[arg-type]


@cache
def compiler(is_built_in: bool) -> typst.Compiler:
    """Typst; with the fonts inside it alone (`is_built_in`) a document looks the same on every machine."""
    return typst.Compiler(ignore_system_fonts=is_built_in)


def breakable(value: Any) -> Any:
    """The value with places to break inside words that are too long for a line."""
    if isinstance(value, str):
        return re.sub(rf"(\S{{{LONGEST_WORD}}})(?=\S)", "\\1\u200b", value)
    if isinstance(value, dict):
        return {name: breakable(each) for name, each in value.items()}
    return [breakable(each) for each in value] if isinstance(value, list | tuple) else value


def noon(day: date) -> int:
    """Noon of that day (UTC) as seconds since 1970: the instant a PDF is stamped with, so that its bytes repeat."""
    return (day.toordinal() - 719_163) * 86_400 + 43_200
