"""The dashboard as a server: `streamlit run app.py`. The menu, the login gate and the pages start in pages/shell.py."""

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


async def health(_request: Request) -> JSONResponse:
    """Whether the server answers; opens no warehouse and says nothing about the data."""
    return JSONResponse({"status": "ok"})


def show_error(error: Exception) -> bool:
    """Put an error of a callback or a fragment, which shell.py can't catch itself, into a sentence on the page."""
    from pages.ui import states  # only now, since its caches want the running server

    return states.show_error(error)


app = st.App("pages/shell.py", routes=[Route("/health", health)], on_script_error=show_error)
