"""The languages' signals: what `languages/<code>/signals.toml` and the price book's own signals say, made ready once."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from data.pricing.price_book import PriceBook
from proposals.reading.phrases import Phrasebook
from proposals.reading.text import fold

LANGUAGES = Path(__file__).parent.parent / "languages"
WORD_LISTS = {
    "money": ("links", "fillers", "openers", "not_money", "currency"),
    "people": ("not_names", "titles", "me", "surnames"),
    "company": ("forms", "may_hold", "locative"),
    "hours": ("units",),
    "times": ("about",),
}
NOT_PHRASES = ("language", "numbers", "scales", "spellings", "calendar", "questions", "names", "endings")
KEPT = 24  # phrasebooks held ready; one per language and price book in use


@dataclass(frozen=True)
class Signals:
    """One language's tables: words as they stand in the file, and the phrases ready to be found."""

    language: str
    table: Mapping[str, Any]
    phrasebook: Phrasebook
    kept: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def small_words(self) -> frozenset[str]:
        """The language's frequent words, folded."""
        return frozenset(fold(str(self.table["language"]["words"])).split())

    def words(self, *path: str) -> frozenset[str]:
        """The words of a list or comma-separated text at that path, folded."""
        if path not in self.kept:
            self.kept[path] = _words(self._at(path))
        return self.kept[path]

    def values(self, *path: str) -> dict[str, float]:
        """A table of words and numbers, its keys folded."""
        if path not in self.kept:
            self.kept[path] = {fold(key): float(value) for key, value in (self._at(path) or {}).items()}
        return self.kept[path]

    def texts(self, *path: str) -> dict[str, str]:
        """A table of texts, as it stands."""
        return dict(self._at(path) or {})

    def _at(self, path: tuple[str, ...]) -> Any:
        node: Any = self.table
        for key in path:
            node = node.get(key, {}) if isinstance(node, Mapping) else {}
        return node


def _words(value: Any) -> frozenset[str]:
    parts = value.replace("\n", ",").split(",") if isinstance(value, str) else list(value or ())
    return frozenset(fold(part).strip() for part in parts if part.strip())


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that can be read: the folders with a signals.toml."""
    return tuple(sorted(path.parent.name for path in LANGUAGES.glob("*/signals.toml")))


@cache
def common_words(language: str) -> frozenset[str]:
    """The language's frequent words, without reading the rest of its signals."""
    content = (LANGUAGES / language / "signals.toml").read_text(encoding="utf-8")
    line = re.search(r"(?m)^words *= *[\"'](.*)[\"']", content)
    return frozenset(fold(line[1]).split()) if line else frozenset()


@cache
def table(language: str) -> Mapping[str, Any]:
    """The language's signals as they stand in its file."""
    return tomllib.loads((LANGUAGES / language / "signals.toml").read_text(encoding="utf-8"))


_ready: dict[tuple[str, int], tuple[PriceBook, Signals]] = {}


def signals(language: str, book: PriceBook) -> Signals:
    """The language's signals together with the words by which the book's services are asked for in it."""
    key = (language, id(book))
    kept = _ready.get(key)
    if kept is not None and kept[0] is book:
        return kept[1]
    content = table(language)
    droppable = _words(content.get("language", {}).get("droppable"))
    phrasebook = Phrasebook(droppable)
    for name, part in content.items():
        if name not in NOT_PHRASES:
            phrasebook.add_tree({key: value for key, value in part.items() if key not in WORD_LISTS.get(name, ())}, name)
    for code in _words(content.get("language", {}).get("borrows")):
        phrasebook.add_tree(table(code).get("labels", {}), "labels")
    for service in book.services.values():
        phrasebook.add_tree(service.signals.get(language, {}), f"service.{service.id}")
    if len(_ready) >= KEPT:
        _ready.clear()
    made = Signals(language, content, phrasebook)
    _ready[key] = (book, made)
    return made
