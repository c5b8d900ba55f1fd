"""Phrases that are data: which ones occur where in a note, found in one pass over its words.

A phrase is words with spaces between. `word*` stands for any word that begins so, `(a|b c)` for one of several, `word?` for a
word that may be missing, `..` for up to four words before the next comma, `#` for a number in digits or words.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

from proposals.reading.text import fold

GAP = 4
FILLERS = frozenset("uh uhm um umm erm hmm euh heu".split())  # said while thinking, in a note that was dictated
LONGEST = 40  # letters of a word that a phrase may hold
WORD = re.compile(r"[^\W\d_]+|\d+")
ODD = re.compile(r"[^a-z *.#,]|[a-z*#]\.|\.[a-z#]|[*#][a-z]|[ ,]\*| \.[ ,]|\.{3}|[a-z]#")  # what no plain phrase holds
PLAIN = re.compile(r"(?:[a-z]+\*?|\.\.|#)(?: (?:[a-z]+\*?|\.\.|#))*")
MARKS = str.maketrans("()|?'/-", "       ")
PIECE = re.compile(r"\([^()]*\)\??|[^\s()]+")
# English contractions stay one word, elided French and Romanian articles do not.
CONTRACTION = re.compile(r"(?<=n)'(?=t\b)")


def words_of(folded: str) -> list[tuple[str, int, int]]:
    """The words of folded text, each with its place; "don't" is the one word "dont"."""
    found: list[tuple[str, int, int]] = []
    for match in WORD.finditer(folded):
        text, start, end = match[0], match.start(), match.end()
        if text in FILLERS:
            continue
        if text == "t" and found and found[-1][2] == start - 1 and folded[start - 1] == "'" and found[-1][0].endswith("n"):
            found[-1] = (found[-1][0] + "t", found[-1][1], end)
        else:
            found.append((text, start, end))
    return found


@dataclass(slots=True)
class _Node:
    # Thousands of them are made before the first note is read, and most hold but one thing: so nothing is made in vain.
    words: "dict[str, _Node] | None" = None
    prefixes: "dict[str, _Node] | None" = None
    lengths: tuple[int, ...] = ()
    number: "_Node | None" = None
    gap: "_Node | None" = None
    names: tuple[str, ...] = ()

    def after(self, word: str) -> "Iterator[_Node]":
        """The nodes that this word leads to."""
        if self.words is not None and (following := self.words.get(word)) is not None:
            yield following
        if self.prefixes is not None:
            for length in self.lengths:
                if length <= len(word) and (following := self.prefixes.get(word[:length])) is not None:
                    yield following


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase of the category `name` from word `first` up to word `last` (not included)."""

    name: str
    first: int
    last: int


class Phrasebook:
    """Categories of phrases, all matched at once."""

    def __init__(self, droppable: frozenset[str] = frozenset()) -> None:
        """droppable: words that speech leaves out of a phrase (the "ne" of "ne sait pas")."""
        self.droppable = droppable
        self.root = _Node()
        # Most phrases never occur: each is built into the tree when a note first holds its longest word (or what stands before
        # that one's star), and its other words as well. Until then it is but a text: its category's name, a space, the phrase.
        self._waiting: defaultdict[str, list[str]] = defaultdict(list)
        self._lacking: defaultdict[str, list[str]] = defaultdict(list)  # filed again under a word that the note did not hold
        self._stems: defaultdict[str, list[str]] = defaultdict(list)
        self._filed: list[str] = []
        self._lock = Lock()

    @cached_property
    def _pieces(self) -> frozenset[str]:
        return frozenset(",".join(self._filed).replace(",", " ").split())

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words of five letters and more of all phrases."""
        return frozenset(piece for piece in self._pieces if len(piece) >= 5 and not piece.endswith("*"))

    @cached_property
    def prefixes(self) -> frozenset[str]:
        """What stands before the stars of all phrases."""
        return frozenset(piece[:-1] for piece in self._pieces if piece.endswith("*"))

    def add(self, name: str, phrases: str | Iterable[str]) -> None:
        """Add phrases (a list, or one text with commas or line ends between them) under a category's name."""
        text = phrases if isinstance(phrases, str) else "\n".join(phrases)
        folded = (text.lower() if text.isascii() else fold(text)).replace("\n", ",")
        listed = [stripped for phrase in folded.split(",") if (stripped := phrase.strip())]
        is_odd = ODD.search(folded) is not None
        self._filed.append(folded.translate(MARKS) if is_odd else folded)
        for phrase in listed:
            if is_odd and not PLAIN.fullmatch(phrase):
                self._wait(name, phrase, self._keys(phrase))
            else:
                key = max(phrase.split(), key=len) if " " in phrase else phrase
                if key in self.droppable or not key[0].isalpha():
                    self._build(name, phrase)
                elif key[-1] == "*":
                    self._stems[key[:-1]].append(f"{name} {phrase}")
                else:
                    self._waiting[key].append(f"{name} {phrase}")

    def _wait(self, name: str, phrase: str, keys: Sequence[str]) -> None:
        if not keys or any(key in self.droppable or not key[0].isalpha() for key in keys):
            self._build(name, phrase)
            return
        for key in keys:
            kept = self._stems if key[-1] == "*" else self._waiting
            kept[key.rstrip("*")].append(f"{name} {phrase}")

    def _keys(self, phrase: str) -> list[str]:
        """The longest word that every spelling of the phrase holds; where there is none, that of each of its alternatives."""
        needed = [piece for piece in PIECE.findall(phrase) if piece[-1] != "?"]
        plain = [word for piece in needed if piece[0] != "(" for word in _plain_words(piece) if word[0].isalpha()]
        if plain:
            return [max(plain, key=len)]
        choices: list[str] = next((piece[1:-1].split("|") for piece in needed if piece[0] == "("), [])
        return [max(_plain_words(choice), key=len) for choice in choices]

    def _ready_for(self, words: Iterable[str]) -> None:
        with self._lock:
            here = set(words)
            begun = {word[:length] for word in here for length in range(1, min(len(word), LONGEST) + 1)}
            for kept, known in ((self._lacking, here), (self._waiting, here), (self._stems, begun)):
                for held in kept.keys() & known:
                    for filed in kept.pop(held):
                        lacking = None if kept is self._lacking else self._lacks(filed, here)
                        if lacking:
                            self._lacking[lacking].append(filed)
                            continue
                        name, _, phrase = filed.partition(" ")
                        self._build(name, phrase, here)

    def _lacks(self, filed: str, here: Set[str]) -> str | None:
        """A word of a plain phrase that is not here and may not be left out."""
        if "(" in filed or "?" in filed:
            return None
        words = filed.split()[1:]
        return next((word for word in words if word not in here and word.isalpha() and word not in self.droppable), None)

    def add_tree(self, tree: Mapping[str, Any], prefix: str) -> None:
        """Add every text or list of texts of a nested table; the path with dots is the category's name."""
        for key, value in tree.items():
            name = prefix if key == "words" else f"{prefix}.{key}" if prefix else key
            if isinstance(value, Mapping):
                self.add_tree(value, name)
            elif isinstance(value, str | list):
                self.add(name, value)

    def _build(self, name: str, phrase: str, here: Set[str] = frozenset()) -> None:
        """Put a phrase into the tree; of one with alternatives those that hold a word which is not here wait on."""
        if PLAIN.fullmatch(phrase):
            self._put_spoken(name, phrase.split())
            return
        for variant in _variants(PIECE.findall(phrase)):
            absent = [piece for piece in variant if piece not in here and piece.isalpha() and piece not in self.droppable]
            if absent:
                self._waiting[max(absent, key=len)].append(f"{name} {' '.join(variant)}")
            else:
                self._put_spoken(name, variant)

    def _put_spoken(self, name: str, pieces: list[str]) -> None:
        self._put(name, pieces)
        spoken = [piece for piece in pieces if piece not in self.droppable] if self.droppable else pieces
        if 1 < len(spoken) < len(pieces):
            self._put(name, spoken)

    def _put(self, name: str, pieces: Sequence[str]) -> None:
        node = self.root
        for piece in pieces:
            if piece == "..":
                node.gap = node = node.gap or _Node()
            elif piece == "#":
                node.number = node = node.number or _Node()
            elif piece.endswith("*"):
                if len(piece) - 1 not in node.lengths:
                    node.lengths += (len(piece) - 1,)
                if node.prefixes is None:
                    node.prefixes = {}
                node = _within(node.prefixes, piece[:-1])
            else:
                if node.words is None:
                    node.words = {}
                node = _within(node.words, piece)
        if node is not self.root and name not in node.names:
            node.names += (name,)

    def find(self, words: Sequence[str], breaks: Sequence[int], numbers: Mapping[int, int]) -> list[Match]:
        """Every phrase in the words, in order.

        breaks[i]: how strong the mark before word i is (0 none, 1 comma, 2 end of a sentence); numbers: index of a number's
        first word → index after its last.
        """
        self._ready_for(words)
        found: set[tuple[str, int, int]] = set()
        for first in range(len(words)):
            self._walk(self.root, words, breaks, numbers, first, first, found)
        return [Match(*each) for each in sorted(found, key=lambda each: (each[1], each[2], each[0]))]

    def _walk(self, node: _Node, words: Sequence[str], breaks: Sequence[int], numbers: Mapping[int, int], first: int, at: int,
              found: set[tuple[str, int, int]]) -> None:  # fmt: skip
        for name in node.names:
            found.add((name, first, at))
        if at >= len(words):
            return
        joined = at == first or breaks[at] == 0
        if joined:
            for following in node.after(words[at]):
                self._walk(following, words, breaks, numbers, first, at + 1, found)
            if node.number is not None and at in numbers:
                self._walk(node.number, words, breaks, numbers, first, numbers[at], found)
        if node.gap is not None:
            for skipped in range(at, min(at + GAP, len(words) - 1) + 1):
                if breaks[skipped] >= 1:
                    break
                self._step_after_gap(node.gap, words, breaks, numbers, first, skipped, found)

    def _step_after_gap(self, node: _Node, words: Sequence[str], breaks: Sequence[int], numbers: Mapping[int, int], first: int,
                        at: int, found: set[tuple[str, int, int]]) -> None:  # fmt: skip
        for following in node.after(words[at]):
            self._walk(following, words, breaks, numbers, first, at + 1, found)
        if node.number is not None and at in numbers:
            self._walk(node.number, words, breaks, numbers, first, numbers[at], found)


def _within(nodes: dict[str, _Node], key: str) -> _Node:
    found = nodes.get(key)
    if found is None:
        found = nodes[key] = _Node()
    return found


def _variants(pieces: Sequence[str]) -> list[list[str]]:
    """All spellings of a phrase with its alternatives and optional words written out."""
    spellings: list[list[str]] = [[]]
    for piece in pieces:
        optional = piece.endswith("?")
        body = piece[:-1] if optional else piece
        choices = body[1:-1].split("|") if body.startswith("(") else [body]
        tails = [_plain_words(choice) for choice in choices] + ([[]] if optional else [])
        spellings = [spelling + tail for spelling in spellings for tail in tails]
    return [spelling for spelling in spellings if any(piece != ".." for piece in spelling)]


def _plain_words(choice: str) -> list[str]:
    parts: list[str] = []
    for part in choice.split():
        if part.isalpha() or part in ("..", "#"):
            parts.append(part)
            continue
        pieces = [word for word, _, _ in words_of(part)]
        if part.endswith("*") and pieces:
            pieces[-1] += "*"
        parts += pieces
    return parts
