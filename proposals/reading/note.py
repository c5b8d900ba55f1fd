"""A note made ready for the readers of the single facts: its words, numbers, statements and every phrase that occurs."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter

from data.pricing.price_book import PriceBook
from proposals.reading import overlaps, spelling
from proposals.reading import statements as cutting
from proposals.reading.corrections import taken_back
from proposals.reading.forms import laid_out
from proposals.reading.language import detect
from proposals.reading.numbers import Number, numbers_in
from proposals.reading.phrases import Match, words_of
from proposals.reading.signals import Signals, signals
from proposals.reading.statements import Statement
from proposals.reading.text import Text, read

STRONG_MARKS = ".;!?\n:|\t"
INNER_CAPITAL = re.compile(r"[a-z][A-Z][a-z]{3}")  # "uMhlanga"
QUIET = "[](){}\"'`*_#~/&+ -"
FIRST = attrgetter("first")
TO_MACHINE = re.compile(r"\W*(?:[a-z']+ ){0,4}(?:ai|ia|llm|robot|bot|assistant|asistent)\W{0,3}:")
LONGEST_PHRASE = 16  # words, with the gaps
STRICT = ("contact", "company", "call_date", "email")
NOT_ASKED = ("call_date", "situation", "horizon", "company", "contact")
BREATHLESS = 35  # words in a row without any mark: spoken, not written
OTHERS_TOO = ("budget", "contact", "company", "payment", "email")
SHORTEST_BREATH = 3  # words between two turns
IMPERATIVE_REACH = 4  # sentences after one that speaks to a machine that may still belong to it


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate fact: its value, the folded characters it was read from, and by what kind of evidence (see support.py)."""

    value: object
    start: int
    end: int
    support: str = ""


class Note:
    """The note, folded, cut and searched."""

    def __init__(self, raw: str, book: PriceBook) -> None:
        self.text: Text = laid_out(read(raw))
        self.book = book
        self.places = words_of(self.text.folded)
        self.language, self.read_in = detect(raw, [word for word, _, _ in self.places])
        self.signals: list[Signals] = [signals(code, book) for code in self.read_in]
        self._abbreviations = frozenset(word for each in self.signals for word in each.words("language", "abbreviations"))
        self._small = frozenset(word for each in self.signals for word in each.small_words)
        self._openers = frozenset(word for each in self.signals for word in each.words("language", "heading_openers"))
        self._capitals = frozenset(word for each in self.signals for word in each.words("language", "capitals"))
        self.words = spelling.corrected(self.places, self.signals, self.text)
        self.breaks = [self._break(index) for index in range(len(self.places))]
        named = [(word, start, end) for word, (_, start, end) in zip(self.words, self.places, strict=True)]
        self.numbers = numbers_in(self.text.folded, named, self._values("numbers"), self._values("scales"))
        self.hits = self._search()
        gone = taken_back(self.words, self.numbers, self.hits)
        if gone:
            self.numbers = [number for number in self.numbers if number.first not in gone]
            self.hits = self._search()
        self.turns = self._turns()
        if self.turns:
            self.hits = self._search()
        self.statements = self._statements()
        if any(each.speaker == "me" and self.has("people.spoke", each) for each in self.statements):
            self.statements = [replace(each, speaker=None) for each in self.statements]  # a talk between colleagues about it
        self._silence()

    def _values(self, name: str) -> dict[str, float]:
        joined: dict[str, float] = {}
        for each in reversed(self.signals):
            joined |= each.values(name)
        return joined

    def _break(self, index: int) -> int:
        """How strong the mark before the word is: 0 none, 1 comma or dash, 2 end of a sentence or line."""
        if index == 0:
            return 2
        between = self.text.folded[self.places[index - 1][2] : self.places[index][1]]
        if between in (" ", "'", "-"):
            return 0
        if "\n" in between:
            return 2
        if between == ". " and self.places[index - 1][0] in self._abbreviations:
            return 0
        if any(mark in STRONG_MARKS for mark in between):
            return 0 if between in (".", ":") else 2
        return 1 if "," in between or " - " in between or "(" in between or ")" in between else 0

    def _turns(self) -> list[int]:
        """Where a dictated note without stops turns to something new; from there on a sentence ends before those words."""
        found, begun = [], 0
        for index in range(len(self.words) + 1):
            if index < len(self.words) and (index == 0 or self.breaks[index] == 0):
                continue
            if index - begun >= BREATHLESS:
                last = begun
                for match in self.within("spoken.turn", begun + 1, index):
                    if match.first - last >= SHORTEST_BREATH and not self.within("negation.any", match.first - 1, match.first):
                        self.breaks[match.first] = 2
                        found.append(self.places[match.first][1])
                        last = match.first
            begun = index
        return found

    def _search(self) -> dict[str, list[Match]]:
        hits: dict[str, list[Match]] = defaultdict(list)
        spans = {number.first: number.last for number in self.numbers}
        for each in self.signals:
            for match in each.phrasebook.find(self.words, self.breaks, spans):
                hits[match.name].append(match)
        overlaps.drop_in_addresses(hits, self.text.folded, self.word_index)
        overlaps.drop_inner(hits, self._is_lookalike)
        if len(self.signals) > 1:
            for matches in hits.values():
                matches.sort(key=lambda match: (match.first, match.last))
        return hits

    def _is_lookalike(self, word: int) -> bool:
        """Whether it is a small word that only in capitals abbreviates something else ("ça" and "CA")."""
        return self.words[word] in self._capitals and not self.raw(word, word + 1).isupper()

    def _statements(self) -> list[Statement]:
        me = frozenset().union(*(each.words("people", "me") for each in self.signals)) if self.signals else frozenset()

        def speaker_of(folded: str, voices: dict[str, int]) -> str | None:
            name = folded.strip(" *_\"'[]")
            return "me" if name in me else name if name in voices else None

        return cutting.statements(self.text, self.places, self._label_of, speaker_of, self._abbreviations, self.turns)

    def _label_of(self, first: int, last: int, most_spare: int) -> str | None:
        """The field that the words name, where a label's phrase makes up most of them."""
        best: tuple[int, bool, int, str] | None = None
        if self.within("correction.outright", first, last):
            return None  # "400 a month… no, wait: 350"
        for name, matches in self.hits.items():
            field = name.removeprefix("labels.")
            if field == name or (most_spare == cutting.ANY and field in NOT_ASKED):
                continue
            for match in matches:
                if first <= match.first and match.last <= last and self._spare(match, first, last, field) <= most_spare:
                    rank = (match.last - match.first, field not in STRICT, -match.first)
                    if best is None or rank > best[:3]:
                        best = (*rank, field)
        named = best[3] if best else None
        refused = self.within("negation.label", first, last)
        is_open = named is None and last - first > 1 and self.words[first] in self._openers
        is_asked = is_open and bool(refused and (refused[-1].last == last or self.within("ask.cue", first, last)))
        if (named == "services" or is_asked) and refused:
            return "excluded"  # "not needed", "doesn't ask"
        if named in OTHERS_TOO and self.within("label_of_others", first, last):
            return "situation"  # "other costs", "current provider's price"
        return named

    def _spare(self, match: Match, first: int, last: int, field: str) -> int:
        """How many words the label has beside the phrase; a person's or a company's label bears none but small words."""
        others = [index for index in range(first, last) if not match.first <= index < match.last]
        if field in STRICT:
            weighty = [index for index in others if self.words[index] not in self._small]
            return cutting.ANY + 1 if weighty else 0
        return 0 if self.words[first] in self._openers else len(others)

    def _silence(self) -> None:
        """Mark what speaks to a machine, and drop every phrase and number found in it."""
        kept, reach, line = [], 0, -1
        for statement in self.statements:
            orders = self.has("machine.order", statement)
            speaks = (
                self.has("machine.addressed", statement)
                or self._is_called(statement)
                or (orders and self.has("machine.named", statement))
            )
            follows = reach > 0 and statement.line == line and orders
            if speaks or follows:
                reach, line = IMPERATIVE_REACH if speaks else reach - 1, statement.line
            else:
                reach = 0
            kept.append(replace(statement, is_void=speaks or follows))
        self.statements = kept
        void = [(statement.label_first, statement.last) for statement in kept if statement.is_void]
        if void:
            for name, matches in self.hits.items():
                self.hits[name] = [match for match in matches if not any(a <= match.first < b for a, b in void)]
            self.numbers = [number for number in self.numbers if not any(a <= number.first < b for a, b in void)]
        self.void = void

    def _is_called(self, statement: Statement) -> bool:
        """Whether the sentence begins by calling a machine ("AI: set the budget to…")."""
        return bool(TO_MACHINE.match(self.text.folded, statement.start)) and self.has("machine.order", statement)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for _, start, _ in self.places]

    @cached_property
    def other_voice(self) -> str | None:
        """The one speaker beside the freelancer in a dialogue, if there is just one."""
        voices = {statement.speaker for statement in self.statements if statement.speaker}
        others = voices - {"me"}
        return others.pop() if "me" in voices and len(others) == 1 else None

    def said(self) -> Iterator[Statement]:
        """The statements that count as material."""
        return (statement for statement in self.statements if not statement.is_void)

    def is_void(self, start: int) -> bool:
        """Whether the folded character lies in text that speaks to a machine."""
        index = bisect_left(self._starts, start)
        return any(a <= index < b for a, b in self.void)

    def within(self, name: str, first: int, last: int) -> list[Match]:
        """The phrases of a category that lie wholly between two words."""
        matches = self.hits.get(name)
        if not matches:
            return []
        low = bisect_left(matches, first, key=FIRST)
        high = bisect_left(matches, last, lo=low, key=FIRST)
        return [match for match in matches[low:high] if match.last <= last]

    def has(self, name: str, statement: Statement) -> bool:
        """Whether the statement holds a phrase of the category."""
        return bool(self.within(name, statement.first, statement.last))

    def statement_at(self, word: int) -> Statement | None:
        """The statement that holds the word."""
        index = bisect_right(self._statement_starts, word) - 1
        if index >= 0 and word < self.statements[index].last:
            return self.statements[index]
        return None

    def before(self, statement: Statement) -> Statement | None:
        """The statement before that one."""
        index = bisect_left(self._statement_starts, statement.label_first)
        return self.statements[index - 1] if index else None

    def ending(self, name: str, at: int, reach: int = 1) -> list[Match]:
        """The phrases of a category that end at the word, or up to `reach` words before it."""
        return [match for match in self.within(name, max(0, at - reach - LONGEST_PHRASE), at) if at - match.last <= reach]

    def beginning(self, name: str, at: int, reach: int = 1) -> list[Match]:
        """The phrases of a category that begin at the word, or up to `reach` words after it."""
        matches = self.hits.get(name, [])
        return matches[bisect_left(matches, at, key=FIRST) : bisect_right(matches, at + reach, key=FIRST)]

    @cached_property
    def _statement_starts(self) -> list[int]:
        return [statement.label_first for statement in self.statements]

    def clause(self, word: int) -> tuple[int, int]:
        """The words around one up to the next comma or stronger mark on either side."""
        following = bisect_right(self._clause_starts, word)
        first = self._clause_starts[following - 1]
        return first, self._clause_starts[following] if following < len(self._clause_starts) else len(self.words)

    @cached_property
    def _clause_starts(self) -> list[int]:
        return [index for index, strength in enumerate(self.breaks) if strength or not index]

    def characters(self, first: int, last: int) -> tuple[int, int]:
        """The folded characters that words first to last (not included) cover."""
        return self.places[first][1], self.places[last - 1][2]

    def folded(self, first: int, last: int) -> str:
        """The folded text of those words, and what stands between them."""
        return self.text.folded[self.places[first][1] : self.places[last - 1][2]] if last > first else ""

    def raw(self, first: int, last: int) -> str:
        """The same as it stands in the note."""
        return self.text.quote(self.places[first][1], self.places[last - 1][2]) if last > first else ""

    def is_capital(self, word: int) -> bool:
        """Whether the word begins with a capital letter in the note."""
        start = self.text.starts[self.places[word][1]]
        return self.text.raw[start].isupper() or INNER_CAPITAL.match(self.text.raw, start) is not None

    def number_at(self, word: int) -> Number | None:
        """The number that begins at the word."""
        return self._number_starts.get(word)

    @cached_property
    def _number_starts(self) -> dict[int, Number]:
        return {number.first: number for number in self.numbers}

    def word_index(self, start: int) -> int:
        """The first word at or after a folded character."""
        return bisect_left(self._starts, start)
