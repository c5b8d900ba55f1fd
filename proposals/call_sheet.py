"""The call sheet: the nine steps of a sales call (R20, R21), their words in each language, and notes from what was typed in.

The words stand in `languages/<code>/call.toml`. The notes are plain text in that language, worded as the brief reads it.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from proposals.language import FOLDER, language

# Step → its fields, in the order of the talk.
STEPS: Mapping[str, tuple[str, ...]] = {
    "reach": ("contact", "company", "decides"),
    "time": ("call_date", "minutes"),
    "business": ("business", "sites"),
    "challenges": ("challenges",),
    "goals": ("goals", "horizon"),
    "tried": ("tried",),
    "need": ("services", "hours", "budget_low", "budget_high", "currency", "payment", "prepay"),
    "objections": ("objections",),
    "next": ("email", "start", "next_step"),
}
LINES = ("challenges", "goals", "tried", "services", "objections")
DATES = ("call_date", "start")
# The order of the notes: a heading ends what stands before it, so lists stand between facts.
WRITTEN = (
    "contact", "company", "decides", "email", "call_date", "minutes", "business", "sites", "tried", "challenges", "goals",
    "horizon", "services", "hours", "budget", "payment", "prepay", "objections", "start", "next_step",
)  # fmt: skip
PREPARED = ("call_date", "currency")  # set by the page: alone they are no notes
BULLET = re.compile(r"^\s*(?:[-–•*]|\d+[.)])\s+")


@dataclass(frozen=True)
class Step:
    """One step of the call: its title, what to say, and the names of its fields."""

    id: str
    title: str
    say: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class CallWords:
    """The sheet's words in one language: steps, labels by field, choices by field, and the answer about retainers."""

    steps: tuple[Step, ...]
    labels: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]
    question: str
    answer: str
    notes: Mapping[str, str]


@cache
def words(code: str) -> CallWords:
    """The call sheet in a language; InputError where there is no such language."""
    table = tomllib.loads((FOLDER / language(code).code / "call.toml").read_text("utf-8"))
    steps = tuple(Step(step, table["steps"][step][0], table["steps"][step][1], fields) for step, fields in STEPS.items())
    answer = " ".join(table["answer"].split())
    return CallWords(steps, table["labels"], table["options"], table["question"], answer, table["notes"])


def notes(code: str, values: Mapping[str, Any]) -> str:
    """Notes of what was typed into the sheet, by field; fields left empty are left out, and of an empty sheet nothing comes.

    Dates are datetime.date, numbers int or float, lists of lines one text; budget amounts are major units a month.
    """
    said = {name: value for name, value in values.items() if value not in (None, "") and str(value).strip()}
    if not said.keys() - set(PREPARED):
        return ""
    lines = [line for name in WRITTEN for line in _lines(name, said, code)]
    return "\n".join(lines) + "\n"


def _lines(name: str, said: Mapping[str, Any], code: str) -> Iterator[str]:
    templates = words(code).notes
    if name == "budget":
        yield from _budget(said, templates)
        return
    value = said.get(name)
    if value is None:
        return
    if name in ("decides", "payment"):
        yield templates[f"{name}_{value}"]
    elif name == "services":
        yield templates[name].replace("{value}", ", ".join(_each(value)))
    elif name in LINES:
        yield from (templates[name].replace("{value}", each) for each in _each(value))
    elif isinstance(value, dt.date):
        yield templates[name].replace("{value}", language(code).day(value, "long"))
    else:
        yield templates[name].replace("{value}", _plain(value))


def _budget(said: Mapping[str, Any], templates: Mapping[str, str]) -> Iterator[str]:
    amounts = sorted(said[part] for part in ("budget_low", "budget_high") if said.get(part))
    if not amounts:
        return
    template = templates["budget" if len(set(amounts)) > 1 else "budget_one"]
    parts = {"low": _plain(amounts[0]), "high": _plain(amounts[-1]), "currency": str(said.get("currency", "")).upper()}
    for part, text in parts.items():
        template = template.replace(f"{{{part}}}", text)
    yield " ".join(template.split())


def _each(text: str) -> list[str]:
    return [line for raw in str(text).splitlines() if (line := BULLET.sub("", raw).strip())]


def _plain(value: Any) -> str:
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return " ".join(str(value).split())
