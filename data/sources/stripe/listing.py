"""The first pass: every list, the long ones shared out among the threads by creation time."""

from data.sources.stripe import changes
from data.sources.stripe.client import Stopped
from data.sources.stripe.resources import LISTED, Resource
from data.sources.stripe.spans import SPANS_AT_MOST, Reading, Span, gaps, named
from data.sources.stripe.work import Work

ARCHIVE = {"active": "false"}


def list_all(work: Work) -> None:
    """Have all lists read whose spans are not finished yet; the crew's `finish` waits for them."""
    for resource in LISTED:
        done = work.run.slices(resource.entity)
        work.count(resource.entity, sum(part.note["count"] for part in done))
        spans = [span for part in done if (span := named(part.name))]
        shared = _Shared(work, resource, len(spans))
        if not resource.is_relisted:
            work.course.list(resource.entity, work.since(resource))
        for span in gaps(Span(work.since(resource)), spans):
            shared.submit(Reading(span))


class _Shared:
    """One list that several threads may read."""

    def __init__(self, work: Work, resource: Resource, spans: int) -> None:
        self._work = work
        self._resource = resource
        self._spans = spans

    def submit(self, reading: Reading) -> None:
        self._spans += 1
        if not self._resource.is_relisted:
            self._work.course.open(reading)
        self._work.crew.submit(lambda: self._task(reading))

    def _task(self, reading: Reading) -> None:
        self._work.optional(self._resource, lambda: self._read(reading))
        self._work.course.close(reading)

    def _read(self, reading: Reading) -> None:
        with self._work.run.slice(self._resource.entity, reading.span.name) as writer:
            seen: set[str] = set()
            # The plain list may leave archived objects out, or not: what both lists show is kept once.
            for filters in ({}, ARCHIVE) if self._resource.has_archive else ({},):
                after, more = None, True
                while more and not reading.is_past:
                    page, more = self._work.lists.page(self._resource, after, **reading.span.filters, **filters)
                    if self._work.is_blind:
                        raise Stopped
                    after = page[-1]["id"] if page else None
                    kept = [found for found in reading.take(page) if found["id"] not in seen]
                    if self._resource.has_archive:
                        seen.update(found["id"] for found in kept)
                    writer.write(kept)
                    changes.note_objects(writer.note, self._resource, kept, is_new_only=bool(self._work.since(self._resource)))
                    if self._resource.entity == "customers" and kept:
                        self._work.course.begins(kept[-1])
                    self._work.count(self._resource.entity, len(kept))
                    if more:
                        self._share(reading)
            writer.name = reading.span.name

    def _share(self, reading: Reading) -> None:
        may_share = not self._resource.has_archive and self._spans < SPANS_AT_MOST
        if may_share and self._work.crew.has_idle and (rest := reading.cut()):
            self.submit(rest)
