"""What the notes leave open, on a page."""

import streamlit as st

from pages.ui import formats
from proposals.brief import Brief


def show(brief: Brief) -> None:
    """What the notes leave open, as questions to send or to ask, in the client's language."""
    if brief.finding():
        st.warning(brief.finding(), icon=":material/content_cut:")
    asked = [question for _, question in brief.questions()]
    if asked:
        with st.expander(f"{formats.count(len(asked), 'thing')} still to ask", icon=":material/help:", expanded=True):
            st.code("\n".join(f"- {question}" for question in asked), language=None, wrap_lines=True)
