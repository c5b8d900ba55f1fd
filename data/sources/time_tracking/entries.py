"""The rows of a tracker's export as entries: one piece of work each, with an id that stays when the same entry comes again."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from data.sources.files import BadRow, Findings, Hints, RowMarks, identity
from data.sources.maintenance import values
from data.sources.maintenance.dates import moment
from data.sources.maintenance.layout import kinds, plain
from data.sources.maintenance.rows import Row, Sheet
from data.sources.time_tracking import habits
from data.sources.time_tracking.trackers import Tracker

ADDRESS = re.compile(r"(?:https?://)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,30}(?:/\S*)?", re.IGNORECASE)


class EntryReader:
    """Reads one export: once for its habits, once for its entries."""

    def __init__(
        self, tracker: Tracker, sheet: Sheet, line: int, headings: list[str], filename: str, hints: Hints, findings: Findings
    ) -> None:
        self.tracker, self.sheet, self.line, self.headings = tracker, sheet, line, headings
        self.filename, self.hints, self.findings = filename, hints, findings
        self.places = tracker.places(headings)

    def entries(self) -> Iterator[dict[str, Any]]:
        """Each entry; rows that can't be read go to the findings. InputError where a habit must be asked for."""
        dates = [said for row in self._body() for name in ("start_date", "end_date") if (said := self._said(row, name))]
        self.is_day_first = habits.is_day_first(dates, self.filename, self.hints.date_order)
        numbers = [said for row in self._body() if (said := self._said(row, "duration_decimal")) and ":" not in said]
        numbers += [
            said for row in self._body() if re.search(r"\d[.,]\d", said := self._said(row, "duration")) and ":" not in said
        ]
        self.sign = habits.decimal_sign(numbers, self.hints.decimal, self.sheet.delimiter == ";")
        seen: dict[str, int] = {}
        marks = RowMarks()
        for row in self._body():
            try:
                entry = self._entry(row)
            except ValueError as error:
                shown = {name: str(cell or "")[:200] for name, cell in zip(self.headings, row.cells, strict=False)}
                reason = f"{str(error)[:1].upper()}{str(error)[1:]}{'' if str(error).endswith('?') else '.'}"
                self.findings.refuse(BadRow(self.sheet.title, row.line, reason, shown, "entries"))
                continue
            entry["row"] = marks.of(row.cells)
            if "-" in entry["row"] and len(entry["at"]) > 10:  # nobody begins the same work twice at one time
                self.findings.repeated_rows += 1
                continue
            place = seen[entry["id"]] = seen.get(entry["id"], 0) + 1
            yield entry if place == 1 else {**entry, "id": f"{entry['id']}-{place}"}

    def _body(self) -> Iterator[Row]:
        return (
            row for row in self.sheet.rows() if row.line > self.line and any(not values.is_blank(cell) for cell in row.cells)
        )

    def _said(self, row: Row, column: str) -> str:
        place = self.places.get(column)
        cell = row.cells[place] if place is not None and place < len(row.cells) else None
        return "" if values.is_blank(cell) else values.text(cell)

    def _entry(self, row: Row) -> dict[str, Any]:
        if row.problem:
            raise ValueError(row.problem)
        day, clock = self._said(row, "start_date"), self._said(row, "start_time")
        if not day:
            raise ValueError("it has no date; a line of totals is none")
        at = moment(f"{day} {clock}" if clock and len(day) <= 10 else day, self.is_day_first)
        person = f"{self._said(row, 'first_name')} {self._said(row, 'last_name')}".strip() or self._said(row, "person")
        client, project, task = (self._said(row, name) for name in ("client", "project", "task"))
        description, tags = self._said(row, "description"), self._said(row, "tags")
        who = self._said(row, "email") or person
        # Nobody begins two entries in one second; without a time of day, only what was done tells them apart.
        told_apart = (who, at) if len(at) > 10 else (who, at, client, project, task, description)
        return {
            "id": identity(self.tracker.name, self._said(row, "id")) if self._said(row, "id") else identity(*told_apart),
            "at": at,
            "hours": self._hours(row, at),
            "client": client or None,
            "project": project or None,
            "site": next((text for text in (project, client) if ADDRESS.fullmatch(text)), None),
            "work": task or None,
            "task": ": ".join(text for text in (task, description) if text) or None,
            "kind": _kind(task, description, *tags.split(",")),
            "person": person or who or None,
            "tags": tags or None,
        }

    def _hours(self, row: Row, at: str) -> float:
        """The length as stated, else from beginning to end; an end without a day is of the next one where it comes first."""
        if duration := self._said(row, "duration") or self._said(row, "duration_decimal"):
            return habits.hours(duration, self.sign)
        day, clock = self._said(row, "end_date"), self._said(row, "end_time")
        if not clock or len(at) <= 10:
            raise ValueError("it has no duration; is it still running?")
        start, end = (datetime.fromisoformat(text) for text in (at, moment(f"{day or at[:10]} {clock}", self.is_day_first)))
        if end < start and not day:
            end += timedelta(days=1)
        return habits.between(start, end)


def _kind(*texts: str) -> str:
    """The kind of work that a task, description or tag names outright; other where none does."""
    known = kinds()["hours"].columns["kind"].values
    return next((known[plain(text)] for text in texts if plain(text) in known), "other")
