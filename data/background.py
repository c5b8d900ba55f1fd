"""Syncs by themselves while the dashboard runs: one at a time, at the pace of the setting, slower after each failure."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from data import calendar, clock
from data.errors import AppError, SourceError
from data.lock import Lock
from data.refresh import own_warehouse, refresh
from data.settings import HOME_SETTINGS, Settings, load
from data.spool import Spool

log = logging.getLogger(__name__)
SOURCE = "stripe"
LOOKS_EVERY = 20.0
LONGEST_PAUSE = timedelta(hours=24)
# Whoever has just typed a key in is about to start the first sync, and wants to see it.
FIRST_TURN = timedelta(minutes=10)
LONG_AGO = datetime(2000, 1, 1)  # noqa: DTZ001 - naive UTC, as everywhere here


class BackgroundSync:
    """A thread that syncs Stripe when it is time; the settings are read anew each time, so a change needs no restart."""

    def __init__(self, settings: Callable[[], Settings] = load, looks_every: float = LOOKS_EVERY) -> None:
        self._settings = settings
        self._looks_every = looks_every
        self._stopped = threading.Event()
        self._failures = 0
        self._not_before = datetime.min  # noqa: DTZ901 - naive UTC, as everywhere here
        self._thread = threading.Thread(target=self._run, name="background-sync", daemon=True)

    def start(self) -> None:
        """Begin to look whether it is time."""
        self._thread.start()

    def stop(self) -> None:
        """End; a sync under way is stopped, and goes on from there the next time."""
        self._stopped.set()
        self._thread.join(timeout=5)

    def next_at(self, settings: Settings) -> datetime | None:
        """When the next sync is due (naive UTC), soon where there was none; None without a key, or where none is wanted."""
        if not settings.stripe_api_key or not settings.sync_minutes:
            return None
        return max(next_after(last_tried_at(settings), settings), _entered_at(settings) + FIRST_TURN, self._not_before)

    def _run(self) -> None:
        while not self._stopped.wait(self._looks_every):
            with suppress(AppError):  # said on Sources, by whoever looks there
                self.look()

    def look(self) -> bool:
        """Sync if it is time; whether one was made. A failure is on record, and the next try comes later."""
        settings = self._settings()
        due_at = self.next_at(settings)
        if due_at is None or due_at > clock.now() or is_under_way(settings):
            return False
        try:
            refresh(settings, SOURCE, lambda _: self._go_on())
            self._failures, self._not_before = 0, datetime.min  # noqa: DTZ901
            calendar.due(own_warehouse(settings))  # what it settled is closed, with the reason
        except AppError as error:
            pause = timedelta(minutes=settings.sync_minutes) * 2 ** min(self._failures, 10)
            self._failures += 1
            self._not_before = clock.now() + min(max(pause, timedelta(minutes=settings.sync_minutes)), LONGEST_PAUSE)
            log.warning("The sync of %s failed: %s", SOURCE, error.title)
        except Stopping:
            return False
        return True

    def _go_on(self) -> None:
        if self._stopped.is_set():
            raise Stopping


def next_after(finished_at: datetime, settings: Settings) -> datetime:
    """When the sync after one that ended then is due (naive UTC)."""
    return finished_at + timedelta(minutes=settings.sync_minutes)


def last_tried_at(settings: Settings) -> datetime:
    """When the last sync ended, well or not (naive UTC); long ago where there was none."""
    if settings.own_warehouse.exists():
        for sync in own_warehouse(settings).last_syncs():
            if sync["source"] == SOURCE:
                at: datetime = sync["finished_at"]
                return at
    return LONG_AGO


def _entered_at(settings: Settings) -> datetime:
    """When settings were last entered in the dashboard, as long as there is no data (naive UTC); else long ago."""
    try:
        at = (settings.home / HOME_SETTINGS).stat().st_mtime
    except OSError:
        return LONG_AGO
    return LONG_AGO if settings.own_warehouse.exists() else datetime.fromtimestamp(at, UTC).replace(tzinfo=None)


def is_under_way(settings: Settings) -> bool:
    """Whether a sync runs already, here or from the command line; then there is nothing to do and nothing has failed."""
    folder = Spool(settings.home, SOURCE).folder
    if not folder.is_dir():
        return False
    try:
        with Lock(folder / "lock", SOURCE):
            return False
    except SourceError:
        return True


class Stopping(Exception):
    """The server ends while a sync is under way."""
