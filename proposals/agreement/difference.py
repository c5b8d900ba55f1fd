"""What changed between two revisions of an agreement, word by word, part by part."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

MOST_WORDS = 4_000  # of one paragraph; more is compared as a whole, so that a page never waits for it


@dataclass(frozen=True)
class Piece:
    """A stretch of text: `kind` is same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class Part:
    """A part of the document that differs: its title, and its text in pieces."""

    title: str
    pieces: tuple[Piece, ...]


def parts(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Part]:
    """The parts that differ between two composed documents, in the order of the later one, removed clauses last."""
    old, new = _texts(before), _texts(after)
    for key in (key for key in new if key in old and old[key][0] != new[key][0]):
        old[key], new[key] = ((title, f"{title}\n{text}") for title, text in (old[key], new[key]))
    found = [Part(new[key][0], tuple(pieces(old.get(key, ("", ""))[1], new[key][1]))) for key in new]
    found += [Part(old[key][0], (Piece("removed", old[key][1]),)) for key in old if key not in new]
    changed = [part for part in found if any(piece.kind != "same" for piece in part.pieces)]
    return changed + _moved(before, after)


def pieces(before: str, after: str) -> list[Piece]:
    """Both texts as one: what stayed, what went and what came, word by word."""
    old, new = _words(before), _words(after)
    if before == after:
        return [Piece("same", after)] if after else []
    if max(len(old), len(new)) > MOST_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Piece] = []
    for step, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            found.append(Piece("same", "".join(new[c:d])))
            continue
        found += [Piece(kind, text) for kind, text in (("removed", "".join(old[a:b])), ("added", "".join(new[c:d]))) if text]
    return found


def as_text(changed: Sequence[Part]) -> str:
    """The differences for a terminal: [-removed-] and {+added+}, each part below its title."""
    marks = {"same": "{}", "added": "{{+{}+}}", "removed": "[-{}-]"}
    return "\n\n".join(
        f"{part.title}\n" + "".join(_marked(marks[piece.kind], piece.text) for piece in part.pieces) for part in changed
    )


def _marked(mark: str, text: str) -> str:
    bare = text.strip()
    if not bare:
        return text
    start = text.index(bare)
    return text[:start] + mark.format(bare) + text[start + len(bare) :]


def _texts(document: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Every part's title and text by a key that stays from revision to revision."""
    found = {f"party {place}": (party["role"], "\n".join(party["lines"])) for place, party in enumerate(document["parties"])}
    for clause in document["clauses"]:
        lines = ["– " * (block["kind"] == "items") + line for block in clause["blocks"] for line in block["lines"]]
        found[clause["id"]] = (clause["title"], "\n".join(lines))
    small = [document["notice"], document["reviewed"], document["initials"]]
    return found | {"small print": (document["title"], "\n".join(line for line in small if line))}


def _moved(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Part]:
    """One part that shows the clauses in their new order, where only that has changed for clauses in both."""
    old, new = ([clause["id"] for clause in each["clauses"]] for each in (before, after))
    if [key for key in old if key in new] == [key for key in new if key in old]:
        return []
    told = ["\n".join(clause["title"] for clause in each["clauses"]) for each in (before, after)]
    return [Part("1, 2, 3 …", tuple(pieces(*told)))]


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|[^\W_]+|[\W_]", text)
