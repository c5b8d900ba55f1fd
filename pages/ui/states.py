"""What stands instead of figures, or above them: nothing yet, an error, the demo banner, a failed sync."""

import logging
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from data.errors import AppError
from data.sources.titles import title_of
from pages.ui import formats

log = logging.getLogger(__name__)
PAGES = Path(__file__).parent.parent
# Its own address, so that no run has to read and no browser to fetch it.
ICON = f"data:image/png;base64,{b64encode((PAGES / 'ui' / 'icon.png').read_bytes()).decode()}"


def empty(title: str, will_stand_here: str, page: str = "connect.py", action: str = "Connect Stripe") -> None:
    """An empty page: what will stand here, and the one button that fills it."""
    with st.container(border=True, horizontal_alignment="center"):
        st.space("small")
        st.subheader(title, text_alignment="center", anchor=False)
        st.caption(will_stand_here, text_alignment="center")
        if is_there(page) and st.button(action, type="primary"):
            st.switch_page(page)
        st.space("small")


@cache
def is_there(page: str) -> bool:
    """Whether the dashboard has a page of that file's name; looked up once, since pages come and go with a new version only."""
    return (PAGES / page).is_file()


def lead_to(page: str, label: str) -> None:
    """A link to another page of the dashboard, if it is there."""
    if is_there(page):
        st.page_link(page, label=label, icon=":material/arrow_forward:")


def show_error(error: Exception) -> bool:
    """Show what went wrong and what to do, log the rest; True, so that the server adds nothing of its own."""
    if isinstance(error, AppError):
        st.error(f"**{formats.plain(error.title)}**  \n{formats.plain(error.hint)}", icon=":material/error:")
    else:
        log.exception("A page failed", exc_info=error)
        st.error(
            "**This page could not be shown.**  \nYour data is unchanged. Reload the page; if it fails again, the log of "
            "the dashboard says why.",
            icon=":material/error:",
        )
    return True


@contextmanager
def changing() -> Iterator[None]:
    """Do what stands in the block and draw the page anew; a refusal is shown instead, and the page stays as it is."""
    try:
        yield
    except AppError as error:
        show_error(error)
    else:
        st.rerun()


def demo_banner(*, has_own: bool) -> None:
    """Say that these are not the user's own clients, and how to see those; `has_own` where there are some already."""
    then = "Your own figures are untouched." if has_own else "Your own figures stand here once Stripe is connected."
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":orange-badge[Demo] An invented agency. {then}", width="content")
        if has_own:
            lead_to("sources.py", "Show your own")
        else:
            lead_to("connect.py", "Connect Stripe")


def failed_syncs(syncs: list[dict[str, Any]], address: str = "") -> None:
    """One warning for each source whose last sync failed: what failed, what is shown instead, what to do.

    `address` is the page's own, which needs no link to itself.
    """
    for sync in syncs:
        if sync["status"] == "failed":
            kept = (
                f"Shown are the figures of {formats.instant(sync['last_ok_at'])}."
                if sync["last_ok_at"]
                else "Nothing was changed."
            )
            source, at = formats.plain(source_name(sync["source"])), formats.instant(sync["finished_at"])
            message = formats.plain(sync["message"])
            st.warning(
                f"**The sync of {source} failed on {at}.**  \n{message} {kept} Try it again on Sources.",
                icon=":material/sync_problem:",
            )
    if address != "sources" and any(sync["status"] == "failed" for sync in syncs):
        lead_to("sources.py", "Open Sources")


def source_name(source: str) -> str:
    """The name of a source as people write it."""
    return title_of(source)
