"""How far a reading has come: the part of the account's time that its long lists have covered, newest first."""

import threading
from collections.abc import Mapping
from typing import Any

from data.sources.stripe.spans import Reading


class Course:
    """Lists of one reading, shared by its threads; times in seconds since 1970."""

    def __init__(self, now: int) -> None:
        self._now = now
        self._began: int | None = None
        self._open: dict[int, Reading] = {}
        self._wholes: dict[str, int] = {}
        self._lock = threading.Lock()

    def begins(self, found: Mapping[str, Any] | None) -> None:
        """An object of the account was made then: nothing that is counted here is much older than the oldest one told."""
        created = (found or {}).get("created")
        if isinstance(created, int):
            with self._lock:
                self._began = min(created, self._began or created)

    def list(self, entity: str, low: int) -> None:
        """All of this list from `low` on (0: from the account's beginning) is to be covered."""
        with self._lock:
            self._wholes[entity] = low

    def open(self, reading: Reading) -> None:
        """This span is not covered yet."""
        with self._lock:
            self._open[id(reading)] = reading

    def close(self, reading: Reading) -> None:
        """This span is read to its end."""
        with self._lock:
            self._open.pop(id(reading), None)

    @property
    def share(self) -> float | None:
        """The share that is covered, from 0 to 1; None while nobody knows how old the account is."""
        with self._lock:
            if self._began is None or not self._wholes:
                return None
            whole = sum(self._between(low, self._now) for low in self._wholes.values())
            left = sum(self._left(reading) for reading in self._open.values())
        return max(0.0, min(1.0, 1 - left / whole)) if whole else None

    def _left(self, reading: Reading) -> int:
        reached = reading.span.high if reading.oldest is None else min(reading.oldest, reading.span.high)
        return self._between(reading.span.low, min(reached, self._now))

    def _between(self, low: int, high: int) -> int:
        return max(0, high - max(low, self._began or 0))
