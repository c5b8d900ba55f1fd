"""An agreement as a PDF (PDF/A, for keeping): revision and page on each page; the same document gives the same bytes."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import typst

from data.errors import InputError
from proposals import paper
from proposals.agreement import letters

TEMPLATE = Path(__file__).with_name("agreement.typ")


def document(composed: Mapping[str, Any]) -> bytes:
    """The PDF of a composed document; texts are passed as data and never read as markup.

    InputError names the letters that can't be set, and where they stand.
    """
    refuse_unknown_letters(composed)
    text = json.dumps(paper.breakable(dict(composed)), ensure_ascii=False)
    try:
        made = paper.compiler(True).compile(
            input=TEMPLATE.read_bytes(),
            format="pdf",
            sys_inputs={"document": text},
            timestamp=paper.noon(date(*composed["dated_on"])),
            pdf_standards=["a-2b"],
        )
    except typst.TypstError as error:
        raise InputError("The PDF could not be made.", "Look for unusual signs in what was entered.") from error
    return bytes(made)  # type: ignore[arg-type]


def refuse_unknown_letters(composed: Mapping[str, Any]) -> None:
    """InputError where a letter of the document is in no font inside typst."""
    if not letters.unknown(json.dumps(composed, ensure_ascii=False)):
        return
    places = {
        **{f"clause “{clause['title'][:60]}”": clause for clause in composed["clauses"]},
        "the parties": composed["parties"],
        "the change log": composed["log"],
    }
    found = {place: letters.unknown(json.dumps(part, ensure_ascii=False)) for place, part in places.items()}
    place, which = next(((place, which) for place, which in found.items() if which), ("the agreement", []))
    which = which or letters.unknown(json.dumps(composed, ensure_ascii=False))
    raise InputError(
        f"No font has these letters: {letters.told(which)}.", f"They stand in {place}. Write them in other letters."
    )
