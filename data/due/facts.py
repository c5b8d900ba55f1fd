"""What the subjects read: metrics as rows, syncs, and the account's own day, each read once."""

from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from data import metrics
from data.settings import Settings

if TYPE_CHECKING:
    import pandas

    from data.warehouse import Warehouse


class Facts:
    """One warehouse as seen from its own instant and time zone."""

    def __init__(self, warehouse: "Warehouse") -> None:
        self._warehouse = warehouse
        self._frames: dict[str, pandas.DataFrame] = {}

    def frame(self, name: str) -> "pandas.DataFrame":
        """That metric as of now: grain and columns as its header says."""
        if name not in self._frames:
            self._frames[name] = metrics.read(self._warehouse, name)
        return self._frames[name]

    @property
    def settings(self) -> Settings:
        """The settings that the warehouse follows."""
        return self._warehouse.settings

    @cached_property
    def as_of(self) -> datetime:
        """The instant that the facts are seen from (naive, UTC)."""
        return self._warehouse.as_of

    @cached_property
    def today(self) -> date:
        """The account's day at that instant."""
        return self.local_day(self.as_of)

    @cached_property
    def syncs(self) -> list[dict[str, Any]]:
        """The newest sync of each source, as `Warehouse.last_syncs` gives them."""
        return self._warehouse.last_syncs()

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._warehouse.time_zone)

    def local_day(self, at: datetime) -> date:
        """The account's day of a naive UTC instant."""
        return at.replace(tzinfo=UTC).astimezone(self._zone).date()


def day(text: Any) -> date | None:
    """The day that a text or instant begins with; None where there is none."""
    return date.fromisoformat(str(text)[:10]) if text else None


def required(text: Any) -> date:
    """The day that a text or instant begins with, where there always is one."""
    return date.fromisoformat(str(text)[:10])


def said(on: date | None) -> str:
    """A day in words: 3 Nov 2026."""
    return f"{on.day} {on:%b %Y}" if on else "an unknown day"
