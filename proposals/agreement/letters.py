"""Which letters of a text no font inside typst has: they are named before a PDF is made, never printed as boxes.

Typst is asked itself: as PDF/A it refuses a letter that it can't set, and names each.
"""

import json
import re
import unicodedata
from functools import cache

import typst

from proposals import paper

PROBE = b"""#let letters = json(bytes(sys.inputs.letters))
#set page(height: auto)
#for letter in letters [#letter #parbreak()]"""
_REFUSED = re.compile(r"the text `\"(.*?)\"` could not be displayed", re.DOTALL)


def unknown(text: str) -> list[str]:
    """The letters of the text that can't be set, each once, in their order; with the marks that stand on them."""
    asked = tuple(_clusters(text))
    return list(_unknown(asked)) if asked else []


def told(letters: list[str]) -> str:
    """The letters as a person can tell them, by their names too."""
    shown = [f"{letter} ({_name(letter)})" for letter in letters[:8]]
    return ", ".join(shown) + (f" and {len(letters) - 8} more" if len(letters) > 8 else "")


def _clusters(text: str) -> list[str]:
    """Letters beyond plain Latin, and letters with marks that follow them, each once."""
    found = re.findall(r"[^\x00-\x7f\s]|.[\u0300-\u036f]+", text)
    return [cluster for cluster in dict.fromkeys(found) if not unicodedata.combining(cluster[0])]


@cache
def _unknown(letters: tuple[str, ...]) -> tuple[str, ...]:
    try:
        paper.compiler(True).compile(
            input=PROBE, format="pdf", sys_inputs={"letters": json.dumps(letters)}, timestamp=0, pdf_standards=["a-2b"]
        )
    except typst.TypstError as error:
        refused = "".join(_REFUSED.findall(str(getattr(error, "diagnostic", error))))
        return tuple(letter for letter in letters if any(sign in refused for sign in letter if not sign.isascii()))
    return ()


def _name(letter: str) -> str:
    return unicodedata.name(letter[0], f"U+{ord(letter[0]):04X}").lower()
