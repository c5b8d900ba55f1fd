"""The headline figures of a page, read back from the Markdown that they are drawn in."""

import re
from dataclasses import dataclass

from streamlit.testing.v1 import AppTest

CARD = re.compile(r":small\[:gray\[(?P<label>.*)\]\]\\\n(?P<value>.*)\n---(?:\n\n:(?P<colour>\w+)-badge\[(?P<step>[^\]]*)\])?")
JOINER = "\N{WORD JOINER}"


@dataclass(frozen=True)
class Figure:
    """What a card says, without Markdown's signs; `delta` is its change against the month before, empty where there is none."""

    label: str
    value: str
    delta: str
    colour: str
    help: str


def figures(app: AppTest) -> list[Figure]:
    """The page's figures in their order."""
    found = [(CARD.match(shown.value), shown.help) for shown in app.markdown]
    return [
        Figure(_bare(card["label"]), _bare(card["value"]), _bare(card["step"] or ""), card["colour"] or "", help or "")
        for card, help in found
        if card
    ]


def values(app: AppTest) -> dict[str, str]:
    """Each figure's value by its label."""
    return {figure.label: figure.value for figure in figures(app)}


def _bare(markdown: str) -> str:
    return re.sub(r"\\(.)", r"\1", markdown).replace(JOINER, "")
