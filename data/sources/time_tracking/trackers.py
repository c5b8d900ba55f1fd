"""Which tracker a file comes from: found from its headings (trackers.toml)."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.sources.maintenance.layout import plain


@dataclass(frozen=True)
class Tracker:
    """One tracker's export: column → the headings it is known by, which it needs (a|b: one of them), which it never has."""

    name: str
    title: str
    columns: Mapping[str, tuple[str, ...]]
    needs: tuple[str, ...]
    never: tuple[str, ...]

    def places(self, headings: Sequence[str]) -> dict[str, int]:
        """Where each of its columns stands among these headings."""
        heads = [plain(heading) for heading in headings]
        return {
            column: heads.index(known[0])
            for column, names in self.columns.items()
            if (known := [name for name in names if name in heads])
        }


def _trackers() -> dict[str, Tracker]:
    entries = tomllib.loads((Path(__file__).parent / "trackers.toml").read_text(encoding="utf-8"))
    return {
        name: Tracker(
            name,
            entry["title"],
            {column: tuple(headings) for column, headings in entry["columns"].items()},
            tuple(entry["needs"]),
            tuple(entry["never"]),
        )
        for name, entry in entries.items()
    }


TRACKERS = _trackers()


def recognise(headings: Sequence[str]) -> Tracker | None:
    """The tracker that these headings are of, the one of which they name the most; None where they are of none."""
    heads = {plain(heading) for heading in headings}
    able = [
        tracker
        for tracker in TRACKERS.values()
        if all(any(heads & set(tracker.columns[column]) for column in group.split("|")) for group in tracker.needs)
        and not heads & set(tracker.never)
    ]
    return max(able, key=lambda tracker: len(tracker.places(headings)), default=None)
