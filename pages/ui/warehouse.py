"""What pages read: the shown warehouse and its metric frames, cached until the next build."""

import datetime as dt

import pandas as pd
import streamlit as st

from data import metrics, warehouse
from data.settings import Settings, load
from data.warehouse import Warehouse


def settings() -> Settings:
    """All settings as they stand now; SettingsError where one makes no sense."""
    return load()


def shown() -> Warehouse:
    """The warehouse that is shown, one for the whole process; WarehouseError where it can't be opened."""
    return warehouse.shared(settings())


def take_in_waiting(opened: Warehouse) -> None:
    """Land what a command line fetched while this process held the warehouse; a look into a folder where nothing waits."""
    chosen = settings()
    if any((chosen.home / "spool").glob("*/*/run.json")):
        from data import landing  # with it come the sources and their libraries, which no page needs otherwise

        landing.land_finished(opened, chosen)


def metric(name: str, start: str | None = None, end: str | None = None, currency: str | None = None) -> pd.DataFrame:
    """The frame of that metric as of now: grain and columns as its SQL header says, money in minor units.

    `start` and `end` are months (`2026-11`), both included. Each caller has its own copy.
    """
    opened = shown()
    return _read(opened, str(opened.path), opened.version, name, start, end, currency).copy(deep=False)


# The key holds the file and its version, so that a build is seen at once; the time limit is for what moves with the clock.
# What begins with an underscore is no part of the key: file and version are, so no warehouse shows what another one holds.
# Frames are kept as they are and handed out as shallow copies: pandas copies a column only when somebody writes to it.
@st.cache_resource(ttl="5m", max_entries=200, show_spinner=False)
def _read(
    _opened: Warehouse, file: str, version: int, name: str, start: str | None, end: str | None, currency: str | None
) -> pd.DataFrame:
    return metrics.read(_opened, name, start=_first_day(start), end=_first_day(end), currency=currency)


def _first_day(month: str | None) -> dt.date | None:
    return dt.date.fromisoformat(f"{month}-01") if month else None


def definition(name: str) -> str:
    """What the metric means, in the words of its own header, for a figure's help text."""
    about = metrics.about(name)
    return f"{about.definition}\n\n{about.formula}" if about.formula else str(about.definition)
