"""What the parts of one extraction share: the server, the run, the threads, what was counted and what is missing."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from data.errors import PermissionMissing, SourceError
from data.sources import Progress, Report
from data.sources.stripe import changes
from data.sources.stripe.client import Client, NotThere, Refused, Stopped, lacking
from data.sources.stripe.course import Course
from data.sources.stripe.crew import Crew
from data.sources.stripe.lists import Lists, Object
from data.sources.stripe.resources import BY_ENTITY, Resource
from data.spool import Run

NAME = "stripe"


@dataclass
class Work:
    """One extraction under way. `missing` says, in a sentence for each, which entities could not be read."""

    client: Client
    lists: Lists
    crew: Crew
    one_by_one: ThreadPoolExecutor
    run: Run
    report: Report
    missing: dict[str, str] = field(default_factory=dict)
    lacking: set[str] = field(default_factory=set)
    course: Course = field(default_factory=lambda: Course(int(time.time())))
    _done: dict[str, int] = field(default_factory=dict)
    _counting: threading.Lock = field(default_factory=threading.Lock)

    def since(self, resource: Resource) -> int:
        """The creation time from which this kind is read; 0: all of it is."""
        return 0 if resource.is_relisted else changes.since(self.run.bookmark, resource.entity)

    def notes(self, entity: str) -> Object:
        """What was noted about the entity's objects in all finished slices."""
        return changes.together(part.note for part in self.run.slices(entity))

    def has(self, entity: str, name: str) -> bool:
        """Whether that slice was finished, maybe before the sync was killed."""
        return any(part.name == name for part in self.run.slices(entity))

    def count(self, entity: str, more: int, total: int | None = None) -> None:
        """Report that so many more objects have been read."""
        with self._counting:
            self._done[entity] = self._done.get(entity, 0) + more
            self.report(Progress(NAME, entity, self._done[entity], total, self.course.share))

    def optional(self, resource: Resource, task: Callable[[], Any]) -> Any:
        """What the task brings; None, and the resource is missing, where the key or the server does not let it be read."""
        try:
            return task()
        except (PermissionMissing, NotThere, Refused) as error:
            self.miss(resource, error)
        except Stopped:
            if not self.is_blind:
                raise
        return None

    def miss(self, resource: Resource, error: SourceError) -> None:
        """Note what could not be read; raises again where there can be no figures without it."""
        if resource.is_essential and not isinstance(error, PermissionMissing):
            raise error
        self.missing[resource.entity] = error.title
        if isinstance(error, PermissionMissing):
            self.lacking.add(resource.entity)

    @property
    def is_blind(self) -> bool:
        """Whether the key may not read something without which there are no figures."""
        return any(BY_ENTITY[entity].is_essential for entity in self.lacking)

    def stop_if_blind(self) -> None:
        """Raise PermissionMissing with everything that the key lacks, so that it is mended in one go."""
        if self.is_blind:
            resources = [resource for resource in BY_ENTITY.values() if resource.entity in self.lacking]
            raise lacking(*(resource.words for resource in sorted(resources, key=lambda resource: not resource.is_essential)))
