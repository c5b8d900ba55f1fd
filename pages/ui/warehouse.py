"""What pages read: the shown warehouse and its metric frames, cached until the next build."""

import datetime as dt
import threading
import time
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache

import pandas as pd
import streamlit as st

from data import metrics, settings_file, warehouse
from data.settings import Settings, load
from data.warehouse import Warehouse
from pages.ui.once import Kept
from proposals.agreement import demo


class _Told(threading.local):
    """The settings as this thread read them last, and when."""

    at = float("-inf")
    changes = 0
    settings: Settings


MOMENT = 0.05
_told = _Told()


def settings() -> Settings:
    """All settings as they stand now, no older than MOMENT seconds; SettingsError where one makes no sense.

    A run of a page asks dozens of times, and each time two files were looked at. What this process writes itself is seen at
    once, also within the same run.
    """
    now, changes = time.monotonic(), settings_file.changes()
    if now - _told.at > MOMENT or changes != _told.changes:
        _told.settings, _told.at, _told.changes = load(), now, changes
    return _told.settings


def waiting(settings: Settings) -> AbstractContextManager[None]:
    """A sign that the warehouse is being made or opened; nothing where it stands open, so that the page comes first."""
    if warehouse.is_ready(settings) and not _waits(settings):
        return nullcontext()
    return st.spinner("Preparing the demo …" if settings.is_demo else "Opening the warehouse …")


def _waits(settings: Settings) -> bool:
    return any((settings.home / "spool").glob("*/*/run.json"))


def shown() -> Warehouse:
    """The warehouse that is shown, one for the whole process; WarehouseError where it can't be opened."""
    chosen = settings()
    opened = warehouse.shared(chosen)
    if chosen.is_demo:
        _give_agreements(opened)
    return opened


_give_agreements = lru_cache(maxsize=4)(demo.give)


def take_in_waiting(opened: Warehouse) -> None:
    """Land what a command line fetched while this process held the warehouse; a look into a folder where nothing waits."""
    chosen = settings()
    if _waits(chosen):
        from data import landing  # with it come the sources and their libraries, which no page needs otherwise

        landing.land_finished(opened, chosen)


def metric(name: str, start: str | None = None, end: str | None = None, currency: str | None = None) -> pd.DataFrame:
    """The frame of that metric as of now: grain and columns as its SQL header says, money in minor units.

    `start` and `end` are months (`2026-11`), both included. The frame is shared, and can't be written to.
    """
    opened = shown()
    five_minutes = int(time.time()) // 300
    return _read(opened, opened.version, five_minutes, name, start, end, currency)


# The key holds the warehouse and its version, so that a build is seen at once; the time is for what moves with the clock.
# Streamlit's own cache takes 1.5 ms to find an entry, and a page asks thirty times in a run.
@lru_cache(maxsize=200)
def _read(
    opened: Warehouse, version: int, five_minutes: int, name: str, start: str | None, end: str | None, currency: str | None
) -> Kept:
    frame = metrics.read(opened, name, start=_first_day(start), end=_first_day(end), currency=currency)
    # Texts as Python's own: a page takes small frames apart row by row, at which Arrow's are several times slower.
    return Kept(frame.astype({column: object for column, kind in frame.dtypes.items() if kind == "str"}))


def _first_day(month: str | None) -> dt.date | None:
    return dt.date.fromisoformat(f"{month}-01") if month else None


def definition(name: str) -> str:
    """What the metric means, in the words of its own header, for a figure's help text."""
    about = metrics.about(name)
    return f"{about.definition}\n\n{about.formula}" if about.formula else str(about.definition)
