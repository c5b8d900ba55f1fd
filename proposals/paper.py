"""What PDFs share: data for typst, with places to break in words that are too long for a line, and the instant of a day."""

import re
from datetime import date
from typing import Any

LONGEST_WORD = 28


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
