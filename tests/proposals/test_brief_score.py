"""The brief reader's score on the corpus of notes beside this file: F1 high, wrong values few, no language behind."""

import datetime as dt
import importlib.util
import json
from collections import Counter
from pathlib import Path

import pytest

from data.pricing.price_book import load
from proposals.brief import brief

HERE = Path(__file__).parent
_spec = importlib.util.spec_from_file_location("brief_scoring", HERE / "scoring.py")
assert _spec is not None and _spec.loader is not None
scoring = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(scoring)

LEAST_F1, MOST_WRONG, MOST_BEHIND = 0.965, 0.01, 0.03


@pytest.fixture(scope="module")
def by_language() -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {}
    for path in sorted((HERE / "notes").glob("*.json")):
        for note in json.loads(path.read_text(encoding="utf-8"))["notes"]:
            found = brief(note["text"], load(note["gold"]["book"]), dt.date.fromisoformat(note["reference_date"]))
            assert found.language == note["gold"]["language"], note["id"]
            counts.setdefault(note["gold"]["language"], Counter()).update(scoring.score(note, found.as_prediction()["facts"]))
    return counts


def f1(counts: Counter[str]) -> float:
    return 2 * counts["right"] / (2 * counts["right"] + counts["missing"] + counts["wrong"])


def test_the_reader_finds_what_the_notes_state(by_language: dict[str, Counter[str]]) -> None:
    assert f1(sum(by_language.values(), Counter())) >= LEAST_F1


def test_a_wrong_value_is_rare(by_language: dict[str, Counter[str]]) -> None:
    total = sum(by_language.values(), Counter[str]())
    assert total["wrong"] <= MOST_WRONG * (total["right"] + total["missing"] + total["wrong"])


def test_no_language_is_far_behind_the_best(by_language: dict[str, Counter[str]]) -> None:
    figures = [f1(counts) for counts in by_language.values()]
    assert len(figures) == 3 and max(figures) - min(figures) <= MOST_BEHIND


def test_silence_and_a_wrong_answer_are_told_apart() -> None:
    note = json.loads((HERE / "notes" / "first_half.json").read_text(encoding="utf-8"))["notes"][0]
    assert scoring.score(note, {})["right"] == scoring.score(note, {})["wrong"] == 0
    assert scoring.score(note, {"email": {"value": "x@y.zz"}})["wrong"] == 1
