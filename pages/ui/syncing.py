"""A sync with its progress, Cancel and outcome, the same for every source."""

import streamlit as st

from data.errors import AppError
from data.refresh import refresh
from data.settings import Settings
from data.sources import Progress, Source
from pages.ui import formats, states


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
    with st.status(f"Reading {source.title}", expanded=True) as status:
        read = st.empty()
        st.button("Cancel sync", key=f"cancel_sync_{source.name}", on_click=_cancelled, args=(source,))

        def report(progress: Progress) -> None:
            counts[progress.entity] = progress.done
            status.update(label=f"Reading {source.title}: {formats.count(sum(counts.values()), 'object')}", expanded=True)
            so_far = [f"{formats.count(done)} {entity.replace('_', ' ')}" for entity, done in counts.items() if done]
            read.caption(", ".join(so_far) or "Asking for the first pages")

        try:
            summary = refresh(settings, source.name, report, full=full)
        except AppError as error:
            status.update(label="The sync failed", state="error")
            states.show_error(error)
            return
    first, *details = [formats.plain(line.strip()) for line in str(summary).splitlines()]
    st.session_state[said_key(source)] = (True, f"**{first}**  \n{'; '.join(details)}")
    st.rerun()


def _cancelled(source: Source) -> None:
    # The click ends the running script, and with it the reading; this stands there on the next run.
    st.session_state[said_key(source)] = (False, "Sync cancelled. What was read is kept; the next sync goes on from there.")
