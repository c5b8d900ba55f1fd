"""Text of others as it may stand in an agreement: no control signs, none that turn the direction of what follows."""

import unicodedata
from typing import Any

from proposals.review.figures import clean


def one_line(value: Any) -> str:
    """The text on one line, its letters composed."""
    text = unicodedata.normalize("NFC", clean("" if value is None else value))
    return "".join(sign for sign in text if unicodedata.category(sign) not in ("Co", "Cn"))


def paragraphs(value: Any) -> str:
    """The text with its line breaks, each line clean; no more than one empty line at a time, none at the ends."""
    kept: list[str] = []
    for line in str(value or "").replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        shown = one_line(line)
        if shown or (kept and kept[-1]):
            kept.append(shown)
    return "\n".join(kept).strip()
