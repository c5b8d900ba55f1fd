"""The dashboard as a server: `streamlit run app.py`. The menu, the login gate and the pages start in pages/shell.py."""

import importlib
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from data import ical, settings, warehouse
from data.background import BackgroundSync
from data.errors import AppError
from proposals.agreement import demo


async def health(_request: Request) -> JSONResponse:
    """Whether the server answers; opens no warehouse and says nothing about the data."""
    return JSONResponse({"status": "ok"})


def calendar(request: Request) -> Response:
    """The calendar feed, for whoever holds its secret; “not found” for everybody else."""
    try:
        content = ical.feed(settings.load(), request.query_params.get("key", ""))
    except AppError:  # the page says it, to whoever can mend it; calendars come back later
        return Response("Not available", status_code=503)
    if content is None:
        return Response("Not found", status_code=404)
    return Response(content, media_type="text/calendar", headers={"Cache-Control": "private, no-cache"})


def warm_up() -> None:
    """Open the warehouse, which makes the demo anew each day, and load what pages need, before the first visitor waits."""
    importlib.import_module("pandas")  # which takes longest of all that a first answer needs
    with suppress(AppError):  # the page says it, to whoever can mend it
        chosen = settings.load()
        opened = warehouse.shared(chosen)
        if chosen.is_demo:
            demo.give(opened)
        from pages.ui import due  # only now, as below

        due.read()  # Today is what a visitor meets first
    for name in ("babel.dates", "pandas.io.formats.style", "plotly.graph_objects"):
        importlib.import_module(name)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Warm up and keep the data fresh beside the running server."""
    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
    sync = BackgroundSync()
    sync.start()
    yield
    sync.stop()


def show_error(error: Exception) -> bool:
    """Put an error of a callback or a fragment, which shell.py can't catch itself, into a sentence on the page."""
    from pages.ui import states  # only now, since its caches want the running server

    return states.show_error(error)


routes = [Route("/health", health), Route(ical.ADDRESS, calendar)]
app = st.App("pages/shell.py", routes=routes, lifespan=lifespan, on_script_error=show_error)
