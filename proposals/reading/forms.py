"""Notes laid out as forms: columns, field marks of all kinds and numbered points on one line are brought to one shape.

The folded text keeps its length, so that every place in it still stands for the same place of the note.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from proposals.reading.text import Text

FEWEST = 5  # lines with the same mark after a short head make a form
SHARE = 0.6  # of all lines
HEAD = r"[ \t]*[a-z][a-z'./() -]{0,32}?"
MARKS = {
    ";": re.compile(rf"{HEAD}(?P<mark> ?;)\s"),
    ",": re.compile(r"[ \t]*[a-z][a-z' -]{0,24}?(?P<mark>,)(?=\S)"),
    ">": re.compile(rf"{HEAD}(?P<mark> ?[>»] )"),
    "/": re.compile(rf"{HEAD}(?P<mark> // ?)"),
    "columns": re.compile(r"[ \t]*[a-z][a-z'./()-]*(?: [a-z'./()-]+){0,3}(?P<mark> {2,})(?=\S)"),
}
FIELD = re.compile(r"(?P<gap>(?<![ \t])[ \t]{2,}|\t| (?:[|·•]|//) )(?=[a-z][a-z' -]{1,24}\s?:)")
POINT = re.compile(r"(?P<gap> )(?P<number>\d{1,2})(?:\)|\.(?=\s))\s")
DOT = re.compile(r"(?P<gap> )(?=[•▪◦►‣✓✔]\s?\S)")
FEWEST_POINTS = 3
LEADER = re.compile(r"(?m)^(?P<head>[ \t]*[a-z$][^.:\n]{0,28}?)(?P<dots> ?\.{3,})(?=\s)")
STOP = re.compile(r"(?m)^[ \t]*[a-z]{3,}(?: [a-z']{2,})?\.(?= \S)")  # "Budget. 300 a month"


def laid_out(text: Text) -> Text:
    """The text with every field and numbered point on a line of its own, and a colon between a field and its value."""
    folded = text.folded
    if len(folded) > 60_000:
        return text
    for find in (_points, _fields, _dots):
        for start, end in find(folded):
            folded = f"{folded[:start]}\n{' ' * (end - start - 1)}{folded[end:]}"
    folded = LEADER.sub(lambda match: f"{match['head']}:{' ' * (len(match['dots']) - 1)}", folded)
    stops = list(STOP.finditer(folded))
    if len(stops) >= FEWEST_POINTS:
        for match in stops:
            folded = f"{folded[: match.end() - 1]}:{folded[match.end() :]}"
    lines = folded.split("\n")
    mark = _mark(lines)
    if mark:
        lines = [_with_colon(line, mark) for line in lines]
    return replace(text, folded="\n".join(lines))


def _mark(lines: list[str]) -> re.Pattern[str] | None:
    """What stands between field and value on most lines, where it is none of the usual marks."""
    filled = [line for line in lines if line.strip()]
    if sum(":" in line[:40] for line in filled) > len(filled) / 3:
        return None
    for pattern in MARKS.values():
        heads = {match[0] for line in filled if (match := pattern.match(line))}
        if len(heads) >= max(FEWEST, SHARE * len(filled)):
            return pattern
    return None


def _with_colon(line: str, mark: re.Pattern[str]) -> str:
    match = mark.match(line)
    if not match:
        return line
    start, end = match.span("mark")
    return f"{line[:start]}:{' ' * (end - start - 1)}{line[end:]}"


def _points(folded: str) -> Iterator[tuple[int, int]]:
    """The gaps before "2)", "3)" and so on, where one line numbers its points."""
    found: list[tuple[int, int]] = []
    expected = 0
    for match in POINT.finditer(" " + folded):
        number, start = int(match["number"]), match.start() - 1
        if number == 1 and expected < FEWEST_POINTS + 1:
            expected, found = 2, []
        elif number == expected:
            expected += 1
            found.append((start, start + 1))
    return iter(found if expected > FEWEST_POINTS else [])


def _fields(folded: str) -> Iterator[tuple[int, int]]:
    return (match.span("gap") for match in FIELD.finditer(folded) if "\n" not in match["gap"] and match.start() > 0)


def _dots(folded: str) -> Iterator[tuple[int, int]]:
    found = [match.span("gap") for match in DOT.finditer(folded)]
    return iter(found if len(found) >= FEWEST_POINTS else [])
