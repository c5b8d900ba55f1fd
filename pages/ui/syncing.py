"""A sync with its progress, Cancel and outcome, the same for every source."""

import time

import streamlit as st

from data.errors import AppError
from data.refresh import refresh
from data.settings import Settings
from data.sources import Progress, Source
from pages.ui import formats, states

# A guess from less than this would only jump.
SURE_FROM = 0.03
SURE_AFTER = 1.5


def said_key(source: Source) -> str:
    """Where the outcome of a source's last action stands in the session, as (went well, sentence)."""
    return f"{source.name}_said"


def outcome(source: Source) -> None:
    """What came of the last action on this source, once."""
    if said := st.session_state.pop(said_key(source), None):
        (st.success if said[0] else st.warning)(said[1], icon=":material/check_circle:" if said[0] else ":material/info:")


def run(settings: Settings, source: Source, *, full: bool = False) -> None:
    """Read the source, land it and show the page anew; a failure is shown and stays on record."""
    counts: dict[str, int] = {}
    failed: AppError | None = None
    began = time.monotonic()
    with st.status(f"Reading {source.title}", expanded=True) as status:
        bar, read = st.empty(), st.empty()
        st.button("Cancel sync", key=f"cancel_sync_{source.name}", on_click=_cancelled, args=(source,))

        def report(progress: Progress) -> None:
            if not progress.entity:
                status.update(label=f"Working out what {source.title} tells: a few more seconds", expanded=True)
                bar.progress(1.0)
                return
            counts[progress.entity] = progress.done
            if progress.share is not None:
                bar.progress(progress.share, text=time_left(progress.share, time.monotonic() - began))
            status.update(label=f"Reading {source.title}: {formats.count(sum(counts.values()), 'object')}", expanded=True)
            so_far = [f"{formats.count(done)} {entity.replace('_', ' ')}" for entity, done in counts.items() if done]
            read.caption(", ".join(so_far) or "Asking for the first pages")

        try:
            summary = refresh(settings, source.name, report, full=full)
        except AppError as error:
            status.update(label="The sync failed", state="error", expanded=False)
            failed = error
    if failed:
        states.show_error(failed)  # below what was read: a box that folds hides what to do
        return
    first, *details = [formats.plain(line.strip()) for line in str(summary).splitlines()]
    st.session_state[said_key(source)] = (True, f"**{first}**  \n{_in_a_row(details)}")
    st.rerun()


def _in_a_row(lines: list[str]) -> str:
    """Lines of a summary as one, without the marks that only end a line."""
    return "; ".join(line.rstrip(".") for line in lines).replace(":; ", ": ")


def time_left(share: float, seconds: float) -> str:
    """How long the rest of a reading may take, once a share of it took so many seconds."""
    if share < SURE_FROM or seconds < SURE_AFTER:
        return "Working out how long it takes"
    rest = seconds * (1 - share) / share
    about = formats.count(round(rest / 60), "minute") if rest >= 90 else formats.count(max(1, round(rest)), "second")
    return f"About {about} left"


def _cancelled(source: Source) -> None:
    # The click ends the running script, and with it the reading; this stands there on the next run.
    st.session_state[said_key(source)] = (False, "Sync cancelled. What was read is kept; the next sync goes on from there.")
