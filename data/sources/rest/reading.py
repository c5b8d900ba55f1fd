"""One sync of a source over HTTP: each kind of object is written whole, and what could not be read is noted in words."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from data.errors import PermissionMissing
from data.sources import Progress, Report
from data.sources.rest.web import NotThere, Refused
from data.spool import Run

Object = dict[str, Any]


class Reading:
    """Keeps what is read in the run. Entities whose list is read whole are complete: what they lack is gone."""

    def __init__(self, source: str, run: Run, report: Report) -> None:
        self.source, self.run, self._report = source, run, report
        self.missing: dict[str, str] = {}
        self.warnings: list[str] = []
        self._complete: set[str] = set()
        self._partial: set[str] = set()

    def keep(self, entity: str, objects: Iterable[Object], *, is_complete: bool = True) -> list[Object]:
        """Write all objects of a kind, each with an `id`, and return them."""
        kept: dict[str, Object] = {}
        for found in objects:
            kept[str(found["id"])] = {**found, "id": str(found["id"])}
            if len(kept) % 50 == 0:
                self._report(Progress(self.source, entity, len(kept)))
        with self.run.slice(entity) as writer:
            writer.write(kept.values())
        self._report(Progress(self.source, entity, len(kept), len(kept)))
        (self._complete if is_complete else self._partial).add(entity)
        return list(kept.values())

    def optional(self, entity: str, read: Callable[[], Iterable[Object]], *, is_complete: bool = True) -> list[Object]:
        """As `keep`, but what the server lacks or the key may not read is noted as missing, and the rest goes on."""
        try:
            return self.keep(entity, read(), is_complete=is_complete)
        except (PermissionMissing, NotThere, Refused) as error:
            self.missing[entity] = str(error)
            return []

    def finish(self) -> None:
        """Mark the run as ready to land."""
        bookmark = {"synced_at": self.run.started_at.isoformat()}
        self.run.finish(self._complete, self._partial, bookmark, self.missing, self.warnings)


def objects_in(answer: Any) -> list[Object]:
    """The objects of a list’s answer: a bare list, or a list or map under `data`; what is no object is left out."""
    body = answer.get("data") if isinstance(answer, dict) and "data" in answer else answer
    if isinstance(body, dict):
        body = list(body.values())
    return [entry for entry in body if isinstance(entry, dict)] if isinstance(body, list) else []


def paged(ask: Callable[[int], list[Object]], key: Callable[[Object], str]) -> Iterator[Object]:
    """The objects of all pages, each once; ends at a page that brings nothing new, since servers may repeat the last one."""
    seen: set[str] = set()
    page = 1
    while True:
        fresh = [(key(found), found) for found in ask(page)]
        fresh = [(known, found) for known, found in fresh if known not in seen]
        if not fresh:
            return
        for known, found in fresh:
            if known not in seen:
                seen.add(known)
                yield found
        page += 1
