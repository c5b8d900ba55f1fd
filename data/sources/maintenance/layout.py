"""Which kind of record a sheet holds, and which of its columns holds what: found from the headings (columns.toml)."""

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from data.errors import InputError

ENTITIES = ("sites", "updates", "backups", "incidents", "hours")
DOCUMENTED = "The columns are listed in docs/maintenance-import.md; the template shows each of them."


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A heading or word without case, accents, signs and double spaces: `Off-site ?` and `off_site` become `off site`."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


@dataclass(frozen=True)
class Column:
    """One column of a kind of record: what its cells are, and the headings it is known by (plain, best first)."""

    name: str
    type: str
    heading: str
    headings: tuple[str, ...]
    default: str | None
    unknown: str | None
    values: dict[str, str]


@dataclass(frozen=True)
class Kind:
    """One kind of record: the words that name it, its columns, which it needs, and which say that it is the same record."""

    entity: str
    words: frozenset[str]
    columns: dict[str, Column]
    required: tuple[str, ...]
    needs_one: tuple[tuple[str, ...], ...]
    key: tuple[str, ...]
    telling: tuple[str, ...]


@dataclass(frozen=True)
class Mapped:
    """What the user chose for headings that are not ours: the kind of record, the heading of each column, and values given.

    `columns` is column → heading as written; `given` is column → value for every row, as one site for a whole file.
    """

    entity: str
    columns: Mapping[str, str]
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """How one sheet is read: where each column of each kind stands, and which column names the kind, if any does."""

    places: dict[str, dict[str, tuple[int, ...]]]
    record: int | None
    unread: tuple[str, ...]
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def breadth(self) -> int:
        """How many columns it names."""
        return len({place for columns in self.places.values() for place in columns.values()}) + (self.record is not None)

    def moments(self) -> set[int]:
        """Places of the columns that hold dates."""
        return {
            place
            for entity, columns in self.places.items()
            for name, places in columns.items()
            if kinds()[entity].columns[name].type in ("moment", "day")
            for place in places
        }


@cache
def table() -> dict[str, Any]:
    """columns.toml as it stands."""
    return tomllib.loads((Path(__file__).parent / "columns.toml").read_text(encoding="utf-8"))


@cache
def kinds() -> dict[str, Kind]:
    """The five kinds of record by entity."""
    return {entity: _kind(entity, table()[entity]) for entity in ENTITIES}


def kind_named(text: str) -> str | None:
    """The entity that a cell of the record column, a sheet's title or a file's name means; None where it names none."""
    word = plain(text)
    return next((kind.entity for kind in kinds().values() if word in kind.words), None)


def recognise(headings: Sequence[str], title: str) -> Layout | None:
    """The layout of a sheet with these headings; None where they are no headings of ours.

    Raises InputError where they would fit two kinds of record equally well.
    """
    heads = [plain(heading) for heading in headings]
    record = next((place for place, head in enumerate(heads) if head in map(plain, table()["record"])), None)
    found = {entity: _places(kind, heads) for entity, kind in kinds().items()}
    if record is None:
        entity = _best(found, title)
        if entity is None:
            return None
        found = {entity: found[entity]}
    used = {place for columns in found.values() for places in columns.values() for place in places} | {record}
    unread = tuple(str(heading) for place, heading in enumerate(headings) if heads[place] and place not in used)
    return Layout(found, record, unread)


def laid_out(headings: Sequence[str], mapped: Mapped) -> Layout:
    """The layout that the user chose for these headings."""
    heads = [plain(heading) for heading in headings]
    places: dict[str, tuple[int, ...]] = {
        name: (heads.index(plain(heading)),) for name, heading in mapped.columns.items() if plain(heading) in heads
    }
    used = {place for found in places.values() for place in found}
    unread = tuple(str(heading) for place, heading in enumerate(headings) if heads[place] and place not in used)
    return Layout({mapped.entity: places}, None, unread, dict(mapped.given))


def _best(found: dict[str, dict[str, tuple[int, ...]]], title: str) -> str | None:
    able = [entity for entity, columns in found.items() if _suffices(kinds()[entity], columns)]
    named = kind_named(title)
    if named in able:
        return named
    rank = {entity: (sum(name in found[entity] for name in kinds()[entity].telling), len(found[entity])) for entity in able}
    best = [entity for entity in able if rank[entity] == max(rank.values())]
    if len(best) > 1:
        raise InputError(
            f"The headings of “{title}” fit {' and '.join(best)} alike.",
            "Add a column “record” that says site, update, backup, incident or hours in each row, or name the sheet so.",
        )
    return best[0] if best else None


def _suffices(kind: Kind, columns: dict[str, tuple[int, ...]]) -> bool:
    return all(name in columns for name in kind.required) and all(any(n in columns for n in group) for group in kind.needs_one)


def _places(kind: Kind, heads: list[str]) -> dict[str, tuple[int, ...]]:
    """Where each column stands; where several headings mean one column, the better known heading comes first."""
    places = {
        name: tuple(place for heading in column.headings for place, head in enumerate(heads) if head == heading)
        for name, column in kind.columns.items()
    }
    return {name: found for name, found in places.items() if found}


def _kind(entity: str, entry: dict[str, Any]) -> Kind:
    return Kind(
        entity=entity,
        words=frozenset(plain(word) for word in entry["words"]),
        columns={name: _column(name, spec, entry) for name, spec in entry["columns"].items()},
        required=tuple(entry["required"]),
        needs_one=tuple(tuple(group) for group in entry.get("needs_one", ())),
        key=tuple(entry["key"]),
        telling=tuple(entry["telling"]),
    )


def _column(name: str, spec: dict[str, Any], entry: dict[str, Any]) -> Column:
    shared = table()["shared"].get(name, [])
    headings = [*shared, *spec.get("headings", [])]
    words = entry.get("values", {}).get(name, {})
    return Column(
        name=name,
        type=spec["type"],
        heading=headings[0],
        headings=tuple(dict.fromkeys(plain(heading) for heading in headings)),
        default=spec.get("default"),
        unknown=spec.get("unknown"),
        values={plain(word): value for value, synonyms in words.items() for word in [value, *synonyms]},
    )
