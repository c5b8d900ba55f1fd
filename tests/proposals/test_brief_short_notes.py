"""Short notes that are easily misread: refusals, what others do, other people, other money, other dates (RULES, Fields)."""

import datetime as dt
from pathlib import Path

import pytest

from data.pricing.price_book import load
from proposals.brief import LISTS, Brief, brief

NOTES = Path(__file__).parent / "short_notes.txt"
TODAY = dt.date(2026, 3, 16)  # a Monday
BOOKS = {"w": "wordpress_care", "s": "social_media"}
ONE_OF = {"service": "services", "objection": "objections"}
PART_OF = {"goal": "goals", "challenge": "challenges"}
PARTS = ("low", "high", "ceiling", "currency")


def cases() -> list[tuple[str, str, str]]:
    """(book, note, expectations) of every line."""
    lines = (line.split(" | ", 2) for line in NOTES.read_text(encoding="utf-8").splitlines() if line[1:4] == " | ")
    return [(BOOKS[book], note.replace("\\n", "\n"), expected) for book, note, expected in lines]


def holds(found: Brief, field: str, expected: str) -> bool:
    """Whether the brief has that value; "-" is none."""
    if field in ONE_OF:
        return expected in found.values(ONE_OF[field])
    if field in PART_OF:
        return any(expected in quote for quote in found.values(PART_OF[field]))
    if field in LISTS:
        return set(found.values(field)) == set(filter(None, expected.split("+")))
    value = found.value(field)
    if field == "budget":
        return ",".join(str(part if (part := (value or {}).get(name)) is not None else "-") for name in PARTS) == expected
    return str("-" if value is None else value) == expected


@pytest.mark.parametrize(("book", "note", "expected"), cases())
def test_a_short_note_is_read_as_a_careful_human_would(book: str, note: str, expected: str) -> None:
    found = brief(note, load(book), TODAY)
    for each in expected.split(" | "):
        field, _, value = each.strip().lstrip("!").partition("=")
        assert holds(found, field, value) is not each.startswith("!"), (each, found.to_dict())


def test_a_word_that_only_looks_like_an_abbreviation_is_none() -> None:
    """“ça” is neither the board nor the turnover (CA)."""
    found = brief("Ça doit marcher, il décide seul. Le CA est de 40 000 €.", load("wordpress_care"), TODAY)
    assert found.value("decision_maker") is True and found.budget is None


def test_a_form_with_dots_keeps_its_places() -> None:
    fields = ("Client ..... Summit Ridge", "Contact .... Gail Brandt", "Wants ...... updates and a backup of the site")
    more = ("Budget .... $650 a month", "Email ..... gail@summitridge.com", "Pay ....... by card")
    text = "\n".join(fields + more)
    found = brief(text, load("wordpress_care"), TODAY)
    assert found.company is not None and found.company.quote == "Summit Ridge"
    assert found.email is not None and found.email.quote == "gail@summitridge.com"
