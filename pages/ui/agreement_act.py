"""One step with an agreement, done on what this tab has shown: where it has changed since, nothing is written over it."""

from collections.abc import Callable

import streamlit as st

from data.errors import AppError
from pages.ui import formats, states
from proposals.agreement.standing import Agreement


def seen(agreement: Agreement) -> str:
    """The state that this tab has shown, by its token; where it has changed since, that is said, with a way to load it."""
    key = _key(agreement.id)
    shown = str(st.session_state.setdefault(key, agreement.token))
    if shown != agreement.token:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.warning("This agreement was changed in the meantime, in another tab or on the command line.")
            st.button("Load what stands now", on_click=st.session_state.pop, args=(key, None), icon=":material/refresh:")
    return shown


def act(agreement_id: str, said: str, step: Callable[[], object]) -> None:
    """Do one step and show the agreement anew, with what was `said`; a refusal is shown, and nothing was written."""
    try:
        step()
    except AppError as error:
        states.show_error(error)
        return
    st.session_state.pop(_key(agreement_id), None)
    st.toast(formats.plain(said), icon=":material/task_alt:")
    st.rerun()


def _key(agreement_id: str) -> str:
    return f"agreement_seen_{agreement_id}"
